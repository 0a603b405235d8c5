from django.apps import AppConfig


class GuardedConfig(AppConfig):
    name = "alongside.overview.guarded"
    label = "guarded"
