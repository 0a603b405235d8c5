from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "alongside.features.concerns"
    label = "concerns"
