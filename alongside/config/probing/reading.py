"""The second reading: who should reach what, from plain rows of the tables. Asked as the engine."""

from dataclasses import dataclass, field
from datetime import datetime

from alongside.features.people.models import Consent, Document, Person
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import SharingAgreement, Succession
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import RegisterRow
from alongside.policy.agreements import AWAITING, OPEN, Answer, Between, Ledger, Link, held, left_out, open_topics

# Written here again on purpose: not read from the product's own table of roles.
READS: dict[str, frozenset[int]] = {
    "coordinator": frozenset(EVERY_TOPIC),
    "manager": frozenset(EVERY_TOPIC),
    "commissioner": frozenset({1, 3, 11, 12, 13, 14, 15, 17, 18}),
}
ASKS_WHO_HAS_NOT_AGREED = "coordinator"


@dataclass(frozen=True, slots=True)
class Known:
    """A person, whose they are and were, how closely they are held, and what their register leaves out."""

    icb_id: int
    held_by: frozenset[int]
    state: str
    left_out: frozenset[int]
    reference: str


@dataclass
class Records:
    """What is behind the doors."""

    ledgers: dict[int, Ledger]
    people: dict[int, Known]
    # (number of the entry, ICB of the line, words of the name) by person.
    lines: dict[int, tuple[int, int, list[str]]]
    # (topic, ICB that recorded it) by number, and the numbers by person.
    documents: dict[int, tuple[int, int, int]]
    documents_of: dict[int, list[int]] = field(default_factory=dict)


def ledgers() -> dict[int, Ledger]:
    """Each person's ledger, by person."""
    before = dict(Consent.objects.exclude(supersedes=None).values_list("pk", "supersedes_id"))
    corrected = set(before.values())
    answers: dict[int, list[Answer]] = {}
    for row in Consent.objects.all().iterator():
        if row.pk not in corrected:
            answers.setdefault(row.person_id, []).append(_answer(row, _first(row.pk, before)))
    between: dict[int, list[Between]] = {}
    for agreement in SharingAgreement.objects.all():
        between.setdefault(agreement.icb_id, []).append(
            Between(agreement.organisation_id, agreement.recipient_kind, agreement.signed_on, agreement.ends_on)
        )
    rows = list(Person.objects.values_list("pk", "icb_id", "restricted", "birth_date", "survivor"))
    # What was answered on a record that was merged is what the same person answered.
    said: dict[int, tuple[Answer, ...]] = {}
    for number, *_, survivor in rows:
        said[survivor or number] = (*said.get(survivor or number, ()), *answers.get(number, ()))
    return {
        number: Ledger(icb, said[survivor or number], restricted, tuple(between.get(icb, ())), born)
        for number, icb, restricted, born, survivor in rows
    }


def link_of(row: Involvement) -> Link:
    return Link(
        row.actor_id,
        frozenset(row.topics),
        row.relies_on,
        row.from_at,
        row.to_at,
        row.recipient_kind,
        row.recipient_id,
        row.sees_guarded >= 2,
        row.writes,
    )


def _first(number: int, before: dict[int, int]) -> int:
    """The row that this one corrects, or what that one corrects, and so on."""
    while number in before:
        number = before[number]
    return number


def _answer(row: Consent, number: int) -> Answer:
    return Answer(
        number,
        row.purpose,
        row.answer,
        row.evidenced,
        row.recorded_at.astimezone(LONDON).date(),
        row.happened_at,
        row.decided_on,
        frozenset(row.about_topics),
        row.recipient_kind,
        row.recipient_id,
        row.valid_until,
        row.basis == "parental",
    )


def records() -> Records:
    """Everything that is behind the doors now."""
    known = ledgers()
    people = {
        person.pk: Known(
            person.icb_id,
            frozenset(person.held_by),
            held(known[person.pk]),
            left_out(known[person.pk], EVERY_TOPIC),
            person.reference,
        )
        for person in Person.objects.filter(survivor=None).iterator()
    }
    rows = RegisterRow.objects.values_list("person_id", "pk", "icb_id", "name_words")
    lines = {person: (entry, icb, words) for person, entry, icb, words in rows}
    documents = {
        number: (person, topic, icb)
        for number, person, topic, icb in Document.objects.values_list("pk", "person_id", "topic", "recorded_icb_id")
    }
    found = Records(known, people, lines, documents)
    for number, (person, _, _) in documents.items():
        found.documents_of.setdefault(person, []).append(number)
    return found


class Reader:
    """One actor's reach. None is somebody who has not signed in."""

    def __init__(self, actor_id: int | None, records: Records, at: datetime) -> None:
        self.records = records
        today = self.today = at.astimezone(LONDON).date()
        rows = RoleHeld.objects.filter(actor=actor_id, from_date__lte=today) if actor_id else []
        self.roles = [(row.role, row.area_id) for row in rows if row.to_date is None or row.to_date >= today]
        # A successor of the whole reads what its predecessors held.
        after = Succession.objects.filter(undone_at=None, whole=True, on_date__lte=today)
        taken_over = list(after.values_list("successor_id", "predecessor_id"))
        for role, area in self.roles:
            self.roles += [(role, old) for new, old in taken_over if new == area and (role, old) not in self.roles]
        self.links: dict[int, frozenset[int]] = {}
        for row in Involvement.objects.filter(actor=actor_id) if actor_id else []:
            opened = open_topics(records.ledgers[row.person_id], link_of(row), at)
            self.links[row.person_id] = self.links.get(row.person_id, frozenset()) | opened

    def _in_area(self, person: int, areas: set[int], topic: int | None = None) -> bool:
        """Whether a role of theirs opens this person, and this topic, through one of these areas."""
        known = self.records.people[person]
        for role, area in self.roles:
            if role not in READS or area not in areas or (topic is not None and topic not in READS[role]):
                continue
            asks = role == ASKS_WHO_HAS_NOT_AGREED
            if (known.state == OPEN and (asks or topic not in known.left_out)) or (known.state == AWAITING and asks):
                return True
        return False

    def reaches(self, person: int) -> bool:
        known = self.records.people[person]
        return bool(self.links.get(person)) or self._in_area(person, {known.icb_id} | known.held_by)

    def sees_line(self, person: int) -> bool:
        """Whether the person's line of the list is theirs to read."""
        if person not in self.records.lines:
            return False
        _, icb, _ = self.records.lines[person]
        return Topic.REGISTER in self.links.get(person, ()) or self._in_area(person, {icb}, Topic.REGISTER.value)

    def sees_document(self, number: int) -> bool:
        person, topic, recorded = self.records.documents[number]
        if person not in self.records.people or not self.reaches(person):
            return False
        areas = {self.records.people[person].icb_id, recorded}
        return topic in self.links.get(person, ()) or self._in_area(person, areas, topic)
