"""Addresses of the question to schools, and of changes told by a link or a partner."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.referrals.schools import answer_views, staff_views, told_views

urlpatterns = [
    path("schools", staff_views.schools, name="schools"),
    path("schools/start", staff_views.start, name="schools_start"),
    path("schools/list", staff_views.listed, name="schools_list"),
    path("schools/list/<int:school_id>", staff_views.one_listed, name="school_listed"),
    path("schools/asks/<int:ask_id>", staff_views.ask, name="school_asked"),
    path("schools/asks/<int:ask_id>/call", staff_views.call, name="school_call"),
    path("schools/asks/<int:ask_id>/leave", staff_views.close, name="school_leave"),
    path("schools/young-people/<int:worry_id>", staff_views.settle, name="school_settle"),
    path("schools/ask/<str:token>", answer_views.start, name="school_ask"),
    path("schools/ask/<str:token>/check", answer_views.check, name="school_ask_check"),
    path("schools/ask/<str:token>/sent", answer_views.sent, name="school_ask_sent"),
    path("schools/ask/<str:token>/<int:number>/remove", answer_views.remove, name="school_ask_remove"),
    path("schools/ask/<str:token>/<int:number>/<slug:slug>", answer_views.page, name="school_ask_page"),
    path("tell/<str:token>", told_views.tell, name="tell_change"),
    path("tell/<str:token>/sent", told_views.sent, name="tell_change_sent"),
    path("told/<int:told_id>", told_views.match, name="told_by_link"),
    path("told/<int:told_id>/aside", told_views.aside, name="told_aside"),
    path("people/<reference:reference>/tell", told_views.tell_signed_in, name="person_tell"),
]
