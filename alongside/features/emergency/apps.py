from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "alongside.features.emergency"
    label = "emergency"
