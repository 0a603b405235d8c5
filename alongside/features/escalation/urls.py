"""Addresses of escalations, refusals and officers."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.escalation import area_views, link_views, officer_views, own_away_views, refusal_views, views

_PERSON = "people/<reference:reference>"

urlpatterns = [
    path(f"{_PERSON}/escalations", views.of_person, name="escalations_of"),
    path(f"{_PERSON}/escalations/raise", views.raise_one, name="escalation_raise"),
    path(f"{_PERSON}/escalations/<int:number>", views.one, name="escalation_of"),
    path(f"{_PERSON}/escalations/<int:number>/<slug:kind>", views.step, name="escalation_step"),
    path(f"{_PERSON}/refusals/add", refusal_views.add, name="refusal_add"),
    path(f"{_PERSON}/refusals/<int:number>", refusal_views.one, name="refusal"),
    path("escalations", officer_views.mine, name="escalations"),
    path("escalations/<int:number>", officer_views.case, name="escalation_case"),
    path("escalations/<int:number>/<slug:kind>", officer_views.case_step, name="escalation_case_step"),
    path("escalations/all", area_views.everybody, name="escalations_all"),
    path("escalations/figures", area_views.figures, name="escalation_figures"),
    path("escalations/away/<int:number>", own_away_views.own_away, name="officer_own_away"),
    path("escalations/officers", area_views.officers, name="officers"),
    path("escalations/officers/name", area_views.name_one, name="officer_name"),
    path("escalations/officers/<int:number>/away", area_views.away, name="officer_away"),
    path("escalations/officers/<int:number>/end", area_views.end, name="officer_end"),
    path("decision/<str:token>", link_views.by_link, name="decision_by_link"),
]
