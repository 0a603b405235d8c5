"""Addresses of concerns, visits, disputes, money and notices on placements."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.concerns import views
from alongside.features.concerns.disputes import views as disputes
from alongside.features.concerns.funding import views as funding
from alongside.features.concerns.placements import views as placements
from alongside.features.concerns.raising import views as raising
from alongside.features.concerns.visits import views as visits

_OF = "people/<reference:reference>"
urlpatterns = [
    path("concerns", views.area, name="care_of_area"),
    path("concerns/numbers", raising.numbers, name="council_numbers"),
    path(f"{_OF}/care", views.care, name="care"),
    path(f"{_OF}/concerns/new", raising.raise_one, name="concern_new"),
    path(f"{_OF}/concerns/<int:number>", raising.one, name="concern"),
    path(f"{_OF}/concerns/<int:number>/action", visits.after_concern, name="concern_action"),
    path(f"{_OF}/concerns/<int:number>/<slug:deed>", raising.deed, name="concern_deed"),
    path(f"{_OF}/incidents/new", raising.incident, name="incident_new"),
    path(f"{_OF}/visits/new", visits.record, name="visit_new"),
    path(f"{_OF}/visits/<int:number>", visits.one, name="visit"),
    path(f"{_OF}/visits/<int:number>/action", visits.after_visit, name="visit_action"),
    path(f"{_OF}/disputes/new", disputes.new, name="dispute_new"),
    path(f"{_OF}/disputes/<int:number>", disputes.one, name="dispute"),
    path(f"{_OF}/disputes/<int:number>/<slug:deed>", disputes.deed, name="dispute_deed"),
    path(f"{_OF}/funding/new", funding.ask, name="funding_new"),
    path(f"{_OF}/funding/<int:number>", funding.one, name="funding"),
    path(f"{_OF}/funding/<int:number>/bodies/<int:fact_id>", funding.body, name="funding_body"),
    path(f"{_OF}/funding/<int:number>/<slug:deed>", funding.deed, name="funding_deed"),
    path(f"{_OF}/placements/new", placements.follow, name="placement_new"),
    path(f"{_OF}/placements/<int:number>", placements.one, name="placement"),
    path(f"{_OF}/placements/<int:number>/places", placements.ask_place, name="placement_place"),
    path(f"{_OF}/placements/<int:number>/places/<int:fact_id>", placements.answer, name="placement_answer"),
    path(f"{_OF}/placements/<int:number>/<slug:deed>", placements.deed, name="placement_deed"),
]
