"""Addresses of pages about who is who."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.people.identity import number_views, views, wrong_views

urlpatterns = [
    path("people/possible", views.possible, name="possible_people"),
    path("people/duplicates", views.duplicates, name="duplicates"),
    path("people/duplicates/<int:pk>", views.pair, name="duplicate"),
    path("people/<reference:reference>/same-as", views.same_as, name="same_as"),
    path("people/merges", views.merges, name="merges"),
    path("people/merges/<int:pk>/undo", views.undo, name="undo_merge"),
    path("people/<reference:reference>/number", number_views.number, name="change_number"),
    path("people/<reference:reference>/<slug:what>/<int:fact_id>/wrong", wrong_views.wrong, name="wrong"),
    path("wrong-records", wrong_views.wrong_records, name="wrong_records"),
    path("wrong-records/<int:pk>", wrong_views.wrong_record, name="wrong_record"),
]
