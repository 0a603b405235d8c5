"""Addresses of emergency openings and restricted records."""

from django.urls import path

from alongside.overview.guarded import restricted_views as restricted
from alongside.overview.guarded import views

urlpatterns = [
    path("break-glass", views.break_glass, name="break_glass"),
    path("break-glass/<int:number>/end", views.finished, name="break_glass_end"),
    path("break-glass/openings", views.openings, name="openings"),
    path("break-glass/openings/<int:number>", views.review, name="opening"),
    path("restricted", restricted.restrictions, name="restrictions"),
    path("restricted/new", restricted.new_restriction, name="new_restriction"),
    path("restricted/<int:number>", restricted.restriction, name="restriction"),
    path("restricted/<int:number>/name", restricted.name_one, name="name_on_restricted"),
    path("restricted/<int:number>/unname/<int:actor>", restricted.unname_one, name="unname"),
    path("restricted/<int:number>/keep", restricted.keep_one, name="keep_restricted"),
    path("restricted/<int:number>/lift", restricted.lift_one, name="lift_restriction"),
]
