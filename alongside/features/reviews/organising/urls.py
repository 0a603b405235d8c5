"""Addresses of organising reviews."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.reviews.organising import link_views, panel_views, paper_views, pool_views, views

_ONE = "people/<reference:reference>/reviews/planned/<int:number>"
_SEAT = f"{_ONE}/panel/<int:member>"

urlpatterns = [
    path("people/<reference:reference>/reviews/ask", views.ask, name="ask_for_review"),
    path("people/<reference:reference>/reviews/replace", views.replace_due, name="replace_review"),
    path(_ONE, views.one, name="planned_review"),
    path(f"{_ONE}/step/<slug:kind>", views.step, name="planned_review_step"),
    path(f"{_ONE}/agreement", panel_views.agreement, name="review_agreement"),
    path(f"{_ONE}/panel/add", panel_views.seat, name="seat_member"),
    path(f"{_SEAT}/answer", panel_views.answered, name="seat_answer"),
    path(f"{_SEAT}/settle", panel_views.settle, name="seat_settle"),
    path(f"{_SEAT}/vouch", panel_views.vouch, name="seat_vouch"),
    path(f"{_SEAT}/link", panel_views.link, name="seat_link"),
    path(f"{_SEAT}/leave", panel_views.unseat, name="seat_leave"),
    path(f"{_ONE}/invite", panel_views.invite, name="review_invite"),
    path(f"{_ONE}/invite/<int:invited>", panel_views.invite_answer, name="review_invite_answer"),
    path(f"{_ONE}/checks", panel_views.checks, name="review_checks"),
    path(f"{_ONE}/papers/add", paper_views.add, name="add_review_paper"),
    path(f"{_ONE}/papers/<int:paper>", paper_views.open_paper, name="review_paper"),
    path(f"{_ONE}/papers/<int:paper>/back", paper_views.back, name="take_paper_back"),
    path(f"{_ONE}/calendar.ics", paper_views.calendar, name="review_calendar"),
    path(f"{_ONE}/booklet", paper_views.booklet, name="planner_booklet"),
    path("reviews/experts", pool_views.experts, name="experts"),
    path("reviews/experts/add", pool_views.add, name="add_expert"),
    path("reviews/experts/module", pool_views.module, name="panel_module"),
    path("reviews/experts/<int:number>", pool_views.expert, name="expert"),
    path("reviews/experts/<int:number>/change", pool_views.change, name="change_expert"),
    path("reviews/experts/<int:number>/module", pool_views.module_done, name="module_done"),
    path("panel", link_views.panel, name="panel"),
    path("panel/calendar.ics", link_views.calendar, name="panel_calendar"),
    path("panel/papers/<int:number>", link_views.paper, name="panel_paper"),
    path("panel/<str:token>", link_views.by_link, name="panel_link"),
]
