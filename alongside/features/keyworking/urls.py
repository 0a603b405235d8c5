"""Addresses of naming a keyworker."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.keyworking import views

urlpatterns = [path("people/<reference:reference>/keyworker", views.name_keyworker, name="name_keyworker")]
