from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "alongside.overview.retention"
    label = "retention"
