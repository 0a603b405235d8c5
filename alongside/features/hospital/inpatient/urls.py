"""Addresses of forms about one stay."""

from django.urls import path

from alongside.features.hospital.inpatient import overseeing_views, views

_OF = "hospital/stays/<int:stay_id>"
urlpatterns = [
    path(f"{_OF}/move", views.move, name="stay_move"),
    path(f"{_OF}/ward", views.first_ward, name="stay_first_ward"),
    path(f"{_OF}/wards/<int:ward_id>", views.ward, name="stay_ward"),
    path(f"{_OF}/admission", views.admission, name="stay_admission"),
    path(f"{_OF}/dates", views.dates, name="stay_dates"),
    path(f"{_OF}/legal", views.legal, name="stay_legal"),
    path(f"{_OF}/leave", views.leave, name="stay_leave"),
    path(f"{_OF}/leave/<int:leave_id>/back", views.back, name="stay_leave_back"),
    path(f"{_OF}/incident", views.incident, name="stay_incident"),
    path(f"{_OF}/segregation", views.segregate, name="stay_segregation"),
    path(f"{_OF}/segregation/<int:segregation_id>/look", views.look, name="stay_segregation_look"),
    path(f"{_OF}/segregation/<int:segregation_id>/end", views.end_segregation, name="stay_segregation_end"),
    path(f"{_OF}/lengthen", views.lengthen, name="stay_lengthen"),
    path(f"{_OF}/tell/<slug:kind>", overseeing_views.tell, name="stay_tell"),
    path(f"{_OF}/notices/<int:notice_id>/reply", overseeing_views.reply, name="stay_notice_reply"),
    path(f"{_OF}/notices/<int:notice_id>/reference", overseeing_views.reference, name="stay_notice_reference"),
    path(f"{_OF}/visit", overseeing_views.visit, name="stay_visit"),
]
