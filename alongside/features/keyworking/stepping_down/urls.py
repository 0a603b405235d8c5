"""Addresses of stepping down, endings and turning 18."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.keyworking.stepping_down import adult_views, criteria_views, ending_views, views

_OF = "people/<reference:reference>"
urlpatterns = [
    path("keyworking/criteria", criteria_views.criteria, name="step_down_own_criteria"),
    path("keyworking/criteria/<slug:code>", criteria_views.criterion, name="step_down_criterion"),
    path("keyworking/endings", ending_views.endings, name="endings"),
    path(f"{_OF}/stepping-down", views.stepping_down, name="stepping_down"),
    path(f"{_OF}/stepping-down/plan", views.plan, name="step_down_plan"),
    path(f"{_OF}/stepping-down/stop", views.stop, name="step_down_stop"),
    path(f"{_OF}/stepping-down/criteria", views.criteria, name="step_down_criteria"),
    path(f"{_OF}/stepping-down/end", ending_views.end, name="end_keyworking"),
    path(f"{_OF}/stepping-down/letter", ending_views.letter, name="ending_letter"),
    path(f"{_OF}/stepping-down/answers", views.exit_answer, name="exit_answer"),
    path(f"{_OF}/stepping-down/ask", ending_views.ask, name="ask_afterwards"),
    path(f"{_OF}/turning-18", adult_views.turning_18, name="turning_18"),
    path(f"{_OF}/turning-18/lead", adult_views.lead, name="adult_lead"),
    path(f"{_OF}/turning-18/meeting", adult_views.meeting, name="joint_meeting"),
]
