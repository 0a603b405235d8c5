"""Two small areas with somebody in each kind of reach, and a row of every kind about each person."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from alongside.exchange.models import ImportRow, ImportRun
from alongside.features.actions.models import Action
from alongside.features.hospital.models import DischargeCondition, Stay
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import (
    Consent,
    Document,
    Fact,
    Guard,
    MoveOffer,
    Person,
    PersonMerge,
    PostedChange,
    Responsibility,
)
from alongside.features.people.operations import add_person, record_consent, set_restricted
from alongside.features.referrals.models import Referral
from alongside.features.referrals.tests.sending import ask
from alongside.features.register.models import AgendaItem, Meeting, RegisterEntry, SavedView
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import PARTNER_TOPICS, Role
from alongside.foundation.accounts.models import Actor, Invitation
from alongside.foundation.organisations.models import SharingAgreement
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, add_registered, make_area

MADE = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
MOVED = MADE + timedelta(days=100)
PARENT_TOPICS = (Topic.IDENTITY, Topic.EDUCATION, Topic.KEYWORKING)
#: What a table asks for that says itself why, or what was found.
ANSWERS: dict[str, dict[str, Any]] = {
    "ReviewFeedback": {"said": "x"},
    "OversightVisit": {"not_alone_because": "x"},
    "DischargeDate": {"because": "x"},
    "RootCause": {"known_to": ["gp"]},
    **dict.fromkeys(("ConcernStep", "DisputeStep", "FundingStep", "NoticeStep"), {"kind": "looked"}),
    "EmergencyMeeting": {"young_person_words": "x", "family_words": "x"},
}
TOPICS = (Topic.HEALTH, Topic.EDUCATION, Topic.PLACEMENT, Topic.SAFEGUARDING)


@dataclass
class Subject:
    """A person, and the rows about them that an address can name."""

    person: Person
    entry: RegisterEntry
    rows: dict[str, int] = field(default_factory=dict)


@dataclass
class World:
    here: Area
    there: Area
    subjects: dict[str, Subject]
    run: ImportRun
    run_row: ImportRow
    view: SavedView
    referral: Referral


def make_world() -> World:
    """Northmoor is here, Saltby there.

    agreed: of here, with a keyworker and a health partner · unconfirmed: agreement not confirmed ·
    restricted: opened to one named social worker · moved: from here to there · neighbour: of there.
    """
    here, there = make_area("TNM", "Northmoor ICB"), make_area("TSB", "Saltby ICB")
    people = {
        "agreed": add_registered(here, given_name="Agreed", at=MADE),
        "unconfirmed": add_registered(here, given_name="Unconfirmed", agreed=False, at=MADE),
        "restricted": add_registered(here, given_name="Restricted", at=MADE),
        "moved": add_registered(here, given_name="Moved", at=MADE),
        "neighbour": add_registered(there, given_name="Neighbour", at=MADE),
    }
    subjects = {name: Subject(*both) for name, both in people.items()}
    _involve(here, subjects)
    _ask_families_in(here, subjects)
    with context.as_engine():
        for subject in subjects.values():
            _facts_about(subject.person)
        _move(subjects["moved"].person, there)
        _facts_about(subjects["moved"].person)
        _merge(subjects["agreed"].person, here)
        rest = _rows_of_the_area(here)
        for subject in subjects.values():
            _name_rows(subject)
    for area in (here, there):
        with acting_as(area.actors["coordinator"], MADE) as me:
            record_look(me, "person", [subject.person.pk for subject in subjects.values()], at=MADE)
    referral, _ = ask(here, MADE)
    return World(here, there, subjects, *rest, referral)


def _act(words: str, person_id: int | None = None) -> Any:
    """A recorded act of the engine that says one thing."""
    return recording(by=Actor.objects.get(kind="engine"), at=MADE)


def _say(note: Notes, person: Person | None = None) -> None:
    note("world.made", words="Made for this test.", person_id=person.pk if person else None, topic=Topic.IDENTITY)


def _involve(area: Area, subjects: dict[str, Subject]) -> None:
    agreed = subjects["agreed"].person
    with acting_as(area.actors["coordinator"], MADE) as me, recording(by=me, at=MADE) as note:
        allocate(note, person=agreed, worker=area.actors["keyworker"], from_date=MADE.date())
        set_restricted(note, person=subjects["restricted"].person, restricted=True, because="A colleague's child")
    past = {"to_at": MADE + timedelta(days=1)}
    with context.as_engine(), _act("involved") as note:
        for role, name, more in (
            (Role.PARTNER_HEALTH, "agreed", {}),
            (Role.PARTNER_HEALTH, "unconfirmed", {}),
            (Role.PARTNER_EDUCATION, "agreed", past),
            (Role.PARTNER_EDUCATION, "neighbour", {}),
            (Role.PARTNER_SOCIAL_CARE, "restricted", {"sees_guarded": Guard.RESTRICTED}),
        ):
            kind = role.removeprefix("partner_")
            if name != "unconfirmed":
                _let_share(note, subjects[name].person, kind)
            Involvement.objects.create(
                actor=area.actors[role],
                person_id=subjects[name].person.pk,
                topics=list(PARTNER_TOPICS[role]),
                because="link",
                recipient_kind=kind,
                from_at=MADE,
                **more,
            )
        _say(note)


def _ask_families_in(area: Area, subjects: dict[str, Subject]) -> None:
    """Everybody's family was asked in; the agreed one's young person and parent came."""
    coordinator = area.actors[Role.COORDINATOR]
    comes = ((Role.YOUNG_PERSON, "own_record", EVERY_TOPIC), (Role.FAMILY, "family", PARENT_TOPICS))
    with context.as_engine(), _act("families") as note:
        for name, subject in subjects.items():
            Invitation.objects.create(
                person_id=subject.person.pk, icb=subject.person.icb, role=Role.FAMILY, name="x", topics=[1],
                way="letter", how_known="x", link_digest=name, made_at=MADE, made_by=coordinator, expires_at=MOVED,
            )  # fmt: skip
        for role, because, topics in comes:
            Involvement.objects.create(
                actor=area.actors[role], person_id=subjects["agreed"].person.pk, topics=list(topics), because=because,
                relies_on="", sees_guarded=1, from_at=MADE,
            )  # fmt: skip
        _say(note)


def _let_share(note: Notes, person: Person, kind: str) -> None:
    """The person agreed that those who do this work know, and the organisations agreed too."""
    SharingAgreement.objects.get_or_create(
        icb_id=person.icb_id,
        recipient_kind=kind,
        defaults={"purpose": "Working together", "signed_on": MADE.date(), "signed_by": "Two directors"},
    )
    record_consent(
        note, person=person, purpose="sharing", answer="given", basis="parental", decided_on=MADE.date(),
        recipient_kind=kind,
    )  # fmt: skip


def _facts_about(person: Person) -> None:
    """One row of each kind of fact on each of several topics, where the table's own rules allow another."""
    person.refresh_from_db()
    refused = {}
    with _act("facts") as note:
        for model in fact_models():
            for topic in TOPICS:
                try:
                    with transaction.atomic():
                        model.objects.create(**_values(model, person, topic))
                except IntegrityError as why:
                    refused[model] = str(why).splitlines()[0]
        _say(note, person)
    missing = [(model.__name__, why) for model, why in refused.items() if not _any_of(model, person)]
    assert missing == [], missing


