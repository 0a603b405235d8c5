"""How the list says things: when something is due, how old a rating is, which filters are in force."""

from collections.abc import Mapping
from datetime import date, datetime

from alongside.features.people.models import Circumstance
from alongside.features.register.models import Colour, Listing
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day_short, plural
from alongside.overview.register_list.asking import ME, MY_TEAM, Asked

SORT_LABELS = {
    "due": "Late first",
    "name": "Name",
    "colour": "Colour, red first",
    "rated": "Oldest rating first",
}
FILTER_LABELS = {
    "late": "Something is late",
    "backlog": "Nothing is late but something is in the backlog",
    "mine": "I am their keyworker",
    "alone": "No keyworker",
    "hospital": "In hospital",
    "unconfirmed": "Agreement not confirmed",
    "proposal": "A proposed rating waits",
    "provisional": "On the register provisionally",
}
LISTING_LABELS = {"": "Children, young people and adults", **dict(Listing.choices)}
COLOUR_LABELS = {**dict(Colour.choices), "none": "Not rated"}
FAR_AHEAD_DAYS = 60


def english_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


#: In place of what was next and has ended by itself, until the worker has found what comes after it.
ENDED = "What is next is being worked out"

OWNER_LABELS = {ME: "Me", MY_TEAM: "My team"}


def has_ended(changes_at: datetime | None, now: datetime) -> bool:
    """Whether what the line tells of has ended by itself: it is late to nobody any more."""
    return changes_at is not None and changes_at <= now


def due_words(due: datetime, now: datetime, late_from: datetime | None = None) -> str:
    """'Late by 3 days', 'Late since today', 'Due today', 'Due in 5 days', 'Due 3 Mar 2027', 'Backlog, was due …'."""
    days = (english_day(due) - english_day(now)).days
    if now > due and late_from and now <= late_from:
        return f"Backlog, was due {day_short(due)}"
    if now > due:
        return f"Late by {plural(-days, 'day')}" if days else "Late since today"
    if days in (0, 1):
        return "Due tomorrow" if days else "Due today"
    return f"Due in {days} days" if days <= FAR_AHEAD_DAYS else f"Due {day_short(due)}"


def rating_words(colour_since: date | None, today: date) -> str:
    """How long it has been this colour: 'for 12 days', 'since today'."""
    if colour_since is None:
        return "since when is not known"
    days = (today - colour_since).days
    return f"for {plural(days, 'day')}" if days > 0 else "since today"


def looked_words(rated_on: date | None, today: date) -> str:
    """How long ago somebody last looked at the rating."""
    if rated_on is None:
        return "Never rated"
    days = (today - rated_on).days
    return f"Rated {plural(days, 'day')} ago" if days > 0 else "Rated today"


def age_on(birth_date: date | None, today: date) -> int | None:
    """Completed years. Somebody born on 29 February turns on 1 March in other years."""
    if birth_date is None or birth_date > today:
        return None
    had = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had)


def chosen_words(asked: Asked, owners: Mapping[str, str], keyworkers: Mapping[int, str]) -> list[tuple[str, str]]:
    """(what is chosen, address without it) of every filter in force. Owners and keyworkers by name."""
    found = [(f"Rating: {COLOUR_LABELS[c].lower()}", asked.without("colour", c).query()) for c in asked.colour]
    found += [(FILTER_LABELS[name], asked.without(name).query()) for name in asked.filters if name in FILTER_LABELS]
    texts = {
        "council": asked.council,
        "owner": f"Owner: {owners.get(asked.owner, 'somebody else')}",
        "keyworker": f"Keyworker: {keyworkers.get(asked.keyworker, 'somebody else')}",
        "flag": Circumstance.Kind(asked.flag).label if asked.flag else "",
        "text": f"Name begins with “{asked.text}”",
    }
    found += [(texts[name], asked.without(name).query()) for name in asked.filters if name in texts]
    return found
