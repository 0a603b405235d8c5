"""Short forms reached from a person's page, adding somebody, and a partner's list of people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people import forms, text
from alongside.features.people.changing import answer_form
from alongside.features.people.checks import check_days
from alongside.features.people.models import (
    Circumstance,
    Communication,
    Diagnosis,
    Fact,
    LifeEvent,
    Person,
    Professional,
    Relation,
)
from alongside.features.people.operations import (
    change_address,
    change_belonging,
    change_person,
    end_fact,
    record_fact,
    record_own_words,
)
from alongside.features.people.queries import Reach, list_involved, may_identify, reach_person
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

Given = Mapping[str, Any]
CHANGES = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)


@dataclass(frozen=True, slots=True)
class Short:
    """One short form: its title, its questions, and what is done with the answers."""

    title: str
    form: forms.FormClass
    act: Callable[[Notes, Person, Given], Any]
    topics: tuple[int, ...]
    about: str = ""
    begin: Callable[[Person], dict[str, Any]] = lambda person: {}


def writable(request: Request, reference: str) -> Reach:
    """The person, when this record may be changed. 404 outside scope, 403 where it may only be read."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    if not reach.writes:
        raise PermissionDenied(text.MAY_NOT)
    return reach


def midday(on: date) -> datetime:
    """A moment for what is known to the day only."""
    return datetime.combine(on, time(12), LONDON).astimezone(UTC)


def _without_mark(given: Given) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "submission"}


def _communication(note: Notes, person: Person, given: Given) -> None:
    words = "How to talk with them was written down."
    record_fact(note, Communication, person=person, topic=Topic.COMMUNICATION, words=words, **_without_mark(given))


def _newest_communication(person: Person) -> dict[str, Any]:
    newest = Communication.objects.filter(person=person).order_by("id").last()
    names = ("best_way", "what_helps", "avoid", "adjustments", "contact_by")
    return {name: getattr(newest, name) for name in names} if newest else {}


def _own_words(note: Notes, person: Person, given: Given) -> None:
    record_own_words(note, person=person, **_without_mark(given))


def _circumstance(note: Notes, person: Person, given: Given) -> None:
    kind = given["kind"]
    words = f"{Circumstance.Kind(kind).label}."
    topic = text.CIRCUMSTANCE_TOPIC[kind]
    record_fact(note, Circumstance, person=person, topic=topic, words=words, **_without_mark(given))


def _life_event(note: Notes, person: Person, given: Given) -> None:
    kind, on = given["kind"], given["on"]
    record_fact(
        note,
        LifeEvent,
        person=person,
        topic=text.LIFE_EVENT_TOPIC[kind],
        words=f"{LifeEvent.Kind(kind).label}." + (f" {given['detail']}" if given["detail"] else ""),
        happened_at=min(midday(on), note.at),
        kind=kind,
        severity=int(given["severity"]) if given["severity"] else None,
        source=given["source"],
        detail=given["detail"],
    )


def _relation(note: Notes, person: Person, given: Given) -> None:
    values = _without_mark(given)
    values["parental_responsibility"] = {"yes": True, "no": False}.get(given["parental_responsibility"])
    words = f"{given['name']} ({given['relationship']}) was added."
    record_fact(note, Relation, person=person, topic=Topic.FAMILY, words=words, **values)


def _professional(note: Notes, person: Person, given: Given) -> None:
    words = f"{given['name']} was added to the people around them."
    record_fact(note, Professional, person=person, topic=Topic.FAMILY, words=words, **_without_mark(given))


def _address(note: Notes, person: Person, given: Given) -> None:
    change_address(note, person=person, **_without_mark(given))


def _belonging(note: Notes, person: Person, given: Given) -> None:
    change_belonging(note, person=person, topic=text.BELONGING_TOPIC[given["kind"]], **_without_mark(given))


def _diagnosis(note: Notes, person: Person, given: Given) -> None:
    kind, basis = Diagnosis.Kind(given["kind"]).label, Diagnosis.Basis(given["basis"]).label.lower()
    before = Diagnosis.objects.filter(person=person, kind=given["kind"], superseded_by=None).order_by("id").last()
    record_fact(
        note,
        Diagnosis,
        person=person,
        topic=Topic.HEALTH,
        words=f"{kind}: {basis}.",
        supersedes=before,
        **_without_mark(given),
    )


def _change(note: Notes, person: Person, given: Given) -> None:
    values = _without_mark(given)
    changed = {name: value for name, value in values.items() if (getattr(person, name) or None) != (value or None)}
    if changed:
        change_person(note, person=person, **changed)
    else:
        note("person.checked", words="Who they are was checked.", person_id=person.pk, icb_id=person.icb_id, topic=1)


def _who(person: Person) -> dict[str, Any]:
    names = [name for name in forms.ChangeForm.base_fields if name != "submission"]
    return {name: getattr(person, name) for name in names}


