"""What every page has round it: who is signed in, where they can go, whose service it is.

The page frame takes one object called `page`. What fills it stands higher up than this package, so the
setting PAGE_SHELL names the function that makes it from a request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the navigation or the footer. `count` is shown after the label, and spoken."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Countdown:
    """Something that is open to whoever reads the page until a moment, and what ends it before."""

    text: str
    url: str
    until: datetime
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShell:
    """Everything the frame of a page shows. An empty text leaves that part of the frame out.

    `today` is the day the page is drawn for; templates hand it to `days_ago`.
    `brand` is 'nhs' only where the organisation has said so in its settings.
    `search_method` is 'post' where what was searched for may not stand in an address or a log.
    """

    service_name: str = "Alongside"
    organisation: str = ""
    home_url: str = "/"
    brand: Literal["neutral", "nhs"] = "neutral"
    demo: bool = False
    signed_in_name: str = ""
    role_label: str = ""
    account_url: str = ""
    sign_out_url: str = ""
    nav: tuple[NavItem, ...] = ()
    search_url: str = ""
    search_method: Literal["get", "post"] = "get"
    search_text: str = ""
    footer: tuple[NavItem, ...] = ()
    today: date | None = None
    countdowns: tuple[Countdown, ...] = ()


@cache
def _maker() -> Callable[[HttpRequest], PageShell]:
    dotted = getattr(settings, "PAGE_SHELL", "")
    return import_string(dotted) if dotted else lambda request: PageShell()


def page_shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: puts `page` into every template.

    It is made when a template first looks at it, so an error page that uses the plain frame asks nothing of a
    database that may be away.
    """
    return {"page": SimpleLazyObject(lambda: _maker()(request))}
