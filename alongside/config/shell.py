"""What stands round every page: who is signed in, where their role can go, whose service it is."""

from django.conf import settings
from django.db import Error

from alongside.foundation import clock
from alongside.foundation.access.me import Ended, Me
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import FAMILY_DOOR, Role
from alongside.foundation.nhsuk.shell import Countdown, NavItem, PageShell

EVERYBODY = frozenset(Role.values) - FAMILY_DOOR
TEAM = frozenset({Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR})
PARTNERS = frozenset({Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE})
COUNTS = frozenset({Role.SENIOR_OFFICER, Role.REGIONAL})
OPENS_IN_EMERGENCY = TEAM | {Role.PARTNER_HEALTH, Role.PARTNER_SOCIAL_CARE}
ESCALATES = frozenset({Role.SENIOR_OFFICER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER})
SEES_PEOPLE = TEAM | PARTNERS | {Role.COMMISSIONER}

# Label, address, and the roles that have it in their menu. Who may open it is decided by the page itself.
MENU: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("My day", "/", EVERYBODY),
    ("Messages", "/messages", EVERYBODY),
    ("Register", "/register", SEES_PEOPLE | COUNTS),
    ("Keyworking", "/keyworking", TEAM),
    ("Actions", "/actions", SEES_PEOPLE),
    ("Actions", "/actions/figures", frozenset({Role.SENIOR_OFFICER})),
    ("Escalations", "/escalations", ESCALATES),
    ("Meetings", "/meetings", SEES_PEOPLE),
    ("Hospital", "/hospital", TEAM | {Role.COMMISSIONER}),
    ("Reviews", "/reviews/diary", frozenset({Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER})),
    ("Reviews", "/reviews/figures", frozenset({Role.SENIOR_OFFICER})),
    ("Radar", "/radar", TEAM | {Role.COMMISSIONER}),
    ("Care and safety", "/concerns", frozenset({Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER})),
    ("Referrals", "/referrals", frozenset({Role.COORDINATOR})),
    ("Moves", "/moves", frozenset({Role.COORDINATOR, Role.MANAGER})),
    ("Schools", "/schools", frozenset({Role.COORDINATOR, Role.MANAGER})),
    ("Notices", "/notices", frozenset({Role.COORDINATOR})),
    ("On call", "/on-call", TEAM | {Role.COMMISSIONER, Role.PARTNER_HEALTH, Role.PARTNER_SOCIAL_CARE}),
    ("Admission", "/notice", frozenset({Role.PARTNER_HEALTH})),
    ("Refer", "/refer", PARTNERS | {Role.KEYWORKER}),
    ("Import", "/import", frozenset({Role.COORDINATOR, Role.MANAGER})),
    ("Outbox", "/outbox", frozenset({Role.ADMIN})),
    ("Emergencies", "/emergencies", TEAM | {Role.COMMISSIONER}),
    ("Emergencies", "/emergencies/figures", frozenset({Role.SENIOR_OFFICER})),
    ("Open a record", "/break-glass", OPENS_IN_EMERGENCY),
    ("Openings", "/break-glass/openings", frozenset({Role.GOVERNANCE})),
    ("Restricted", "/restricted", frozenset({Role.GOVERNANCE})),
    ("Requests", "/subject-access", frozenset({Role.GOVERNANCE})),
    ("Wrong records", "/wrong-records", frozenset({Role.GOVERNANCE})),
    ("Retention", "/retention", frozenset({Role.GOVERNANCE})),
    ("Audit", "/audit", frozenset({Role.GOVERNANCE})),
    ("Agreements", "/sharing-agreements", frozenset({Role.COORDINATOR, Role.MANAGER, Role.GOVERNANCE})),
    ("Rules", "/rules", EVERYBODY),
)
SEARCH_URL = "/register/find"


def shell_of(request: Request) -> PageShell:
    """Asks the database nothing that the page has not asked already; draws a plain frame when it is away."""
    me = _me(request)
    brand = "nhs" if settings.NHS_BRAND else "neutral"
    if me is None:
        # At the family door nothing in the frame says what the service is for.
        # Nor where somebody without account answers about an action.
        quiet = request.path.startswith((settings.FAMILY_LOGIN_URL, "/action/", "/panel", "/decision/"))
        neutral = settings.NEUTRAL_NAME if quiet else ""
        return PageShell(brand=brand, organisation=neutral, today=clock.today())  # type: ignore[arg-type]
    roles = {held.role for held in me.roles}
    if me.is_family:
        return _for_family(me, brand)
    return PageShell(
        brand=brand,  # type: ignore[arg-type]
        organisation=me.home_area.area_name if me.home_area else "",
        demo=me.demonstration,
        signed_in_name=me.name,
        role_label=me.role_label,
        account_url="/account",
        sign_out_url="/sign-out",
        nav=_menu(roles, request.path, me.new_messages),
        search_url=SEARCH_URL if roles & SEES_PEOPLE else "",
        search_method="post",
        today=clock.today(),
        countdowns=tuple(
            Countdown(
                f"{one.reference} is open to you",
                f"/people/{one.reference}",
                one.until,
                f"/break-glass/{one.opening}/end",
            )
            for one in me.emergencies
        ),
    )


def _for_family(me: Me, brand: str) -> PageShell:
    """Nothing in the frame says what the service is for: somebody may look over their shoulder."""
    return PageShell(
        brand=brand,  # type: ignore[arg-type]
        organisation=me.home_area.area_name if me.home_area else "",
        home_url=settings.FAMILY_HOME_URL,
        account_url=settings.FAMILY_HOME_URL,
        demo=me.demonstration,
        signed_in_name=me.name,
        sign_out_url="/sign-out",
        today=clock.today(),
    )


def _menu(roles: set[str], here: str, new: int) -> tuple[NavItem, ...]:
    items = [(label, url) for label, url, whose in MENU if roles & whose]
    # A person's page is reached from the register.
    here = "/register" if _is_under(here, "/people") else here
    current = max((url for _, url in items if _is_under(here, url)), key=len, default="")
    counted = {"/messages": new or None}
    return tuple(NavItem(label, url, current=url == current, count=counted.get(url)) for label, url in items)


def _is_under(here: str, url: str) -> bool:
    return here == url or (url != "/" and here.startswith(f"{url}/"))


def _me(request: Request) -> Me | None:
    try:
        return request.me or None
    except (AttributeError, Ended, Error):
        return None
