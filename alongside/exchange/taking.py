"""Takes over one thing that a later sheet says, because somebody decided so: each through the operation it has."""

from datetime import date
from typing import Any

from alongside.exchange.carrying import NOT_EVIDENCED
from alongside.exchange.models import ImportRun
from alongside.exchange.said import BASES, start_of, stay_days, words_of
from alongside.exchange.sheets import PreparedRow
from alongside.exchange.writing import find_or_add_workers, find_organisations
from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Address, Belonging, Consent, Person
from alongside.features.people.operations import change_person, correct_fact, record_consent, record_fact
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import enter_register, rate
from alongside.features.reviews.models import Review
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.engine.reading import read_people
from alongside.overview.engine.rulesets import calendar_for, ruleset_for
from alongside.policy.ratings.floors import floor

FROM_SHEET = "Taken from a later spreadsheet"
TOPICS = {"gp": Topic.HEALTH, "school": Topic.EDUCATION, "council": Topic.SOCIAL_CARE}
COLUMNS = {"gp": "gp_practice", "school": "school", "council": "council"}


def take_entry(note: Notes, *, person: Person, row: PreparedRow, run: ImportRun, by: Me, today: date) -> None:
    reason, _ = words_of(row, "reason")
    enter_register(note, person=person, listing=run.listing, entered_on=today, reason=reason or FROM_SHEET, by=by)


def take_name(note: Notes, *, person: Person, row: PreparedRow, part: str, **_: Any) -> None:
    name = row.fields["name"]
    change_person(note, person=person, **{part: (name.given if part == "given_name" else name.family)[:80]})


def take_own_row(note: Notes, *, person: Person, row: PreparedRow, field: str, **_: Any) -> None:
    change_person(note, person=person, **{field: row.fields[field]})


def take_postcode(note: Notes, *, person: Person, row: PreparedRow, **_: Any) -> None:
    values = {"lines": words_of(row, "address")[0], "postcode": row.fields["postcode"]}
    _correct(note, Address, person, Topic.CONTACT, f"{FROM_SHEET}: the home address.", {"kind": "home"}, values)


def take_belonging(note: Notes, *, person: Person, row: PreparedRow, kind: str, **_: Any) -> None:
    name, _whole = words_of(row, COLUMNS[kind])
    organisation = find_organisations([row]).get((kind, name.casefold()))
    label = Belonging.Kind(kind).label
    values = {"name": name, "organisation_id": organisation.pk if organisation else None}
    _correct(note, Belonging, person, TOPICS[kind], f"{FROM_SHEET}: {label}.", {"kind": kind}, values)


def _correct(
    note: Notes,
    model: type[Address] | type[Belonging],
    person: Person,
    topic: int,
    words: str,
    only: dict[str, Any],
    values: dict[str, Any],
) -> None:
    """Corrects the newest row that stands, or records the first one."""
    held: Any = model.objects.filter(person=person, superseded_by=None, to_date=None, **only).order_by("id").last()
    if held is not None:
        correct_fact(note, held, words=words, **values)
    else:
        record_fact(note, model, person=person, topic=topic, words=words, **only, **values)


def take_rating(note: Notes, *, person: Person, row: PreparedRow, run: ImportRun, by: Me, **_: Any) -> None:
    """Raises NotNow when a hospital stay does not allow the colour, with the rule's own sentence."""
    colour, on = row.fields["rating"], row.fields.get("rating_date")
    entry = _lock_entry(person, run)
    with context.as_engine():
        (whole,) = read_people([person.pk], lock=False)
    rules, calendar = ruleset_for(whole.facts.icb, whole.rules_version), calendar_for(whole.rules_version)
    demanded = floor(whole.facts, note.at, rules, calendar)
    said = f" The sheet dates it {on:%-d %B %Y}." if on else ""
    rate(
        note,
        entry=entry,
        colour=colour,
        because=f"{FROM_SHEET}.{said}",
        by=by,
        demanded=demanded,
        origin=Rating.Origin.IMPORT,
    )