def _any_of(model: type[models.Model], person: Person) -> bool:
    return model.objects.filter(person=person).exists()


def fact_models() -> list[type[models.Model]]:
    """Tables of facts; those that other facts name come first."""
    found = [model for model in apps.get_models() if issubclass(model, Fact)]
    first: list[type[models.Model]] = [RegisterEntry, Stay, AgendaItem, Action, DischargeCondition]
    return first + [model for model in found if model not in first]


def _values(model: type[models.Model], person: Person, topic: int) -> dict[str, Any]:
    engine = Actor.objects.get(kind="engine")
    values: dict[str, Any] = {"person": person, "topic": topic, "recorded_icb_id": person.icb_id}
    values |= {"recorded_by": engine, "recorded_at": MADE, "happened_at": MADE}
    if hasattr(model, "writer_id"):
        # A plan is shared by somebody else than its writer.
        values["writer"] = Actor.objects.exclude(pk=engine.pk).order_by("pk").first()
    if model is Consent:
        # Of whom agreement isn't confirmed, no row says yes.
        values |= {"answer": Consent.Answer.UNKNOWN, "purpose": Consent.Purpose.REVIEW}
    if hasattr(model, "look_again_on"):
        values["look_again_on"] = MADE.date()
    if hasattr(model, "next_step"):
        # A contact that reached somebody says whom, and what happened.
        values |= {"outcome": "x", "with_whom": ["family"]}
    if hasattr(model, "owner_place"):
        # An owner is in an organisation, known here or typed.
        values["owner_organisation_id"] = person.icb_id
    if hasattr(model, "lead_name"):
        # Who stays is a person and an organisation; stepping down ends later than it begins.
        values |= {"lead_name": "x", "lead_organisation": "x"}
    if hasattr(model, "family_says"):
        values["ends_on"] = MADE.date() + timedelta(days=1)
    if hasattr(model, "moves_on"):
        values["to_icb_id"] = person.icb_id
    values |= ANSWERS.get(model.__name__, {})
    if model.__name__ == "LookBack":
        now = Stay.objects.filter(person=person).order_by("pk").first()
        values |= {"stay": now, "before": _stay_before(now)}
    if hasattr(model, "hope"):
        values["hope"] = 8
    if hasattr(model, "token_digest"):
        values["token_digest"] = f"{person.pk} {topic}".encode()
    for asked in model._meta.concrete_fields:
        if asked.name in values or asked.primary_key or asked.null or asked.has_default() or asked.blank:
            continue
        if asked.db_default is not models.NOT_PROVIDED:
            continue
        values[asked.name] = _value(asked, person, engine)
    return values


