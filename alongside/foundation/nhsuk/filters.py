"""How dates, counts and numbers read on a page. Pure functions: nothing here reads the clock."""

from datetime import date, datetime

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


def iso(value: date | datetime) -> str:
    """For the datetime attribute of <time>."""
    return value.isoformat()


FILTERS = {
    "day": day,
    "day_short": day_short,
    "clock_time": clock_time,
    "moment": moment,
    "days_ago": days_ago,
    "nhs_number": nhs_number,
    "plural": plural,
    "iso": iso,
}
