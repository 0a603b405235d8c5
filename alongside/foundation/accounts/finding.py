"""Accounts are found while somebody signs in, by the server's own proof; nobody's key shows more than their own.

The database keeps the tables of accounts closed (see `protection.AccountRows` and `settle`), so that a statement that
slips into a page reads no e-mail address and no digest of a password.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpResponse

from alongside.foundation.access import context
from alongside.foundation.access.me import Ended, Me
from alongside.foundation.access.request import Request
from alongside.foundation.accounts.models import User


class Backend(AuthenticationBackend):
    """The sign-in library's, as the server."""

    def authenticate(self, *args: Any, **kwargs: Any) -> Any:
        with context.signing_in():
            return super().authenticate(*args, **kwargs)

    def get_user(self, user_id: int) -> User | None:
        with context.signing_in():
            return super().get_user(user_id)


def who_is_signed_in(request: Request) -> Me | None:
    """`request.me`, and None for a key that has run out."""
    try:
        return request.me or None
    except Ended:
        return None


def finds_accounts(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A page of signing in: accounts are found while it is made. Who asks is known by their own key before."""

    @wraps(view)
    def page(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        who_is_signed_in(request)
        with context.signing_in():
            response = view(request, *args, **kwargs)
            if callable(getattr(response, "render", None)):
                response.render()
        return response

    return page
