"""How time is counted: one named function for each counting rule of the policy reference, section 0.3.

Days are days in England. Moments are aware and returned in UTC; a naive moment is read as UTC.
Nothing here reads the clock. A date past the end of the calendar stays at its last day.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)
_MONTHS = (
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

#: The counting rules, each with the sentence shown to people.
COUNTING = {
    "beginning_with": "The first day counts as day 1, so the last day is N - 1 days later.",
    "within": "The first day is day 0. Months end on the same day number, or on the last day of the month.",
    "working_days": "Saturdays, Sundays and bank holidays in England are skipped.",
    "every": "Counted from the day the last one really happened, not from the day it was due.",
    "fixed_windows": "Fixed periods one after another, counted from the first meeting.",
    "hours": "Counted in hours from the moment itself.",
    "working_hours": "Each 24 working hours are one working day, at the same time of day.",
    "school_days": "School days of the council; working days where term dates are not known.",
    "at_once": "No time is given: due on the same day.",
    "before": "Counted back from the day of the event.",
    "look_back": "How far back an event still counts.",
    "before_and_after": "From so long before the day until so long after it.",
    "date_in_year": "A fixed day in the school year.",
    "age": "Counted from a birthday.",
    "calendar": "A fixed point in the week or month.",
    "event": "Follows an event; no period is given.",
    "threshold": "A number that is compared; nothing is counted.",
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The bank holidays of England that are known. Built once and passed in."""

    holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def digest(self) -> str:
        """The same text for the same holidays, to know when to recount."""
        return sha256(",".join(d.isoformat() for d in sorted(self.holidays)).encode()).hexdigest()


@lru_cache(maxsize=1)
def default_calendar() -> Calendar:
    """Bank holidays in England, 2005 to 2045, from the `holidays` package."""
    from holidays import country_holidays

    return Calendar(frozenset(country_holidays("GB", subdiv="ENG", years=range(2005, 2046))))


@dataclass(frozen=True, slots=True)
class Counted:
    """A day and what has to be said about how it was counted."""

    day: date
    note: str = ""


# Days ---------------------------------------------------------------------------------------------


def days_after(day: date, days: int) -> date:
    """`day` is day 0. Negative counts back."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def weeks_after(day: date, weeks: int) -> date:
    return days_after(day, 7 * weeks)


@lru_cache(maxsize=100_000)
def months_after(day: date, months: int) -> date:
    """Same day number N months on; the last day of that month when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > date.max.year:
        return date.max
    if year < 1:
        return date.min
    month += 1
    number = day.day
    if number > 28:
        number = min(number, monthrange(year, month)[1])
    return date(year, month, number)


def last_day_beginning_with(day: date, number: int, unit: str = "days") -> date:
    """Statute: 'N days beginning with D'. D is day 1, so the last lawful day is D + (N - 1)."""
    return days_after(_ADD[unit](day, number), -1)


def working_days_after(day: date, number: int, calendar: Calendar) -> date:
    """The Nth working day after `day`, which is day 0 and need not be one itself.

    Negative counts back. Zero gives the day itself, or the next working day when it is not one.
    """
    if number == 0:
        while not calendar.is_working_day(day):
            day = days_after(day, 1)
        return day
    step, left = (1 if number > 0 else -1), abs(number)
    holidays = calendar.holidays
    while left:
        if not date.min < day < date.max:
            return day
        day += _DAY * step
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return day


def school_days_after(day: date, number: int, calendar: Calendar, terms: tuple = ()) -> Counted:
    """The Nth school day after `day`. terms: (first, last) day of each term of the council.

    Where the terms given do not reach far enough, working days are counted and the note says so.
    """
    end = max((last for _, last in terms), default=day)
    left, found = number, day
    while left and found < end:
        found += _DAY
        in_term = any(first <= found <= last for first, last in terms)
        left -= in_term and calendar.is_working_day(found)
    if left == 0 and terms:
        return Counted(found)
    return Counted(
        working_days_after(day, number, calendar),
        "Counted in working days, because term dates are not known.",
    )


def every_months(last: date, months: int) -> date:
    """Policy reviews: counted from the day the last one was really held."""
    return months_after(last, months)


def fixed_window(first: date, months: int, number: int) -> tuple[date, date]:
    """First and last day of window `number` (1, 2, ...). Windows are anchored on the first meeting."""
    return months_after(first, months * (number - 1)), days_after(months_after(first, months * number), -1)


