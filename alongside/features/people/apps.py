from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.features.people"
    label = "people"
