"""Address of the weeks after a discharge."""

from django.urls import path

from alongside.overview.after_discharge import views

urlpatterns = [
    path("hospital/stays/<int:stay_id>/after-discharge", views.after_discharge, name="after_discharge"),
]
