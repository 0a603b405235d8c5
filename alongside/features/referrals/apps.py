from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "alongside.features.referrals"
    label = "referrals"