def _stay_before(now: Stay) -> Stay:
    """An earlier one that ended, copied from theirs now."""
    if found := Stay.objects.filter(person=now.person_id).exclude(discharged_at=None).first():
        return found
    before = Stay.objects.get(pk=now.pk)
    before.pk, before.discharged_at = None, now.admitted_at
    before.save()
    return before


def _value(asked: models.Field, person: Person, engine: Actor) -> Any:
    if asked.is_relation:
        related = asked.related_model
        if related is Actor:
            return engine
        if related.__name__ == "Organisation":
            return person.icb
        if related is Meeting:
            planned = {"starts_at": MADE, "chair": engine, "planned_at": MADE, "planned_by": engine}
            return Meeting.objects.get_or_create(icb_id=person.icb_id, defaults=planned)[0]
        if related.__name__ == "HandOver":
            begun = {"reason": "leave", "from_date": MADE.date(), "begun_by": engine, "begun_at": MADE}
            return related.objects.get_or_create(icb_id=person.icb_id, worker=engine, state="begun", defaults=begun)[0]
        return related.objects.filter(person=person).order_by("pk").first()
    if asked.choices:
        return asked.choices[0][0]
    if asked.name == "number" and asked.max_length == 10:
        return "9990000018"
    kinds = {
        "DateTimeField": MADE,
        "DateField": MADE.date(),
        "BooleanField": False,
        "JSONField": {},
        "ArrayField": [],
    }
    kind = asked.get_internal_type()
    return kinds.get(kind, 1 if "Integer" in kind else "x")


