"""Something recorded by mistake: put right, struck out, or moved to the person it is about; and who had seen it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people import text as people_text
from alongside.features.people.changing import ALREADY, answer_form, was_done
from alongside.features.people.checks import check_days
from alongside.features.people.forms import FormClass
from alongside.features.people.identity import queries, text
from alongside.features.people.identity.forms import LookedAtForm, wrong_form
from alongside.features.people.identity.kinds import KINDS, Kind, initial_of
from alongside.features.people.identity.striking import (
    list_seen,
    put_right,
    say_looked_at,
    strike_out,
    take_off_wrong_person,
)
from alongside.features.people.models import Fact, Person, StrikeOut
from alongside.features.people.views import CHANGES, writable
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

Given = Mapping[str, Any]
#: Who hears of what stood on the wrong record: information governance, and those who run the area's register.
HEARS = (Role.GOVERNANCE, Role.COORDINATOR, Role.MANAGER)
LIST = "/wrong-records"
SAVED = {
    "right": "Put right. What stood before is kept, struck out.",
    "nothing": "Struck out. It stays in the history.",
    "other": "Taken off this record. Information governance is told.",
    "looked_at": "Saved. Nothing is left to do about it.",
}


@for_roles(*CHANGES)
def wrong(request: Request, reference: str, what: str, fact_id: int) -> HttpResponse:
    """What is wrong about one thing on somebody's record, and what should stand there."""
    kind = KINDS.get(what)
    if kind is None:
        raise Http404
    reach = writable(request, reference)
    fact = _fact(request, kind, fact_id, reach.person)
    if fact is None and request.method == "POST" and was_done(request, request.POST.get("submission", "")):
        messages.success(request, ALREADY)
        return redirect("person", reference=reach.person.reference)
    if fact is None:
        raise Http404
    if not reach.sees([fact.topic]):
        raise PermissionDenied(people_text.MAY_NOT)
    form_class: FormClass = wrong_form(kind)
    today = request.at.astimezone(LONDON).date()
    if request.method == "POST":
        form = form_class(request.POST, today=today)
    else:
        record_look(request.me, "something wrong", [reach.person.pk], at=request.at)
        form = form_class(initial=initial_of(kind, fact), today=today)

    def act(note: Notes, given: Given) -> None:
        list(Person.objects.select_for_update(of=("self",)).filter(pk=fact.person_id))
        _act(note, request, kind, fact, given)

    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{reach.person.reference}",
        saved=SAVED.get(form.data.get("wrong", ""), ""),
        template="people/identity_wrong.html",
        context={
            "title": "Something is wrong",
            "person": reach.person,
            "said": kind.said(fact),
            "name": kind.name,
            "fact": fact,
            "right_fields": list(kind.form.base_fields) if kind.form else [],
        },
    )


def _fact(request: Request, kind: Kind, key: int, person: Person) -> Fact | None:
    """What still counts, on this record or on one that was merged into it."""
    found = kind.model.objects.visible_to(request.me).select_related("person", "recorded_by")
    fact: Fact | None = found.filter(pk=key, person__in=_records_of(person), superseded_by=None).first()
    return fact


def _records_of(person: Person) -> list[int]:
    return [person.pk, *Person.objects.filter(survivor=person).values_list("pk", flat=True)]


def _act(note: Notes, request: Request, kind: Kind, fact: Fact, given: Given) -> None:
    because = given["because"]
    if given["wrong"] == "nothing":
        strike_out(note, fact=fact, because=because)
    elif given["wrong"] == "other":
        right = _other(request, given["other"]) if given["other"] else None
        take_off_wrong_person(note, fact=fact, because=because, by=request.me, right=right)
    else:
        assert kind.form is not None
        check_days(fact.person, given)
        typed = {name: given[name] for name in kind.form.base_fields if name != "submission"}
        changes = kind.values(typed)
        if all(getattr(fact, name) == value for name, value in changes.items()):
            raise NotNow("same", "This is what stands there already. Change what is wrong, or choose another answer.")
        put_right(note, fact=fact, because=because, changes=changes)


def _other(request: Request, reference: str) -> Person:
    """Somebody whose record may be changed too. A reference that is not seen reads like one that nobody has."""
    found = Person.objects.visible_to(request.me).filter(reference=reference, survivor=None).first()
    if found is None:
        raise NotNow("nobody", text.NOBODY)
    return found


@for_roles(*HEARS)
def wrong_records(request: Request) -> HttpResponse:
    """What stood on wrong records of one's areas, what is still to be looked at first."""
    found = queries.list_wrong_records(request.me)
    record_look(request.me, "wrong records", sorted({one.person_id for one in found}), at=request.at)
    return render(request, "people/identity_wrong_records.html", {"records": found})


@for_roles(*HEARS)
def wrong_record(request: Request, pk: int) -> HttpResponse:
    """Since when it stood there, who opened the record meanwhile, and what follows. Not what it said."""
    found: StrikeOut | None = next(iter(queries.list_wrong_records(request.me, pk)), None)
    if found is None:
        raise Http404
    seen = list_seen(found.person_id, found.stood_from, until=found.recorded_at)
    form = LookedAtForm(request.POST if request.method == "POST" else None)
    record_look(request.me, "wrong record", [found.person_id], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: say_looked_at(note, struck=found, words=given["words"], by=request.me),
        go_to=LIST,
        saved=SAVED["looked_at"],
        template="people/identity_wrong_record.html",
        context={
            "title": "Something stood on the wrong record",
            "record": found,
            "name": KINDS[found.kind].name if found.kind in KINDS else "",
            "seen": seen,
            "may_say": request.me.holds_in(found.person.icb_id, Role.GOVERNANCE) and not found.looked_at,
        },
    )
