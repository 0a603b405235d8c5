"""Every route declares who may open it. A view without a declaration fails the build."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.foundation.access.request import Request

View = Callable[..., HttpResponse]


class Refused(Exception):
    """Who: this actor may not. Carries a code and a sentence for the screen."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


class NotNow(Exception):
    """When: nobody may, as things stand. Carries a code and a sentence for the screen."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def open_to_all(view: View) -> View:
    """For signed-out people too."""
    view.protection = "everybody"  # type: ignore[attr-defined]
    return view


def for_roles(*roles: str) -> Callable[[View], View]:
    """For actors who hold one of these roles; with none named, for anybody signed in."""

    def protect(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.me:
                return redirect(f"{settings.LOGIN_URL}?next={request.get_full_path()}")
            if roles and not request.me.holds(*roles):
                raise PermissionDenied("Your role does not include this page.")
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        checked.protection = ",".join(sorted(roles)) or "signed in"  # type: ignore[attr-defined]
        return checked

    return protect
