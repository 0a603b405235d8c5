"""Addresses of people and of the short forms about them."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.people import views
from alongside.features.people.agreement.urls import urlpatterns as agreement

urlpatterns = [
    path("people", views.people, name="people"),
    *agreement,
    path("people/<reference:reference>/<slug:what>/<int:fact_id>/end", views.end, name="end_fact"),
    *(
        path(f"people/<reference:reference>/{what}", views.short_form, {"what": what}, name=f"person_{what}")
        for what in views.SHORT
    ),
]
