"""What every page of this part needs: the person, the row, and one way to show the form of each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpResponse

from alongside.features.actions.access import writes_on
from alongside.features.concerns import text
from alongside.features.concerns.access import check_writes, list_leads
from alongside.features.concerns.keeping import give_lead
from alongside.features.concerns.models import Followed
from alongside.features.concerns.queries import find_followed
from alongside.features.people.changing import answer_form
from alongside.features.people.queries import Reach, reach_person
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import OnceForm, SelectField, TextField
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

Given = Mapping[str, Any]
AnyFollowed = TypeVar("AnyFollowed", bound=Followed)
A_DATE = "For example, 31 3 2026"
#: The step that every kind has.
LEAD = "lead"


class SeenForm(OnceForm):
    """A form about a row that somebody else may change meanwhile."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LeadForm(SeenForm):
    """Somebody else leads."""

    lead = SelectField("Who leads from now on?", choices=(), missing="Select who leads")
    words = TextField("Why?", subject="The reason", most=300)


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a kind of row. act: called inside `recording()` with who asks, the row and what was typed.

    begin: what stands in the form; may: whether it makes sense now; button: what leads to it.
    """

    button: str
    title: str
    form: type[SeenForm]
    act: Callable[[Notes, Me, Any, Given], Any]
    may: Callable[[Any], bool] = lambda row: True
    begin: Callable[[Any], dict[str, Any]] = lambda row: {}
    about: str = ""


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def reached(request: Request, reference: str) -> Reach:
    """The person; 404 outside scope."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    return reach


def found(request: Request, kind: type[AnyFollowed], reference: str, number: int) -> AnyFollowed:
    """The row; 404 outside scope, and for what is on a topic that one doesn't read."""
    row = find_followed(kind, request.me, reached(request, reference).person, number)
    if row is None:
        raise Http404
    return row


def possible(me: Me, row: Followed, deeds: Mapping[str, Deed]) -> list[tuple[str, str]]:
    """(deed, button) of what this actor can do with it now."""
    if row.closed_at is not None or not writes_on(me, row.person, row.topic):
        return []
    steps = [(name, deed.button) for name, deed in deeds.items() if deed.may(row)]
    return [*steps, (LEAD, "Somebody else leads")]


def answer_deed(request: Request, row: Followed, name: str, deeds: Mapping[str, Deed], here: str) -> HttpResponse:
    """The form of one step; 404 for one that there isn't."""
    me, person = request.me, row.person
    record_look(me, "care", [person.pk], at=request.at)
    seen = {"seen": row.version}
    if name == LEAD:
        leads = list_leads(me, person, row.topic)
        form = LeadForm(data_of(request), initial=seen)
        asked: Any = form.fields["lead"]
        asked.choices = [("", "Select"), *((one.value, one.label) for one in leads)]
        return answer_form(
            request,
            form,
            lambda note, given: lead_on(note, me, row, given),
            go_to=here,
            saved=text.SAVED,
            context={"title": "Who leads?", "person": person},
        )
    deed = deeds.get(name)
    if deed is None:
        raise Http404

    def act(note: Notes, given: Given) -> None:
        if not deed.may(row):
            raise NotNow("changed_since", text.CHANGED_SINCE)
        deed.act(note, me, row, given)

    return answer_form(
        request,
        deed.form(data_of(request), initial=seen | deed.begin(row), today=today_of(request)),
        act,
        go_to=here,
        saved=text.SAVED,
        context={"title": deed.title, "person": person, "about": deed.about},
    )


def lead_on(note: Notes, me: Me, row: Followed, given: Given) -> None:
    check_writes(me, row.person, row.topic)
    give_lead(note, row, lead_id=int(given["lead"]), words=given["words"])
