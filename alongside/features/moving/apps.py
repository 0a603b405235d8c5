from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "alongside.features.moving"
    label = "moving"
