"""Every route declares who may open it. A view without a declaration fails the build."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import FAMILY_DOOR

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
    """For actors who hold one of these roles; with none named, for anybody of the staff who is signed in.

    For somebody who came in by the family door there is nothing but what names their role.
    """

    def protect(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            for_family = FAMILY_DOOR.issuperset(roles) and bool(roles)
            if not request.me:
                door = settings.FAMILY_LOGIN_URL if for_family else settings.LOGIN_URL
                return redirect(f"{door}?next={request.get_full_path()}")
            if request.me.is_family and not request.me.holds(*roles):
                raise Http404
            if roles and not request.me.holds(*roles):
                raise PermissionDenied("Your role does not include this page.")
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        checked.protection = ",".join(sorted(roles)) or "signed in"  # type: ignore[attr-defined]
        return checked

    return protect