def first_empty_window(first: date, months: int, later: list[date]) -> tuple[date, date]:
    """The earliest window without a meeting after the first one.

    The first meeting does not fill the first window: the safer reading of 'further meetings at least
    once in each successive 12 months' (Mental Health Act 1983 s.125A(4)(b), not in force).
    """
    held = sorted(day for day in later if day > first)
    for number in range(1, len(held) + 2):
        start, end = fixed_window(first, months, number)
        if not any(start <= day <= end for day in held):
            return start, end
    raise AssertionError("n days cannot fill n + 1 windows")


_ADD: dict[str, Callable[[date, int], date]] = {
    "days": days_after,
    "weeks": weeks_after,
    "months": months_after,
    "years": lambda day, years: months_after(day, 12 * years),
}


def count(number: int, unit: str, day: date, calendar: Calendar) -> date:
    """`number` of a unit of days after `day`: days, working_days, school_days, weeks, months or years."""
    if unit == "working_days":
        return working_days_after(day, number, calendar)
    if unit == "school_days":
        return school_days_after(day, number, calendar).day
    return _ADD[unit](day, number)


# Moments ------------------------------------------------------------------------------------------


def as_utc(moment: datetime) -> datetime:
    if moment.tzinfo is UTC:
        return moment
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@lru_cache(maxsize=40_000)
def local_day(moment: datetime) -> date:
    """The day in England on which a moment falls."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError:
        return moment.date()


@lru_cache(maxsize=40_000)
def start_of_day(day: date) -> datetime:
    try:
        return datetime.combine(day, time.min, LONDON).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time.min, UTC)


@lru_cache(maxsize=40_000)
def end_of_day(day: date) -> datetime:
    """The last microsecond of a day in England."""
    try:
        return datetime.combine(day, time.max, LONDON).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time.max, UTC)


def hours_after(moment: datetime, hours: int) -> datetime:
    """Elapsed hours, so a night when the clocks change does not shorten or lengthen them."""
    try:
        return as_utc(moment) + timedelta(hours=hours)
    except OverflowError:
        return as_utc(moment)


def _at_same_time(moment: datetime, day: date) -> datetime:
    clock = as_utc(moment).astimezone(LONDON).timetz()
    return datetime.combine(day, clock.replace(tzinfo=LONDON)).astimezone(UTC)


def days_after_moment(moment: datetime, days: int) -> datetime:
    """The same time of day in England so many days later."""
    return _at_same_time(moment, days_after(local_day(moment), days))


def working_hours_after(moment: datetime, hours: int, calendar: Calendar) -> datetime:
    """N / 24 working days later at the same time of day in England.

    Hours left over are added on; when they end on a day off, the same time on the next working day.
    """
    whole, left = divmod(hours, 24)
    day = working_days_after(local_day(moment), whole, calendar)
    found = hours_after(_at_same_time(moment, day), left)
    return _at_same_time(found, working_days_after(local_day(found), 0, calendar))


# Birthdays and school years -----------------------------------------------------------------------


@lru_cache(maxsize=40_000)
def birthday(birth_date: date, age: int) -> date:
    """The day a person reaches an age. Born on 29 February: 1 March in other years (general practice)."""
    year = birth_date.year + age
    if year > date.max.year:
        return date.max
    if birth_date.month == 2 and birth_date.day == 29 and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return birth_date.replace(year=year)


def age_on(birth_date: date, day: date) -> int:
    """Full years; below zero before birth."""
    age = day.year - birth_date.year
    return age if birthday(birth_date, max(age, 0)) <= day else age - 1


def school_year_turning(birth_date: date, age: int) -> tuple[date, date]:
    """First and last day (1 September to 31 August) of the school year in which they turn `age`."""
    turns = birthday(birth_date, age)
    ends = turns.year if turns.month < 9 else min(turns.year + 1, date.max.year)
    return date(ends - 1, 9, 1), date(ends, 8, 31)


# Words --------------------------------------------------------------------------------------------


@lru_cache(maxsize=40_000)
def day_in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime) -> str:
    """Shown as the time in England: 4 June 2026 at 3:05pm."""
    local = as_utc(moment).astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{day_in_words(local.date())} at {hour}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"
