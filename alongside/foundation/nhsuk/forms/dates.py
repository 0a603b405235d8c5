"""A date in three boxes. What was typed is kept as typed, whatever it was."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from ..filters import MONTHS, day
from .wording import Wording, lower_first

PARTS = ("day", "month", "year")
EARLIEST_YEAR = 1900
LATEST_YEAR = 2150
MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)} | {
    name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)
}


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The three texts as typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: Any) -> "TypedDate":
        """From what a form holds: a date, typed texts, or nothing."""
        if isinstance(value, TypedDate):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls()

    def missing(self) -> tuple[str, ...]:
        return tuple(part for part in PARTS if not getattr(self, part))


class DateBoxes(forms.Widget):
    """Reads name-day, name-month and name-year. Drawn by the date component, not a template of its own."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedDate:
        return TypedDate(*(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day" if id_ else ""


class DateProblem(forms.ValidationError):
    """A sentence about a date, and which of its boxes it is about."""

    def __init__(self, sentence: str, wrong: tuple[str, ...] = PARTS) -> None:
        super().__init__(sentence, code="date", params={"wrong": wrong})


class DateField(Wording, forms.Field):
    """A day. Gives a `date`, or None when it may be left out and was.

    not_after_today, not_before_today: compared with the `today` its form was given (a field knows no clock).
    earliest, latest: days that are still allowed.
    """

    widget = DateBoxes

    def __init__(
        self,
        label: str,
        *,
        not_after_today: bool = False,
        not_before_today: bool = False,
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        self.not_after_today = not_after_today
        self.not_before_today = not_before_today
        self.earliest = earliest
        self.latest = latest
        self.today: date | None = None
        super().__init__(label, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = TypedDate.of(value)
        missing = typed.missing()
        if len(missing) == len(PARTS):
            return None
        if missing:
            wanted = " and ".join(f"a {part}" for part in missing)
            raise DateProblem(f"{self.subject} must include {wanted}", missing)
        return self._real_date(typed)

    def _real_date(self, typed: TypedDate) -> date:
        if typed.year.isdecimal() and len(typed.year) != 4:
            raise DateProblem(f"{self.subject}: the year must include 4 numbers", ("year",))
        month = MONTH_NUMBERS.get(typed.month.lower()) or _number(typed.month)
        day, year = _number(typed.day), _number(typed.year)
        wrong = tuple(
            part
            for part, number, most in (("day", day, 31), ("month", month, 12), ("year", year, 9999))
            if not number or number > most
        )
        try:
            on = date(year or 0, month or 0, day or 0)
        except (ValueError, OverflowError):
            raise DateProblem(f"{self.subject} must be a real date", wrong or PARTS) from None
        if not EARLIEST_YEAR <= on.year <= LATEST_YEAR:
            raise DateProblem(
                f"{self.subject} must be between {EARLIEST_YEAR} and {LATEST_YEAR}: check the year", ("year",)
            )
        return on

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.today and self.not_after_today and value > self.today:
            raise DateProblem(f"{self.subject} must be today or in the past")
        if self.today and self.not_before_today and value < self.today:
            raise DateProblem(f"{self.subject} must be today or in the future")
        if self.earliest and value < self.earliest:
            raise DateProblem(f"{self.subject} must be {day(self.earliest)} or later")
        if self.latest and value > self.latest:
            raise DateProblem(f"{self.subject} must be {day(self.latest)} or earlier")

    def sentences(self) -> dict[str, str]:
        return {"required": f"Enter {lower_first(self.subject)}"}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return TypedDate.of(initial) != TypedDate.of(data)


def _number(text: str) -> int:
    """A small whole number, or 0 when it is not one."""
    return int(text) if text.isdecimal() and len(text) <= 4 else 0
