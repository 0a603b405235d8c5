"""A request as every view gets it."""

from datetime import datetime

from django.http import HttpRequest

from alongside.foundation.access.me import Me


class Request(HttpRequest):
    """`me` is whoever asks, false for nobody; `at` the moment. The middleware puts both there."""

    me: Me
    at: datetime
