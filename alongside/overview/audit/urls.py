"""The address of the audit page."""

from django.urls import path

from alongside.overview.audit.views import audit

urlpatterns = [path("audit", audit, name="audit")]
