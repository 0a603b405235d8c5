"""Addresses of notices and alerts, and of the on-call list."""

from django.urls import path

from alongside.features.referrals.notices import on_call_views, team_views, telling_views

urlpatterns = [
    path("notices", team_views.notices, name="notices"),
    path("notices/<int:number>", team_views.one, name="notice_one"),
    path("notices/<int:number>/<slug:doing>", team_views.step, name="notice_step"),
    path("on-call", on_call_views.on_call, name="on_call"),
    path("on-call/add", on_call_views.add, name="on_call_add"),
    path("on-call/waiting/<int:number>", on_call_views.waiting_one, name="on_call_one"),
    path("on-call/<int:number>/remove", on_call_views.remove, name="on_call_remove"),
    path("notice", telling_views.notice, name="notice"),
    path("notice/sent/<str:receipt>", telling_views.notice_sent, name="notice_sent"),
    path("notice/<str:token>", telling_views.notice_by_link, name="notice_by_link"),
    path("notice/<str:token>/sent/<str:receipt>", telling_views.notice_sent_by_link, name="notice_sent_by_link"),
    path("alert", telling_views.alert, name="alert"),
    path("alert/sent/<str:receipt>", telling_views.alert_sent, name="alert_sent"),
    path("alert/<str:token>", telling_views.alert_by_link, name="alert_by_link"),
    path("alert/<str:token>/sent/<str:receipt>", telling_views.alert_sent_by_link, name="alert_sent_by_link"),
]