def _move(person: Person, to: Area) -> None:
    engine = Actor.objects.get(kind="engine")
    with _act("offered") as note:
        MoveOffer.objects.create(
            person=person, to_icb=to.icb, offered_at=MOVED, offered_by=engine, because="x", closed_at=MOVED
        )
        Responsibility.objects.filter(person=person, to_at=None).update(to_at=MOVED)
        Responsibility.objects.create(person=person, icb=to.icb, from_at=MOVED, accepted_by=engine)
        _say(note, person)


def _merge(person: Person, area: Area) -> None:
    with _act("merged") as note:
        other = add_person(note, icb_id=area.icb.pk, given_name="Agred", family_name="Moss")
        engine = Actor.objects.get(kind="engine")
        PersonMerge.objects.create(survivor=person, merged=other, merged_at=MADE, merged_by=engine, because="x")
        _say(note, person)


def _rows_of_the_area(area: Area) -> tuple[ImportRun, ImportRow, SavedView]:
    by = area.actors["coordinator"]
    with _act("area") as note:
        counts = {"rows": 1, "created": 0, "matched": 0, "review": 1, "refused": 0, "blank": 0}
        run = ImportRun.objects.create(
            icb=area.icb,
            file_name="a.csv",
            sha256="0",
            state="checked",
            counts=counts,
            started_by=by,
            started_at=MADE,
        )
        row = ImportRow.objects.create(run=run, icb=area.icb, number=2, outcome="review", shown_name="Ada Moss")
        view = SavedView.objects.create(owner=by, icb=area.icb, name="Mine", query="", shared=True)
        _say(note)
    return run, row, view


def _name_rows(subject: Subject) -> None:
    person = subject.person
    subject.rows = {
        "entry_id": subject.entry.pk,
        "stay_id": Stay.objects.filter(person=person).values_list("pk", flat=True).first() or 0,
        "duty_id": Duty.objects.filter(person=person).order_by("pk").values_list("pk", flat=True).first() or 0,
        "fact_id": person.circumstance_rows.order_by("pk").values_list("pk", flat=True)[0],
        "change": PostedChange.objects.filter(person=person).order_by("pk").values_list("pk", flat=True)[0],
        "document": Document.objects.filter(person=person).order_by("pk").values_list("pk", flat=True)[0],
        "record_id": person.capacityrecord_rows.order_by("pk").values_list("pk", flat=True)[0],
        "contact": person.contact_rows.order_by("pk").values_list("pk", flat=True)[0],
        "promise": person.promise_rows.order_by("pk").values_list("pk", flat=True)[0],
        "appointment": person.appointment_rows.order_by("pk").values_list("pk", flat=True)[0],
        "action": person.action_rows.order_by("pk").values_list("pk", flat=True)[0],
        "goal": person.goal_rows.order_by("pk").values_list("pk", flat=True)[0],
        "escalation": person.escalation_rows.order_by("pk").values_list("pk", flat=True)[0],
        "refusal": person.refusal_rows.order_by("pk").values_list("pk", flat=True)[0],
        "concern": person.concern_rows.order_by("pk").values_list("pk", flat=True)[0],
        "visit": person.qualityvisit_rows.order_by("pk").values_list("pk", flat=True)[0],
        "dispute": person.dispute_rows.order_by("pk").values_list("pk", flat=True)[0],
        "funding": person.funding_rows.order_by("pk").values_list("pk", flat=True)[0],
        "funding_part": person.fundingpart_rows.order_by("pk").values_list("pk", flat=True)[0],
        "placement": person.placementnotice_rows.order_by("pk").values_list("pk", flat=True)[0],
        "planned": person.plannedreview_rows.order_by("pk").values_list("pk", flat=True)[0],
        "member": person.panelmember_rows.order_by("pk").values_list("pk", flat=True)[0],
        "invited": person.reviewinvite_rows.order_by("pk").values_list("pk", flat=True)[0],
        "paper": person.reviewpaper_rows.order_by("pk").values_list("pk", flat=True)[0],
        "placement_search": person.placementsearch_rows.order_by("pk").values_list("pk", flat=True)[0],
    }
