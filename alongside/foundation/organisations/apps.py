from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "alongside.foundation.organisations"
    label = "organisations"
