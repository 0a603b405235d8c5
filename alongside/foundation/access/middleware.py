"""Puts who is asking on each request, and answers plainly when the database is away."""

import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import Ended, Me, find_me
from alongside.foundation.access.request import Request

Answer = Callable[[HttpRequest], HttpResponse]
_SECRET = re.compile("password|csrfmiddlewaretoken|credential|^code$")


class ActorMiddleware:
    """Reads the key cookie; `request.me` is the actor, or None. A key that has run out is told so once."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request = cast(Request, request)
        request.at = clock.now()
        with context.asking_with(""):
            context.set_key(request.COOKIES.get(settings.KEY_COOKIE, ""))
            request.me = cast(Me, SimpleLazyObject(lambda: find_me(request.at)))
            return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Ended):
            context.set_key("")
            of_family = request.path.startswith(settings.FAMILY_HOME_URL)
            door = settings.FAMILY_LOGIN_URL if of_family else settings.LOGIN_URL
            response = redirect(f"{door}?ended={exception.why}&next={request.path}")
            response.delete_cookie(settings.KEY_COOKIE)
            return response
        return None


class DatabaseAwayMiddleware:
    """A database that can't be reached is a sentence, not a stack of code. Nothing typed is thrown away."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            return render(request, "errors/503.html", {"typed": typed_again(request)}, status=503)
        return None


def typed_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form had in it, so that the page can send it again."""
    if request.method != "POST":
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values if not _SECRET.search(name)]
