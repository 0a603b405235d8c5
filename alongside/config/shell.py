"""What stands round every page: who is signed in, where their role can go, whose service it is."""

from django.conf import settings
from django.db import Error

from alongside.foundation import clock
from alongside.foundation.access.me import Ended, Me
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.nhsuk.shell import NavItem, PageShell

EVERYBODY = frozenset(Role.values)
TEAM = frozenset({Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR})
PARTNERS = frozenset({Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE})
COUNTS = frozenset({Role.SENIOR_OFFICER, Role.REGIONAL})
SEES_PEOPLE = TEAM | PARTNERS | {Role.COMMISSIONER}

# Label, address, and the roles that have it in their menu. Who may open it is decided by the page itself.
MENU: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("My day", "/", EVERYBODY),
    ("Register", "/register", SEES_PEOPLE | COUNTS),
    ("Radar", "/radar", TEAM | {Role.COMMISSIONER}),
    ("Import", "/import", frozenset({Role.COORDINATOR, Role.MANAGER})),
    ("Audit", "/audit", frozenset({Role.GOVERNANCE})),
    ("Rules", "/rules", EVERYBODY),
)
SEARCH_URL = "/register/find"


def shell_of(request: Request) -> PageShell:
    """Asks the database nothing that the page has not asked already; draws a plain frame when it is away."""
    me = _me(request)
    brand = "nhs" if settings.NHS_BRAND else "neutral"
    if me is None:
        return PageShell(brand=brand, today=clock.today())  # type: ignore[arg-type]
    roles = {held.role for held in me.roles}
    return PageShell(
        brand=brand,  # type: ignore[arg-type]
        organisation=me.home_area.area_name if me.home_area else "",
        demo=me.demonstration,
        signed_in_name=me.name,
        role_label=me.role_label,
        account_url="/account",
        sign_out_url="/sign-out",
        nav=_menu(roles, request.path),
        search_url=SEARCH_URL if roles & SEES_PEOPLE else "",
        search_method="post",
        today=clock.today(),
    )


def _menu(roles: set[str], here: str) -> tuple[NavItem, ...]:
    items = [(label, url) for label, url, whose in MENU if roles & whose]
    current = max((url for _, url in items if _is_under(here, url)), key=len, default="")
    return tuple(NavItem(label, url, current=url == current) for label, url in items)


def _is_under(here: str, url: str) -> bool:
    return here == url or (url != "/" and here.startswith(f"{url}/"))


def _me(request: Request) -> Me | None:
    try:
        return request.me or None
    except (AttributeError, Ended, Error):
        return None
