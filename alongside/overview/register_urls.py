"""Addresses of the pages that read across features: the list, search, a person, the rating."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.overview.person_page import views as person_page
from alongside.overview.rating_page import views as rating_page
from alongside.overview.register_list import search, views

register_urls = [
    path("register", views.register, name="register"),
    path("register/find", search.find, name="register_find"),
    path("register/views", views.save_this_view, name="save_view"),
    path("register/views/<int:view_id>/remove", views.remove_this_view, name="remove_view"),
    path("people/<reference:reference>", person_page.person, name="person"),
    path("people/<reference:reference>/timeline", person_page.timeline, name="timeline"),
    path("register/entries/<int:entry_id>/rate", rating_page.rate_entry, name="rate_entry"),
    path("register/entries/<int:entry_id>/decline", rating_page.decline, name="decline_proposal"),
    path("register/entries/<int:entry_id>/plan", rating_page.plan_next_look, name="plan_next_look"),
]
