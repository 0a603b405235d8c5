"""Addresses of keyworking: the team, the waiting list, plans, and naming somebody's keyworker."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.keyworking import outside_views as outside
from alongside.features.keyworking import plan_views, rule_views, team_views, views
from alongside.features.keyworking.handing_over import account_views, line_views, photo_views, tell_all_views
from alongside.features.keyworking.handing_over import views as handing_over
from alongside.features.keyworking.learning import views as learning
from alongside.features.keyworking.planning_ahead import views as planning_ahead

urlpatterns = [
    path("keyworking", team_views.team, name="keyworking_team"),
    path("keyworking/waiting", team_views.waiting, name="keyworking_waiting"),
    path("keyworking/team/<int:actor>", team_views.keyworker, name="keyworker"),
    path("keyworking/team/<int:actor>/profile", team_views.profile, name="keyworker_profile"),
    path("keyworking/team/<int:actor>/work", team_views.work, name="keyworker_work"),
    path("keyworking/team/<int:actor>/leave", team_views.leave, name="keyworker_leave"),
    path("keyworking/team/<int:actor>/training", team_views.training, name="keyworker_training"),
    path("keyworking/team/<int:actor>/hand-over", handing_over.begin, name="hand_over_begin"),
    path("keyworking/team/<int:actor>/photo", photo_views.photo, name="keyworker_photo"),
    path("keyworking/team/<int:actor>/photo/picture", photo_views.picture, name="keyworker_picture"),
    path("keyworking/team/<int:actor>/close", account_views.close, name="keyworker_close"),
    path("keyworking/hand-over/<int:number>", handing_over.hand_over, name="hand_over"),
    path("keyworking/hand-over/<int:number>/propose", line_views.propose, name="hand_over_propose"),
    path("keyworking/hand-over/<int:number>/tell", tell_all_views.tell_all, name="hand_over_tell_all"),
    path("keyworking/hand-over/<int:number>/rest", handing_over.rest, name="hand_over_rest"),
    path("keyworking/hand-over/<int:number>/call-off", handing_over.call_it_off, name="hand_over_call_off"),
    path("keyworking/hand-over/<int:number>/<int:line_id>", line_views.line, name="hand_over_line"),
    path("keyworking/hand-over/<int:number>/<int:line_id>/tell", line_views.tell, name="hand_over_tell"),
    path("keyworking/team/<int:actor>/competency", learning.competency, name="keyworker_competency"),
    path("keyworking/training", learning.training, name="keyworking_training"),
    path("keyworking/training/import", learning.take, name="training_import"),
    path("keyworking/training/courses/<slug:key>", learning.course, name="training_course"),
    path("keyworking/awareness", learning.awareness, name="keyworking_awareness"),
    path("keyworking/what-if", planning_ahead.what_if, name="what_if"),
    path("keyworking/what-if/<int:number>", planning_ahead.answer, name="what_if_answer"),
    path("keyworking/plans/<int:plan_id>", plan_views.plan, name="keyworker_plan"),
    path("keyworking/plans/<int:plan_id>/<int:line_id>", plan_views.line, name="keyworker_plan_line"),
    path("keyworking/rules/<slug:rule>", rule_views.rule, name="caseload_rule"),
    path("people/<reference:reference>/keyworker", views.name_keyworker, name="name_keyworker"),
    path("people/<reference:reference>/keyworker/outside", outside.outside, name="keyworker_outside"),
    path("people/<reference:reference>/keyworker/wish", views.wish, name="keyworker_wish"),
]
