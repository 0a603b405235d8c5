"""Addresses of retention and disposal."""

from django.urls import path

from alongside.overview.retention import views

urlpatterns = [
    path("retention", views.retention, name="retention"),
    path("retention/propose", views.new_proposal, name="propose_disposal"),
    path("retention/<int:number>", views.proposal, name="disposal"),
    path("retention/<int:number>/dispose", views.let_them_go, name="let_go"),
    path("retention/holds/new", views.new_hold, name="new_hold"),
    path("retention/holds/<int:number>/lift", views.lift_one, name="lift_hold"),
]
