from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "alongside.features.reviews"
    label = "reviews"
