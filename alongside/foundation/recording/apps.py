from django.apps import AppConfig


class RecordingConfig(AppConfig):
    name = "alongside.foundation.recording"
    label = "recording"
