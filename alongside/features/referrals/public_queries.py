"""What the pages of asking read: the areas that can be asked, and the answers in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from alongside.features.referrals.forms_asking import Areas
from alongside.features.referrals.forms_steps import Step, Typed, Way, form_of
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.organisations.models import Team


def list_areas(on: date) -> list[tuple[str, str]]:
    """The areas whose register team is open on a day: (id, name) by name."""
    open_then = Q(closed_on=None) | Q(closed_on__gte=on)
    teams = Team.objects.filter(open_then, kind=Team.Kind.REGISTER).select_related("icb").order_by("icb__name")
    return [(str(team.icb_id), team.icb.name) for team in teams]


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
            {"key": str(field.label).rstrip("?"), "value": _in_words(form.fields[field.name], value)}
            for field in form
            if finished and (value := form.cleaned_data.get(field.name)) not in (None, "", [])
        ]
        found.append(Section(step, rows, finished))
    return found


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return day(value)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return "; ".join(labels.get(str(each), str(each)) for each in value)
    return labels.get(str(value), str(value))
