from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "alongside.features.escalation"
    label = "escalation"
