"""The product's settings for the journeys' server. Only where styles and scripts are read from differs."""

from alongside.config.settings import *  # noqa: F403
from alongside.config.settings import STORAGES

# Straight from where the build puts them, so that a journey never sees styles collected some other day.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
