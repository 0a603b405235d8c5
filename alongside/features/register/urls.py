"""Addresses of coming on and going off the register."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.register import views

urlpatterns = [
    path("people/add", views.add, name="add_person"),
    path("people/<reference:reference>/enter", views.enter, name="enter_register"),
    path("register/entries/<int:entry_id>/remove", views.take_off, name="remove_entry"),
]
