"""Addresses of emergencies: of one person, and of an area."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.emergency import area_views, log_views, views, writing_views

_HERE = "people/<reference:reference>/emergency"
_MEETING = f"{_HERE}/meetings/<int:number>"
_LOG = f"{_HERE}/logs/<int:number>"
urlpatterns = [
    path(_HERE, views.of_person, name="emergency"),
    path(f"{_HERE}/begin", writing_views.begin, name="emergency_begin"),
    path(f"{_HERE}/drafts/<int:number>", writing_views.draft, name="emergency_draft"),
    path(f"{_HERE}/drafts/<int:number>/drop", writing_views.drop, name="emergency_drop"),
    path(f"{_HERE}/write/<slug:step>", writing_views.write, name="emergency_write"),
    path(f"{_HERE}/write/<slug:step>/keep", writing_views.keep, name="emergency_keep"),
    path(_MEETING, views.meeting, name="emergency_meeting"),
    path(f"{_MEETING}/read", views.read, name="emergency_read"),
    path(f"{_MEETING}/checked", views.checked, name="emergency_checked"),
    path(f"{_MEETING}/no-review", views.no_review, name="emergency_no_review"),
    path(f"{_MEETING}/not-admitted", views.not_admitted, name="emergency_not_admitted"),
    path(f"{_HERE}/logs/open", log_views.open_one, name="crisis_log_open"),
    path(_LOG, log_views.log, name="crisis_log"),
    path(f"{_LOG}/close", log_views.close, name="crisis_log_close"),
    path("emergencies", area_views.lately, name="emergencies"),
    path("emergencies/figures", area_views.figures, name="emergency_figures"),
    path("emergencies/lines", area_views.lines, name="crisis_lines"),
    path("emergencies/lines/<int:number>/end", area_views.end, name="crisis_line_end"),
]
