from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "alongside.features.register"
    label = "register"
