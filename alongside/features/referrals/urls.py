"""Addresses of the register team's pages about referrals, and of the letters that come of them."""

from django.urls import path

from alongside.features.referrals import outcome_views, triage_code, triage_deciding, triage_telling, triage_views

urlpatterns = [
    path("referrals", triage_views.referrals, name="referrals"),
    path("referrals/letters/<int:letter_id>", triage_telling.letter, name="referral_letter"),
    path("referrals/letters/<int:letter_id>/letter.pdf", triage_telling.letter_pdf, name="referral_letter_pdf"),
    path("referrals/files/<int:step_id>/<int:number>", triage_telling.file, name="referral_file"),
    path("referrals/<int:referral_id>", triage_views.one, name="referral"),
    path("referrals/<int:referral_id>/accept", triage_deciding.accept, name="referral_accept"),
    path("referrals/<int:referral_id>/code", triage_code.new_code, name="referral_code"),
    path("referrals/<int:referral_id>/outcome", triage_telling.outcome, name="referral_outcome"),
    path("referrals/<int:referral_id>/<slug:doing>", triage_views.step, name="referral_step"),
    path("outcome/<str:key>", outcome_views.read, name="outcome"),
    path("outcome/<str:key>/letter.pdf", outcome_views.pdf, name="outcome_pdf"),
]
