"""Addresses of the diary of reviews."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.overview.review_diary import views

urlpatterns = [
    path("reviews/diary", views.diary, name="review_diary"),
    path("reviews/breaches", views.breaches, name="review_breaches"),
    path("people/<reference:reference>/reviews", views.of_person, name="reviews"),
]
