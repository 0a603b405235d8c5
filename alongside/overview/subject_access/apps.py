from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    name = "alongside.overview.subject_access"
    label = "subject_access"
