"""What the pages of asking read: the areas that can be asked, and the answers in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.features.referrals.forms_asking import Areas
from alongside.features.referrals.forms_steps import Step, Typed, Way, form_of
from alongside.foundation.messages.models import AreaContact
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.organisations.models import Team
from alongside.policy.counting import local_day


def _open_teams(on: date) -> QuerySet[Team]:
    open_then = Q(closed_on=None) | Q(closed_on__gte=on)
    return Team.objects.filter(open_then, kind=Team.Kind.REGISTER).select_related("icb").order_by("icb__name")


def list_areas(on: date) -> list[tuple[str, str]]:
    """The areas whose register team is open on a day: (id, name) by name."""
    return [(str(team.icb_id), team.icb.name) for team in _open_teams(on)]


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call in an area; `phone` is empty where the area has set no number."""

    area: str
    phone: str
    hours: str

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(letter for letter in self.phone if letter.isdigit() or letter == "+")


def list_contacts(icb_id: int | None, on: date) -> list[Call]:
    """How to call the team of this area, or of every area where none is given, in one statement."""
    teams = _open_teams(on)
    if icb_id:
        teams = teams.filter(icb_id=icb_id)
    numbers = AreaContact.objects.filter(icb_id=OuterRef("icb_id"))
    found = teams.annotate(
        phone=Coalesce(Subquery(numbers.values("phone")[:1]), Value("")),
        hours=Coalesce(Subquery(numbers.values("hours")[:1]), Value("")),
    )
    return [Call(name, phone, hours) for name, phone, hours in found.values_list("icb__name", "phone", "hours")]


def find_call(icb_id: int, at: datetime) -> Call | None:
    """The area's number, for a letter."""
    return next(iter(list_contacts(icb_id, local_day(at))), None)


@dataclass(frozen=True, slots=True)
class Section:
    """One page as it is read back. `finished` is false while something on it is missing or wrong."""

    step: Step
    rows: list[dict[str, str]]
    finished: bool


def answer_rows(way: Way, typed: Typed, *, today: date, areas: Areas) -> list[Section]:
    """Each page with its questions and answers, in order."""
    found = []
    for step in way.wanted(typed):
        form = form_of(step, typed, today=today, areas=areas)
        finished = form.is_bound and form.is_valid()
        rows = [
            {"key": str(field.label).rstrip("?"), "value": in_words(form.fields[field.name], value)}
            for field in form
            if finished and (value := form.cleaned_data.get(field.name)) not in (None, "", [])
        ]
        found.append(Section(step, rows, finished))
    return found


def in_words(field: Any, value: Any) -> str:
    """An answer as it is read: the words of a choice, a day in words."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return day(value)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return "; ".join(labels.get(str(each), str(each)) for each in value)
    return labels.get(str(value), str(value))
