"""Addresses of reviews that were held."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.reviews.holding import afterwards_views, line_views, recommend_views, report_views, views

_OF = "people/<reference:reference>/reviews/<int:review_id>"
urlpatterns = [
    path("reviews/oversight", afterwards_views.oversight, name="oversight"),
    path("reviews/figures", afterwards_views.figures, name="review_figures"),
    path(f"{_OF}", views.review, name="review"),
    path(f"{_OF}/carried", views.carried, name="review_carried"),
    path(f"{_OF}/recommend", recommend_views.recommending, name="review_recommend"),
    path(f"{_OF}/told", views.told, name="review_told"),
    path(f"{_OF}/finish", views.finish, name="review_finish"),
    path(f"{_OF}/lines/<slug:line>", line_views.line, name="review_line"),
    path(f"{_OF}/lines/<slug:line>/keep", line_views.keep, name="review_line_keep"),
    path(f"{_OF}/plain", report_views.plain, name="review_plain"),
    path(f"{_OF}/report", report_views.report, name="review_report"),
    path(f"{_OF}/report/<int:version>/<slug:face>", report_views.version, name="review_version"),
    path(f"{_OF}/sent", afterwards_views.sent, name="review_sent"),
    path(f"{_OF}/sent/<int:recipient>", afterwards_views.regard, name="review_regard"),
    path(f"{_OF}/asked", afterwards_views.asked, name="review_asked"),
    path(f"{_OF}/feedback", afterwards_views.feedback, name="review_feedback"),
    path(f"{_OF}/quality", afterwards_views.quality, name="review_quality"),
    path(f"{_OF}/oversight", afterwards_views.raising, name="review_raise"),
    path(f"{_OF}/oversight/<int:case>", afterwards_views.deciding, name="review_decide"),
]
