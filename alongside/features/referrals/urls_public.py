"""Addresses of asking to join, open to everybody; and of the rules of entry."""

from django.urls import path

from alongside.features.referrals import (
    eligibility_rules,
    eligibility_views,
    progress_answers,
    progress_views,
    public_views,
)

urlpatterns = [
    path("leave", progress_views.leave, name="leave"),
    path("rules/entry", eligibility_rules.entry_rules, name="entry_rules"),
    path("rules/entry/<slug:rule>", eligibility_rules.entry_rule, name="entry_rule"),
    path("refer", public_views.ways, name="refer"),
    path("refer/check", eligibility_views.check, name="refer_check"),
    path("refer/later", public_views.save_for_later, name="refer_save"),
    path("refer/carry-on", progress_views.carry_on, name="refer_carry_on"),
    path("refer/sent", progress_views.sent, name="refer_sent"),
    path("refer/progress", progress_views.progress, name="refer_progress"),
    path("refer/progress/<str:asked>", progress_views.progress_of, name="refer_progress_of"),
    path("refer/progress/<str:asked>/answer/<int:question>", progress_answers.answer, name="refer_answer"),
    path("refer/progress/<str:asked>/letter/<int:number>.pdf", progress_answers.letter, name="refer_letter"),
    path("refer/progress/<str:asked>/withdraw", progress_answers.take_back, name="refer_withdraw"),
    path("refer/<slug:way>", public_views.start, name="refer_start"),
    path("refer/<slug:way>/answers", public_views.answers, name="refer_answers"),
    path("refer/<slug:way>/<slug:slug>", public_views.page, name="refer_page"),
    path("refer/<slug:way>/<slug:slug>/keep", public_views.keep, name="refer_keep"),
]
