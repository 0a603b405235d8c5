"""Writing down contacts, promises, appointments and who to ring. Each is called inside `recording()`."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count

from alongside.features.keyworking.contacts import text
from alongside.features.keyworking.contacts.queries import about
from alongside.features.keyworking.models import Appointment, Contact, OutOfHours, Promise, PromiseStep, Way
from alongside.features.people.ended import check_living
from alongside.features.people.models import Person
from alongside.features.people.operations import correct_fact, record_fact
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.activities import guess_activity
from alongside.policy.counting import day_in_words

KEYWORKING = Topic.KEYWORKING


def log_contact(
    note: Notes,
    *,
    person: Person,
    way: str,
    with_whom: list[str],
    outcome: str = "",
    reached: bool = True,
    purpose: str = "",
    next_step: str = "",
    minutes: int | None = None,
    happened_at: datetime | None = None,
    appointment: Appointment | None = None,
) -> Contact:
    """A contact made, or tried without an answer. Without a purpose one is guessed from the words, and marked so.

    The timeline tells that there was a contact, not what was said: families read it. NotNow for one in the future.
    """
    at = happened_at or note.at
    if at > note.at:
        raise NotNow("future", text.FUTURE)
    guessed = "" if purpose or not reached else guess_activity(outcome, at.astimezone(LONDON).date())
    contact = record_fact(
        note,
        Contact,
        person=person,
        topic=KEYWORKING,
        words=_told(way, with_whom, reached),
        code="contact.made" if reached else "contact.tried",
        happened_at=at,
        way=way,
        with_whom=with_whom,
        reached=reached,
        purpose=purpose or guessed,
        purpose_guessed=bool(guessed),
        outcome=outcome,
        next_step=next_step,
        minutes=minutes,
    )
    if appointment is not None and reached:
        _close_appointment(appointment, contact)
    return contact


def _told(way: str, with_whom: list[str], reached: bool) -> str:
    made = f"{text.MADE[Way(way)]} with {text.with_words(with_whom)}"
    return f"{made}." if reached else f"{made} was tried; nobody answered."


def correct_contact(note: Notes, *, contact: Contact, **changes: Any) -> Contact:
    """A new row in the place of the one before. NotNow where somebody else did that already, or for a future day."""
    before = Contact.objects.select_for_update().get(pk=contact.pk)
    if Contact.objects.filter(supersedes=before).exists():
        raise NotNow("stale", text.STALE)
    if changes.get("happened_at", before.happened_at) > note.at:
        raise NotNow("future", text.FUTURE)
    changes["purpose_guessed"] = before.purpose_guessed and changes.get("purpose") == before.purpose
    told = _told(changes.get("way", before.way), changes.get("with_whom", before.with_whom), before.reached)
    return correct_fact(note, before, words=f"{told} Corrected.", **changes)


def count_tries(person: Person) -> int:
    """How often nobody answered since the last contact with the young person or the family."""
    rows = Contact.objects.filter(about(person), superseded_by=None)
    made = rows.filter(reached=True, with_whom__overlap=["young_person", "family"])
    last = made.order_by("-happened_at").values("happened_at")[:1]
    tried = rows.filter(reached=False)
    after = tried.filter(happened_at__gt=last) if made.exists() else tried
    return int(after.aggregate(many=Count("id"))["many"])


# What others promised


def note_promise(
    note: Notes,
    *,
    person: Person,
    who: str,
    what: str,
    by_date: date,
    organisation_name: str = "",
    contact: Contact | None = None,
) -> Promise:
    """What somebody said they would do. It is chased from the day after `by_date`, until it is closed."""
    check_living(person)
    return record_fact(
        note,
        Promise,
        person=person,
        topic=KEYWORKING,
        words=f"{who} said they would do something by {day_in_words(by_date)}.",
        code="promise.noted",
        contact=contact,
        who=who,
        organisation_name=organisation_name,
        what=what,
        by_date=by_date,
    )


def step_promise(
    note: Notes, *, promise: Promise, kind: str, said: str = "", by_date: date | None = None
) -> PromiseStep:
    """Chased, moved to a new day, or closed. NotNow when it was closed before, or moved without a day to come."""
    held = Promise.objects.select_for_update().get(pk=promise.pk)
    if held.closed_at is not None:
        raise NotNow("closed", text.CLOSED)
    if kind == PromiseStep.Kind.MOVED:
        today = note.at.astimezone(LONDON).date()
        if by_date is None or by_date < today:
            raise NotNow("by_date", "Enter the new day that was promised, today or later.")
        held.by_date = by_date
        held.save(update_fields=["by_date"])
    elif kind != PromiseStep.Kind.CHASED:
        held.closed_as, held.closed_at = kind, note.at
        held.save(update_fields=["closed_as", "closed_at"])
    label = str(PromiseStep.Kind(kind).label)
    return record_fact(
        note,
        PromiseStep,
        person=held.person,
        topic=KEYWORKING,
        words=f"What {held.who} promised: {label[:1].lower()}{label[1:]}.",
        code=f"promise.{kind}",
        promise=held,
        kind=kind,
        said=said,
        by_date=by_date if kind == PromiseStep.Kind.MOVED else None,
    )


# Appointments


def plan_appointment(
    note: Notes,
    *,
    person: Person,
    worker_id: int,
    way: str,
    starts_at: datetime,
    with_whom: str = "",
    where: str = "",
    minutes: int = 60,
    told: bool = False,
) -> Appointment:
    """A planned contact or meeting of a worker; `told`: the family sees it. NotNow for one that has begun already."""
    check_living(person)
    if starts_at <= note.at:
        raise NotNow("past", "An appointment is for a time to come. What has happened is written down as a contact.")
    return record_fact(
        note,
        Appointment,
        person=person,
        topic=KEYWORKING,
        words=f"{text.MADE[Way(way)]} planned for {day_in_words(starts_at.astimezone(LONDON).date())}.",
        code="appointment.planned",
        worker_id=worker_id,
        way=way,
        starts_at=starts_at,
        with_whom=with_whom,
        where=where,
        minutes=minutes,
        told=told,
    )


def move_appointment(
    note: Notes,
    *,
    appointment: Appointment,
    starts_at: datetime | None = None,
    worker_id: int | None = None,
    told: bool | None = None,
) -> None:
    """To another time, to another worker, as when work is handed over, or onto the family's pages and off them.

    NotNow when it is over.
    """
    held = _open_appointment(appointment)
    was: dict[str, str] = {}
    if starts_at is not None and starts_at != held.starts_at:
        if starts_at <= note.at:
            raise NotNow("past", "Choose a time to come.")
        was = {"was": held.starts_at.isoformat()}
        held.starts_at = starts_at
    if worker_id is not None:
        held.worker_id = worker_id
    if told is not None:
        held.told = told
    held.save(update_fields=["starts_at", "worker_id", "told"])
    day = day_in_words(held.starts_at.astimezone(LONDON).date())
    note.of("appointment.moved", held, words=f"{text.MADE[Way(held.way)]} planned for {day}.", **was)


def call_off(note: Notes, *, appointment: Appointment, because: str) -> None:
    """It won't happen, and why. NotNow when it is over."""
    held = _open_appointment(appointment)
    held.called_off_at, held.called_off_because = note.at, because
    held.save(update_fields=["called_off_at", "called_off_because"])
    note.of("appointment.called_off", held, words=f"{text.MADE[Way(held.way)]} was called off.")


def _open_appointment(appointment: Appointment) -> Appointment:
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if held.called_off_at is not None or held.contact_id is not None:
        raise NotNow("closed", "This appointment is over already.")
    return held


def _close_appointment(appointment: Appointment, contact: Contact) -> None:
    held = _open_appointment(appointment)
    held.contact = contact
    held.save(update_fields=["contact"])


# Who to ring


def set_out_of_hours(
    note: Notes, *, person: Person, who: str, phone: str, arrangement: str = "", agreed_with: str = ""
) -> OutOfHours:
    """Who to ring when the keyworker isn't there. It takes the place of what stood before, which is kept."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before = OutOfHours.objects.filter(person=person, superseded_by=None).order_by("id").last()
    return record_fact(
        note,
        OutOfHours,
        person=person,
        topic=KEYWORKING,
        words=f"Who to ring when the keyworker isn't there: {who}.",
        code="out_of_hours.set",
        supersedes=before,
        from_date=note.at.astimezone(LONDON).date(),
        who=who,
        phone=phone,
        arrangement=arrangement,
        agreed_with=agreed_with,
    )
