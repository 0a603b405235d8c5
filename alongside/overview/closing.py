"""A refusal or withdrawal with evidence takes somebody off the register, at once and in the same act."""

from datetime import date

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import end_allocation
from alongside.features.people.models import ClosedRecord, Consent, Guard, Person
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation.access.models import Involvement, OpenTopics
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.engine.rulesets import calendar_for, current_version, ruleset_for
from alongside.policy.duties import kept_until, offer_again_on

_ANSWERED = {"consent.recorded", "consent.corrected"}
_NO = (Consent.Answer.REFUSED, Consent.Answer.WITHDRAWN)


def close_what_was_refused(notes: Notes) -> None:
    """Entries of closed people end, keyworkers who stood on the agreement leave, a stub stays for the custodians."""
    asked = {event.person_id for event in notes.events if event.code in _ANSWERED and event.person_id}
    if not asked:
        return
    for person in Person.objects.select_related("icb").filter(pk__in=asked):
        _end_keyworking(notes, person)
        if person.guard == Guard.CLOSED:
            _close(notes, person)


def open_what_was_agreed_again(notes: Notes) -> None:
    """A new yes to the register brings back whoever was on it: the same lists, and the colour is decided anew."""
    for event in list(notes.events):
        if event.code == "closed_record.reopened" and (event.detail or {}).get("listing"):
            _come_back(notes, ClosedRecord.objects.get(pk=event.subject_id or 0))


def _end_keyworking(notes: Notes, person: Person) -> None:
    """A keyworker to whom nothing is open any more, because somebody said no, is no longer their keyworker."""
    refused = _newest(person, Consent.Purpose.KEYWORKING)
    said_no = refused is not None and refused.answer in _NO
    if not said_no and (person.guard != Guard.CLOSED or (refused and refused.answer == Consent.Answer.GIVEN)):
        return
    day = notes.at.astimezone(LONDON).date()
    for allocation in Allocation.objects.select_related("worker").filter(person=person, to_date=None):
        involved = Involvement.objects.filter(because="allocation", because_id=allocation.pk)
        if not OpenTopics.objects.filter(involvement__in=involved).exists():
            end_allocation(notes, allocation=allocation, on=max(day, allocation.from_date))


def _newest(person: Person, purpose: str) -> Consent | None:
    found = Consent.objects.filter(person=person, purpose=purpose, recipient_kind="", superseded_by=None)
    return found.order_by("happened_at", "id").last()


def _close(notes: Notes, person: Person) -> None:
    said = _newest(person, Consent.Purpose.REGISTER)
    entries = list(RegisterEntry.objects.select_related("icb").filter(person=person, removed_on=None))
    if not entries and not ClosedRecord.objects.filter(person=person, reopened_at=None).exists():
        _stub(notes, person, said, None)
    day = notes.at.astimezone(LONDON).date()
    for entry in entries:
        _stub(notes, person, said, entry)
        entry.removed_on, entry.removed_because = max(day, entry.entered_on or day), "withdrawn"
        entry.version += 1
        entry.save(update_fields=["removed_on", "removed_because", "version"])
        words = "Taken off the register: agreement was refused or withdrawn."
        notes.of("entry.removed", entry, words=words, icb_id=entry.icb_id, subject="entry", because="withdrawn")


def _stub(notes: Notes, person: Person, said: Consent | None, entry: RegisterEntry | None) -> None:
    icb = entry.icb if entry else person.icb
    day = notes.at.astimezone(LONDON).date()
    ruleset, calendar = ruleset_for(icb.code, current_version()), calendar_for(current_version())
    closed = ClosedRecord.objects.create(
        person=person,
        icb=icb,
        shown_name=person.shown_name,
        birth_date=person.birth_date,
        listing=entry.listing if entry else "",
        entered_on=entry.entered_on if entry else None,
        last_colour=_colour(entry) if entry else "",
        answer=said.answer if said else Consent.Answer.REFUSED,
        basis=said.basis if said else Consent.Basis.NOT_STATED,
        decided_by=said.decided_by if said else "",
        closed_at=notes.at,
        closed_by_id=notes.by.id,
        told=said.told if said else "",
        offer_again_on=(said and said.ask_again_on) or offer_again_on(ruleset, calendar, day),
        keep_until=kept_until(ruleset, calendar, day),
    )
    # The custodians are told by a duty; the event is about no person, so that nobody else is.
    notes("closed_record.made", words="A record was closed.", subject="closed_record", subject_id=closed.pk)
    notes.matter("closed_record", closed.pk)


def _colour(entry: RegisterEntry) -> str:
    decided = Rating.objects.filter(entry=entry, standing=Rating.Standing.DECIDED).order_by("rated_at", "id").last()
    return decided.colour if decided else ""


def _come_back(notes: Notes, closed: ClosedRecord) -> None:
    day: date = notes.at.astimezone(LONDON).date()
    if RegisterEntry.objects.filter(person_id=closed.person_id, listing=closed.listing, removed_on=None).exists():
        return
    before = RegisterEntry.objects.filter(person_id=closed.person_id, listing=closed.listing).order_by("id").last()
    entry = RegisterEntry.objects.create(
        person_id=closed.person_id,
        topic=Topic.REGISTER,
        recorded_icb_id=closed.icb_id,
        recorded_by_id=notes.by.id,
        recorded_at=notes.at,
        happened_at=notes.at,
        icb_id=closed.icb_id,
        listing=closed.listing,
        entered_on=day,
        reason=before.reason if before else "",
        came_back_from=before,
    )
    notes.of("entry.made", entry, words="Came back to the register: agreement was given anew.", subject="entry")
