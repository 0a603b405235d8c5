from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "alongside.features.plans"
    label = "plans"