SHORT: dict[str, Short] = {
    "communication": Short(
        "How to talk with them",
        forms.CommunicationForm,
        _communication,
        (Topic.COMMUNICATION,),
        "It is shown first on their page, and wherever somebody is about to get in touch.",
        _newest_communication,
    ),
    "own-words": Short("In their own words", forms.OwnWordsForm, _own_words, (Topic.OWN_WORDS,)),
    "circumstance": Short(
        "Record a circumstance",
        forms.CircumstanceForm,
        _circumstance,
        (Topic.EDUCATION, Topic.SOCIAL_CARE, Topic.PLACEMENT),
        "How they live now. Risks other than admission are recorded here, apart from the colour.",
    ),
    "life-event": Short(
        "Record something that happened",
        forms.LifeEventForm,
        _life_event,
        (Topic.HEALTH, Topic.EDUCATION, Topic.PLACEMENT),
        "A notice on a placement or an exclusion also proposes a rating, which waits until somebody decides.",
    ),
    "relation": Short("Add family or a carer", forms.RelationForm, _relation, (Topic.FAMILY,)),
    "professional": Short("Add a professional", forms.ProfessionalForm, _professional, (Topic.FAMILY,)),
    "address": Short(
        "Change an address",
        forms.AddressForm,
        _address,
        (Topic.CONTACT,),
        "The address before is kept, with its dates.",
    ),
    "belonging": Short(
        "Change the GP, school or council",
        forms.BelongingForm,
        _belonging,
        (Topic.HEALTH, Topic.EDUCATION, Topic.SOCIAL_CARE),
        "What was before is kept, with its dates.",
    ),
    "diagnosis": Short("Record a diagnosis", forms.DiagnosisForm, _diagnosis, (Topic.HEALTH,)),
    "change": Short(
        "Correct who they are", forms.ChangeForm, _change, (Topic.IDENTITY,), "What stood here before is kept.", _who
    ),
}


@for_roles(*CHANGES)
def short_form(request: Request, reference: str, what: str) -> HttpResponse:
    """One short form about one person. GET shows it and changes nothing."""
    short = SHORT.get(what)
    if short is None:
        raise Http404
    reach = writable(request, reference)
    if not reach.sees(short.topics) or (what == "change" and not may_identify(request.me, reach)):
        raise PermissionDenied(text.MAY_NOT)
    today = request.at.astimezone(LONDON).date()
    if request.method == "POST":
        form = short.form(request.POST, today=today)
    else:
        record_look(request.me, what, [reach.person.pk], at=request.at)
        form = short.form(initial=short.begin(reach.person), today=today)
    return answer_form(
        request,
        form,
        lambda note, given: _done(note, short, _locked(request, reach.person), given),
        go_to=lambda: _after(request, reach.person),
        saved=text.SAVED,
        context={"title": short.title, "person": reach.person, "about": short.about},
    )


def _done(note: Notes, short: Short, person: Person, given: Given) -> None:
    check_days(person, given)
    short.act(note, person, given)


def _locked(request: Request, person: Person) -> Person:
    """The person's row, held until the end of the act, so that two changes come one after the other."""
    return Person.objects.visible_to(request.me).select_for_update(of=("self",)).get(pk=person.pk)


def _after(request: Request, person: Person) -> str:
    """Their page; or the register, when the answer closed the record to whoever saved it."""
    seen = Person.objects.visible_to(request.me).filter(pk=person.pk).exists()
    return f"/people/{person.reference}" if seen else "/register"


ENDS: dict[str, tuple[type[Fact], Callable[[Any], str]]] = {
    "circumstance": (Circumstance, lambda fact: Circumstance.Kind(fact.kind).label),
    "relation": (Relation, lambda fact: fact.name),
    "professional": (Professional, lambda fact: fact.name),
}


@for_roles(*CHANGES)
def end(request: Request, reference: str, what: str, fact_id: int) -> HttpResponse:
    """The last day on which something was so."""
    if what not in ENDS:
        raise Http404
    model, words = ENDS[what]
    reach = writable(request, reference)
    fact = model.objects.visible_to(request.me).filter(pk=fact_id, person=reach.person).first()
    if fact is None:
        raise Http404
    today = request.at.astimezone(LONDON).date()
    form = forms.EndForm(request.POST if request.method == "POST" else None, initial={"to_date": today}, today=today)
    last_day: Any = form.fields["to_date"]
    last_day.earliest = fact.from_date
    return answer_form(
        request,
        form,
        lambda note, given: end_fact(note, fact, on=given["to_date"], words=f"No longer so: {words(fact)}."),
        go_to=f"/people/{reach.person.reference}",
        saved=text.ENDED,
        context={"title": f"No longer so: {words(fact)}", "person": reach.person},
    )


@for_roles(*PARTNERS)
def people(request: Request) -> HttpResponse:
    """The people a partner is involved with."""
    found = list_involved(request.me)
    record_look(request.me, "people", [person.pk for person in found], at=request.at)
    return render(request, "people/people.html", {"people": found})
