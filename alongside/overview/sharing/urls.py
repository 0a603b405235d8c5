"""Addresses of telling others."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.overview.sharing import agreements_views as between
from alongside.overview.sharing import limits_views, overrides_views, shares_views, untold_views

urlpatterns = [
    path("people/<reference:reference>/shares", shares_views.shares, name="shares"),
    path("people/<reference:reference>/shares/add", shares_views.add_share, name="add_share"),
    path("people/<reference:reference>/shares/export", shares_views.export, name="export_shares"),
    path("people/<reference:reference>/override", overrides_views.override, name="override"),
    path("people/<reference:reference>/relation/<int:relation_id>/limits", limits_views.limits, name="legal_limits"),
    path("shares/<int:number>", untold_views.one_share, name="one_share"),
    path("shares/<int:number>/told", untold_views.told_now, name="share_told"),
    path("shares/<int:number>/later", untold_views.later, name="share_later"),
    path("overrides/<int:number>", overrides_views.one_override, name="one_override"),
    path("overrides/<int:number>/told", overrides_views.told_now, name="override_told"),
    path("overrides/<int:number>/later", overrides_views.later, name="override_later"),
    path("overrides/<int:number>/end", overrides_views.end_now, name="override_end"),
    path("sharing-agreements", between.agreements, name="sharing_agreements"),
    path("sharing-agreements/new", between.new_agreement, name="new_sharing_agreement"),
    path("sharing-agreements/<int:number>", between.agreement, name="sharing_agreement"),
    path("sharing-agreements/<int:number>/end", between.end_one, name="end_sharing_agreement"),
    path("sharing-agreements/<int:number>/paper", between.paper, name="sharing_agreement_paper"),
]
