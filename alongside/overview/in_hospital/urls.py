"""Addresses of pages about people in hospital."""

from django.urls import path

from alongside.overview.in_hospital import views

urlpatterns = [
    path("hospital", views.in_hospital, name="in_hospital"),
    path("hospital/stays/<int:stay_id>", views.stay_page, name="stay"),
    path("hospital/stays/<int:stay_id>/follows", views.follows, name="stay_follows"),
    path("hospital/stays/<int:stay_id>/known", views.known, name="stay_known"),
]
