"""Addresses of actions."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.actions import area_views, link_views, views

_PERSON = "people/<reference:reference>/actions"

urlpatterns = [
    path(_PERSON, views.of_person, name="actions"),
    path(f"{_PERSON}/new", views.agree, name="action_agree"),
    path(f"{_PERSON}/<int:number>", views.one, name="action"),
    path(f"{_PERSON}/<int:number>/correct", views.correct, name="action_correct"),
    path(f"{_PERSON}/<int:number>/<slug:kind>", views.step, name="action_step"),
    path("actions", area_views.mine, name="my_actions"),
    path("actions/all", area_views.work, name="all_actions"),
    path("actions/figures", area_views.figures, name="action_figures"),
    path("actions/wordings", area_views.wordings, name="wordings"),
    path("actions/wordings/<int:number>/end", area_views.end, name="wording_end"),
    path("action/<str:token>", link_views.by_link, name="action_by_link"),
]
