from django.apps import AppConfig


class NhsukConfig(AppConfig):
    """Makes the templates and the built style sheets findable."""

    name = "alongside.foundation.nhsuk"
    label = "nhsuk"
    verbose_name = "The look"
