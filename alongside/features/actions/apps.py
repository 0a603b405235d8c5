from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "alongside.features.actions"
    label = "actions"
