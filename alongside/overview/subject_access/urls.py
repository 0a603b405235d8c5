"""Addresses of requests for one's own record."""

from django.urls import path

from alongside.overview.subject_access import views

urlpatterns = [
    path("subject-access", views.requests, name="access_requests"),
    path("subject-access/new", views.new_request, name="new_access_request"),
    path("subject-access/<int:number>", views.one_request, name="access_request"),
    path("subject-access/<int:number>/pack", views.read_pack, name="access_pack"),
    path("subject-access/<int:number>/check", views.check, name="access_check"),
    path("subject-access/<int:number>/approve", views.approve, name="access_approve"),
    path("subject-access/<int:number>/longer", views.longer, name="access_longer"),
    path("subject-access/<int:number>/close", views.close, name="access_close"),
    path("subject-access/<int:number>/file.pdf", views.download, {"what": "pdf"}, name="access_pdf"),
    path("subject-access/<int:number>/file.zip", views.download, {"what": "zip"}, name="access_zip"),
]
