from django.apps import AppConfig


class HospitalConfig(AppConfig):
    name = "alongside.features.hospital"
    label = "hospital"
