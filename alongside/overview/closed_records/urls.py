"""Addresses of closed records."""

from django.urls import path

from alongside.overview.closed_records import views

urlpatterns = [
    path("closed-records", views.closed_records, name="closed_records"),
    path("closed-records/<int:number>", views.closed_record, name="closed_record"),
    path("closed-records/<int:number>/told", views.told, name="closed_told"),
    path("closed-records/<int:number>/offer", views.offer, name="closed_offer"),
    path("closed-records/<int:number>/override", views.override, name="closed_override"),
    path("closed-records/<int:number>/offered", views.offered, name="closed_offered"),
    path("closed-records/<int:number>/agreed", views.agreed, name="closed_agreed"),
]
