"""Addresses of the plan, its draft, goals, and the crisis card."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.plans import card_views, goal_views, sharing_views, views, writing_views

_PLAN = "people/<reference:reference>/plan"
urlpatterns = [
    path(_PLAN, views.plan, name="plan"),
    path(f"{_PLAN}/pdf", views.plan_pdf, name="plan_pdf"),
    path(f"{_PLAN}/draft", writing_views.draft, name="plan_draft"),
    path(f"{_PLAN}/draft/<slug:kind>", writing_views.part, name="plan_part"),
    path(f"{_PLAN}/draft/<slug:kind>/keep", writing_views.keep, name="plan_keep"),
    path(f"{_PLAN}/send", sharing_views.send, name="plan_send"),
    path(f"{_PLAN}/approve", sharing_views.approve, name="plan_approve"),
    path(f"{_PLAN}/take-back", sharing_views.back, name="plan_take_back"),
    path(f"{_PLAN}/answer", sharing_views.answer, name="plan_answer"),
    path(f"{_PLAN}/goals", goal_views.goals, name="plan_goals"),
    path(f"{_PLAN}/goals/add", goal_views.add, name="plan_goal_add"),
    path(f"{_PLAN}/goals/<int:fact_id>/score", goal_views.score, name="plan_goal_score"),
    path(f"{_PLAN}/goals/<int:fact_id>/end", goal_views.end, name="plan_goal_end"),
    path("people/<reference:reference>/crisis", card_views.card, name="crisis_card"),
    path("people/<reference:reference>/crisis/pdf", card_views.card_pdf, name="crisis_card_pdf"),
    path("crisis-cards", card_views.offline, name="crisis_cards"),
]
