"""Addresses of leaving hospital."""

from django.urls import path

from alongside.features.hospital.discharge import cause_views, delay_views, figures_views, leaving_views, views

_OF = "hospital/stays/<int:stay_id>"
_PLAN = f"{_OF}/discharge-plan"
urlpatterns = [
    path("hospital/discharges", figures_views.figures, name="discharge_figures"),
    path(_PLAN, views.plan, name="discharge_plan"),
    path(f"{_PLAN}/lead", views.lead, name="discharge_lead"),
    path(f"{_PLAN}/heading", views.heading, name="discharge_heading"),
    path(f"{_PLAN}/date", views.expected, name="discharge_date"),
    path(f"{_PLAN}/condition", views.condition, name="discharge_condition"),
    path(f"{_PLAN}/meeting", views.meeting, name="discharge_meeting"),
    path(f"{_PLAN}/ready", delay_views.ready, name="discharge_ready"),
    path(f"{_PLAN}/ready/end", delay_views.end, name="discharge_ready_end"),
    path(f"{_PLAN}/ready/<int:period>/withdraw", delay_views.withdraw, name="discharge_ready_withdraw"),
    path(f"{_OF}/after-discharge/write", leaving_views.write, name="leaving"),
    path(f"{_OF}/root-cause", cause_views.root_cause, name="root_cause"),
    path(f"{_OF}/root-cause/write", cause_views.write_root_cause, name="root_cause_write"),
    path(f"{_OF}/root-cause/change", cause_views.change_made, name="root_cause_change"),
    path(f"{_OF}/look-back", cause_views.back_again, name="look_back"),
]
