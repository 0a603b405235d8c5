"""How dates, counts and numbers read on a page. Pure functions: nothing here reads the clock."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from html import escape

from markupsafe import Markup

from alongside.foundation.clock import LONDON

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _london(value: datetime) -> datetime:
    """The same moment on an English clock; a time without a zone is taken to be English already."""
    return value.astimezone(LONDON) if value.tzinfo else value


def _as_day(value: date | datetime) -> date:
    return _london(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """'12 January 2026': the day in England. Nothing gives ''."""
    if value is None:
        return ""
    on = _as_day(value)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def day_short(value: date | datetime | None) -> str:
    """'12 Jan 2026', for dense tables. Nothing gives ''."""
    if value is None:
        return ""
    on = _as_day(value)
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def clock_time(value: datetime) -> str:
    """'3:05pm', '3pm', 'midday', 'midnight': the time in England, as the NHS writes times."""
    at = _london(value)
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def moment(value: datetime | None) -> str:
    """'12 January 2026 at 3:05pm' in England. Nothing gives ''."""
    return "" if value is None else f"{day(value)} at {clock_time(value)}"


def until(value: datetime, today: date) -> str:
    """'7:20am' today, '7:20am tomorrow', '7:20am on 9 March 2026': when something near ends."""
    on = _as_day(value)
    near = {0: "", 1: " tomorrow"}.get((on - today).days, f" on {day(on)}")
    return clock_time(value) + near


def dialled(typed: str) -> str:
    """The number that a telephone rings, of one as it was typed: without spaces, and without an extension after it."""
    number = re.match(r"[\s(]*(\+?[\d\s()-]*)", re.sub(r"(\+\d+\s*)\(0\)", r"\1", typed))
    return re.sub(r"[^\d+]", "", number[1]) if number else ""


def days_ago(value: date | datetime | None, today: date) -> str:
    """'today', 'yesterday', '3 days ago', 'in 3 days': whole English days from `today`."""
    if value is None:
        return ""
    difference = (_as_day(value) - today).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    if difference in near:
        return near[difference]
    return f"{-difference:,} days ago" if difference < 0 else f"in {difference:,} days"


def nhs_number(value: str | int | None) -> str:
    """'999 123 4567', as the NHS prints it. What is not ten digits is shown as it stands."""
    if value is None:
        return ""
    text = str(value)
    digits = text.replace(" ", "")
    if len(digits) != 10 or not digits.isdecimal():
        return text
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def plural(count: int, one: str, many: str = "") -> str:
    """'1 person', '2 people', '1,204 people'. Without `many` an s is added."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def often(count: int) -> str:
    """'once', '2 times'."""
    return "once" if count == 1 else plural(count, "time")


def figure(value: object) -> object:
    """'1,204' for a whole number; what stands in a number's place ('fewer than 5', '–') as it is."""
    return f"{value:,}" if isinstance(value, int) else value


def iso(value: date | datetime) -> str:
    """For the datetime attribute of <time>."""
    return value.isoformat()


def options(pairs: Iterable[tuple[object, str]], chosen: object = "") -> Markup:
    """The <option>s of a <select> of (value, words).

    Written and escaped in one piece, because a list of hundreds is slow as a template; no text has the letter zero.
    """
    found = list(pairs)
    safe = escape("\0".join([part for value, words in found for part in (str(value), words)])).split("\0")
    return Markup(
        "\n".join(
            f'<option value="{value}"{" selected" if pair[0] == chosen else ""}>{words}</option>'
            for pair, value, words in zip(found, safe[::2], safe[1::2], strict=False)
        )
    )


FILTERS = {
    "day": day,
    "day_short": day_short,
    "clock_time": clock_time,
    "moment": moment,
    "days_ago": days_ago,
    "nhs_number": nhs_number,
    "plural": plural,
    "often": often,
    "dialled": dialled,
    "until": until,
    "figure": figure,
    "iso": iso,
    "options": options,
}
