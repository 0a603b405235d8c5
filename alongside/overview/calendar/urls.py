"""Addresses of a worker's calendar."""

from django.urls import path

from alongside.overview.calendar import views

urlpatterns = [
    path("calendar", views.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", views.feed, name="calendar_feed"),
]
