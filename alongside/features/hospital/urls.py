"""Addresses of admission and discharge."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.hospital import views
from alongside.features.hospital.discharge.urls import urlpatterns as discharge
from alongside.features.hospital.inpatient.urls import urlpatterns as inpatient

urlpatterns = [
    path("people/<reference:reference>/admit", views.record_admission, name="record_admission"),
    path("hospital/stays/<int:stay_id>/discharge", views.record_discharge, name="record_discharge"),
    *inpatient,
    *discharge,
]