def take_reason(note: Notes, *, person: Person, row: PreparedRow, run: ImportRun, **_: Any) -> None:
    entry = _lock_entry(person, run)
    entry.reason, entry.version = words_of(row, "reason")[0], entry.version + 1
    entry.save(update_fields=["reason", "version"])
    note(
        "entry.reason_changed",
        words=f"{FROM_SHEET}: why they are on the register.",
        person_id=person.pk,
        icb_id=entry.icb_id,
        topic=Topic.REGISTER,
        subject="entry",
        subject_id=entry.pk,
    )


def _lock_entry(person: Person, run: ImportRun) -> RegisterEntry:
    open_entries = RegisterEntry.objects.filter(
        person=person, icb_id=run.icb_id, listing=run.listing, removed_on=None, superseded_by=None
    )
    entry = open_entries.select_related("person").select_for_update(of=("self",)).first()
    if entry is None:
        raise NotNow("not_on", "They are not on this register. Put them on first.")
    return entry


def take_keyworker(note: Notes, *, person: Person, row: PreparedRow, today: date, **_: Any) -> None:
    name, _whole = words_of(row, "keyworker")
    worker = find_or_add_workers(note, person.icb_id, [name])[name.casefold()]
    allocate(note, person=person, worker=worker, from_date=today, because=f"{FROM_SHEET}.")


def take_consent(note: Notes, *, person: Person, row: PreparedRow, **_: Any) -> None:
    said = row.fields["consent"]
    record_consent(
        note,
        person=person,
        purpose=Consent.Purpose.REGISTER,
        answer=said.answer,
        basis=BASES.get(said.basis, Consent.Basis.NOT_STATED),
        decided_on=said.on,
        decided_by=said.decision_maker[:120],
        evidence=NOT_EVIDENCED,
        evidenced=False,
    )


def take_stay(note: Notes, *, person: Person, row: PreparedRow, today: date, **_: Any) -> None:
    days = stay_days(row, today)
    assert days is not None
    place, security = words_of(row, "inpatient_unit")[0], row.fields["inpatient_unit"].security
    stay = admit(
        note,
        person=person,
        kind=Stay.Kind.HOSPITAL,
        place_name=place,
        admitted_at=start_of(days[0]),
        security=security,
    )
    if days[1]:
        discharge(note, stay=stay, discharged_at=start_of(days[1]))


def take_review(note: Notes, *, person: Person, row: PreparedRow, **_: Any) -> None:
    at = start_of(row.fields["last_cetr_date"])
    during = [
        stay
        for stay in Stay.objects.filter(person=person, kind=Stay.Kind.HOSPITAL, superseded_by=None)
        if stay.admitted_at <= at and (stay.discharged_at is None or at <= stay.discharged_at)
    ]
    kind = Review.Kind.INPATIENT if during else Review.Kind.COMMUNITY
    record_fact(
        note,
        Review,
        person=person,
        topic=Topic.REVIEW,
        words=f"{FROM_SHEET}: {kind.label}.",
        happened_at=at,
        kind=kind,
        held_at=at,
        stay=during[0] if during else None,
    )


def _with(take: Any, **fixed: str) -> Any:
    def taken(note: Notes, **values: Any) -> None:
        take(note, **fixed, **values)

    return taken


TAKE: dict[str, Any] = {
    "entry": take_entry,
    "given_name": _with(take_name, part="given_name"),
    "family_name": _with(take_name, part="family_name"),
    "birth_date": _with(take_own_row, field="birth_date"),
    "nhs_number": _with(take_own_row, field="nhs_number"),
    "postcode": take_postcode,
    "gp": _with(take_belonging, kind="gp"),
    "school": _with(take_belonging, kind="school"),
    "council": _with(take_belonging, kind="council"),
    "rating": take_rating,
    "reason": take_reason,
    "keyworker": take_keyworker,
    "consent": take_consent,
    "stay": take_stay,
    "last_cetr": take_review,
}
