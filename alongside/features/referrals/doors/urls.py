"""Addresses of the register team's pages about links."""

from django.urls import path

from alongside.features.referrals.doors import coming_back, views

urlpatterns = [
    path("come-back", coming_back.come_back, name="come_back"),
    path("links", views.links, name="links"),
    path("links/make", views.make, name="make_link"),
    path("links/<int:number>/end", views.end, name="end_link"),
]
