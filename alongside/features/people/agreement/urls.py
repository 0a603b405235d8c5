"""Addresses of asking for agreement, of what was answered, and of capacity."""

from django.urls import path

from alongside.features.people.agreement import capacity_views, ledger_views, views

_ASK = "people/<reference:reference>/agreement"
_CAPACITY = "people/<reference:reference>/capacity"
urlpatterns = [
    path(_ASK, views.ask, {"page": "who"}, name="agreement_who"),
    path(f"{_ASK}/may", views.ask, {"page": "may"}, name="agreement_may"),
    path(f"{_ASK}/known", views.ask, {"page": "known"}, name="agreement_known"),
    path(f"{_ASK}/read-back", views.read, name="agreement_read-back"),
    path(f"{_ASK}/start-again", views.forget, name="agreement_start-again"),
    path(f"{_ASK}/all", ledger_views.answers, name="agreement_all"),
    path(f"{_ASK}/stop", ledger_views.stop, name="agreement_stop"),
    path(_CAPACITY, capacity_views.records, name="capacity"),
    path(f"{_CAPACITY}/add", capacity_views.add, name="capacity_add"),
    path(f"{_CAPACITY}/<int:record_id>/correct", capacity_views.correct, name="capacity_correct"),
]
