from django.apps import AppConfig


class KeyworkingConfig(AppConfig):
    name = "alongside.features.keyworking"
    label = "keyworking"
