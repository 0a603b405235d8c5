"""The addresses of the audit."""

from django.urls import path

from alongside.overview.audit import views

urlpatterns = [
    path("audit", views.audit, name="audit"),
    path("audit/export", views.exported, name="audit_export"),
    path("audit/changes/<int:number>", views.change, name="audit_change"),
    path("audit/unusual", views.unusual, name="audit_unusual"),
]
