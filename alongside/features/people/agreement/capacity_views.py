"""Whether somebody can decide something themselves: what was found, written down, and put right."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people import text as people_text
from alongside.features.people.agreement import text
from alongside.features.people.agreement.answers import DECISIONS
from alongside.features.people.agreement.capacity_forms import CapacityForm
from alongside.features.people.agreement.closed import or_closed
from alongside.features.people.agreement.models import CapacityRecord
from alongside.features.people.agreement.operations import correct_capacity, record_capacity
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach
from alongside.features.people.views import CHANGES, writable
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms.wording import lower_first
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.deciding import Found, Way, which_test, who_decides


def _reach(request: Request, reference: str) -> Reach:
    reach = writable(request, reference)
    if not reach.sees((Topic.AGREEMENT,)):
        raise PermissionDenied(people_text.MAY_NOT)
    return reach


@for_roles(*CHANGES)
@or_closed
def records(request: Request, reference: str) -> HttpResponse:
    """Who may decide about what now, and everything that was found, the newest first."""
    reach = _reach(request, reference)
    person = reach.person
    rows = list(
        CapacityRecord.objects.visible_to(request.me)
        .filter(person=person)
        .select_related("superseded_by")
        .order_by("-decided_on", "-pk")
    )
    record_look(request.me, "capacity", [person.pk], at=request.at)
    today = request.at.astimezone(LONDON).date()
    counting = [row for row in rows if not hasattr(row, "superseded_by")]
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "now": [_now(person, about, counting, today) for about in _decisions(counting)],
        "rows": counting,
        "corrected": [row for row in rows if hasattr(row, "superseded_by")],
        "today": today,
    }
    return render(request, "people/capacity.html", context)


def _decisions(rows: Sequence[CapacityRecord]) -> list[str]:
    """Those that are always asked about, and of the others those of which something was found."""
    found = {row.about for row in rows}
    return [*DECISIONS, *(about for about in ("review", "recording") if about in found)]


def _now(person: Person, about: str, rows: Sequence[CapacityRecord], today: Any) -> dict[str, str]:
    found = [Found(row.pk, row.about, row.test, row.able, row.decided_on) for row in rows]
    ways: tuple[Way, ...] = who_decides(person.birth_date, today, found, about)
    who = ", or ".join([text.BASES[ways[0].basis][0], *(lower_first(text.BASES[way.basis][0]) for way in ways[1:])])
    value = f"{who}. {' '.join(dict.fromkeys(way.because for way in ways))}"
    return {"key": text.PURPOSE[about].capitalize(), "value": value}


@for_roles(*CHANGES)
@or_closed
def add(request: Request, reference: str) -> HttpResponse:
    """What was found of one decision or several. `again`: a record that is looked at again, for its decision."""
    reach = _reach(request, reference)
    again = request.GET.get("again", "")
    before = None
    if again.isdecimal() and len(again) < 18:
        rows = CapacityRecord.objects.visible_to(request.me).filter(person=reach.person)
        before = rows.filter(pk=int(again)).first()
    return _answer(request, reach, None, begin={"about": [before.about], "which": before.which} if before else {})


@for_roles(*CHANGES)
def correct(request: Request, reference: str, record_id: int) -> HttpResponse:
    """A new record in the place of one that was written down wrongly."""
    reach = _reach(request, reference)
    rows = CapacityRecord.objects.visible_to(request.me).filter(person=reach.person, superseded_by=None)
    record = rows.filter(pk=record_id).first()
    if record is None and request.method != "POST":
        raise Http404
    return _answer(request, reach, record, record_id)


def _answer(
    request: Request,
    reach: Reach,
    record: CapacityRecord | None,
    record_id: int | None = None,
    begin: dict[str, Any] | None = None,
) -> HttpResponse:
    person, today = reach.person, request.at.astimezone(LONDON).date()
    named: dict[str, Any] = {"today": today, "born": person.birth_date}
    if request.method == "POST":
        form = CapacityForm(request.POST, **named)
    else:
        record_look(request.me, "capacity", [person.pk], at=request.at)
        form = CapacityForm(initial=_begin(record) if record else begin or {}, **named)

    def act(note: Notes, given: Any) -> Any:
        held = Person.objects.visible_to(request.me).select_for_update(of=("self",)).get(pk=person.pk)
        if record_id is None:
            return _record(note, held, form)
        return _correct(note, held, record_id, form)

    test = which_test(person.birth_date, today)
    about = {"competence": text.UNDER_SIXTEEN, "capacity": text.FROM_SIXTEEN}.get(test, text.AGE_NOT_KNOWN)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}/capacity",
        saved=people_text.SAVED,
        context={
            "title": "Put right what was found" if record_id else "Can they decide this themselves?",
            "person": person,
            "about": about,
        },
    )


def _begin(record: CapacityRecord) -> dict[str, Any]:
    names = [name for name in CapacityForm.base_fields if hasattr(record, name)]
    begin = {name: getattr(record, name) for name in names}
    return begin | {"about": [record.about], "able": "yes" if record.able else "no"}


def _record(note: Notes, person: Person, form: CapacityForm) -> list[CapacityRecord]:
    given = form.cleaned_data
    review, others = CapacityRecord.About.REVIEW.value, []
    made = []
    for about in given["about"]:
        if about == review:
            made += record_capacity(note, person=person, abouts=[review], which=given["which"], **form.values())
        else:
            others.append(about)
    return made + record_capacity(note, person=person, abouts=others, **form.values())


def _correct(note: Notes, person: Person, record_id: int, form: CapacityForm) -> CapacityRecord:
    """Raises NotNow when somebody was quicker, or when one record would become several."""
    record = CapacityRecord.objects.filter(person=person, pk=record_id, superseded_by=None).first()
    if record is None:
        raise NotNow("corrected", text.CORRECTED_BY_ANOTHER)
    abouts = form.cleaned_data["about"]
    if len(abouts) != 1:
        raise NotNow("one_decision", text.ONE_DECISION)
    which = form.cleaned_data["which"] if abouts[0] == CapacityRecord.About.REVIEW else ""
    return correct_capacity(note, record=record, about=abouts[0], which=which, **form.values())
