"""Addresses of the comparison with the commissioner's inpatient file."""

from django.urls import path

from alongside.exchange.inpatients import views

urlpatterns = [
    path("inpatient-files", views.inpatient_files, name="inpatient_files"),
    path("inpatient-files/<int:file_id>", views.inpatient_file, name="inpatient_file"),
    path("inpatient-files/lines/<int:line_id>", views.inpatient_line, name="inpatient_line"),
]
