"""Addresses of coming on and going off the register."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.register import entry_questions_views, views

urlpatterns = [
    path("people/add", views.add, name="add_person"),
    path("people/<reference:reference>/enter", views.enter, name="enter_register"),
    path("people/<reference:reference>/two-of-four", entry_questions_views.two_of_four, name="two_of_four"),
    path("register/entries/<int:entry_id>/remove", views.take_off, name="remove_entry"),
]
