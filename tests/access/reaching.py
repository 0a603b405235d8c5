"""Who should see what of each table: a second reading of the scope, person by person and table by table."""

from collections.abc import Callable
from typing import Any

from django.db import models

from alongside.features.emergency.protected import OfMeeting
from alongside.features.hospital.models.protected import OversightRows
from alongside.features.keyworking.models.appointments import AppointmentRows
from alongside.features.keyworking.models.contacts import TeamsOwnRows
from alongside.features.keyworking.models.stepping_down import OwnVoiceRows
from alongside.features.people.models import Person
from alongside.features.people.models.untold import UntoldRows
from alongside.features.people.told_where import TELL_WHERE, WhereaboutsRows
from alongside.features.plans.protected import ProposalRows, VoiceRows
from alongside.features.register.meetings.protected import MeetingRows
from alongside.features.reviews.models.reporting import FaceRows, ReviewVoiceRows
from alongside.foundation.access.protection import (
    ByArea,
    Custodians,
    DerivedRows,
    Engine,
    FactRows,
    Open,
    PersonRows,
    Reference,
)
from alongside.foundation.access.protection_hidden import Hidden
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.topics import EVERY_TOPIC, Topic
from tests.access.arriving import ARRIVED
from tests.access.guarding import GUARDED
from tests.access.reading import open_to
from tests.access.schools import SCHOOLS
from tests.access.telling import TOLD
from tests.access.working import WORKING
from tests.access.world import MOVED

# Written here again on purpose: not read from the product's own table.
COMMISSIONING = {
    Topic.IDENTITY,
    Topic.COMMUNICATION,
    Topic.PLACEMENT,
    Topic.REGISTER,
    Topic.HOSPITAL,
    Topic.REVIEW,
    Topic.KEYWORKING,
    Topic.ADULTHOOD,
    Topic.MONEY,
}
READS = {"manager": set(EVERY_TOPIC), "coordinator": set(EVERY_TOPIC), "commissioner": COMMISSIONING}
REGISTER_TEAM = {"coordinator"}


class Reader:
    """One actor's reach, worked out person by person."""

    def __init__(self, actor: Actor | None) -> None:
        self.id = actor.pk if actor else None
        held = RoleHeld.objects.filter(actor=actor).values_list("role", "area_id") if actor else []
        self.roles = list(held)
        kept = RoleHeld.objects.filter(actor=actor, role="coordinator", custodian=True) if actor else []
        self.keeps = {row.area_id for row in kept}
        self.people = {person.pk: person for person in Person.objects.all()}
        self.opened = open_to(actor, MOVED) if actor else {}

    def areas(self, guard: int, topic: int | None = None) -> set[int]:
        """Areas whose records, held this closely, a role of theirs opens (on this topic)."""
        return {
            area
            for role, area in self.roles
            if role in READS
            and (guard == 0 or (guard == 1 and role in REGISTER_TEAM))
            and (topic is None or topic in READS[role])
        }

    def is_with(self, person: Person, topic: int | None = None) -> bool:
        topics = self.opened.get(person.pk, set())
        return bool(topics) if topic is None else topic in topics

    def reaches(self, person: Person) -> bool:
        return bool(self.areas(person.guard) & {person.icb_id, *person.held_by}) or self.is_with(person)

    def reads(self, person: Person, topic: int | None, *icbs: int | None) -> bool:
        """A fact of the person on a topic, recorded by one of these ICBs."""
        if topic is None or not self.reaches(person):
            return False
        guard = max(person.guard, 1) if person.closed_topics >> topic & 1 else person.guard
        return bool(self.areas(guard, topic) & {person.icb_id, *icbs}) or self.is_with(person, topic)

    def writes_for(self, person: Person) -> bool:
        return person.icb_id in self.areas(person.guard) or (
            person.guard > 0 and person.icb_id in self.areas(0) and self.is_with(person)
        )

    @property
    def is_family(self) -> bool:
        return any(role in ("young_person", "family") for role, _ in self.roles)

    @property
    def is_partner(self) -> bool:
        return any(role.startswith("partner_") for role, _ in self.roles)

    @property
    def writes_plans(self) -> bool:
        return any(role in ("keyworker", "manager", "coordinator") for role, _ in self.roles)

    def runs(self) -> set[int]:
        return {area for role, area in self.roles if role in ("coordinator", "manager")}

    def works_in(self) -> set[int]:
        return {area for role, area in self.roles if role not in ("young_person", "family")}

    def governs(self) -> set[int]:
        return {area for role, area in self.roles if role == "governance"}


Rule = Callable[[Reader, Any], bool]


def everybody(reader: Reader, row: Any) -> bool:
    return True


def nobody(reader: Reader, row: Any) -> bool:
    return False


def rule_of(model: type[models.Model]) -> Rule:
    """What should be seen of a table. A table that no line speaks of fails."""
    protection = model.protection  # type: ignore[attr-defined]
    by_name: dict[str, Rule] = {
        "Involvement": lambda r, row: bool(r.id) and row.actor_id == r.id or r.writes_for(r.people[row.person_id]),
        "OpenTopics": lambda r, row: bool(r.id) and row.actor_id == r.id or r.writes_for(r.people[row.person_id]),
        "PossibleDuplicate": lambda r, row: r.reaches(r.people[row.first_id]) and r.reaches(r.people[row.second_id]),
        "Event": event,
        # What is being written: whoever writes plans and may write on the topic; the world has none.
        "DraftPart": nobody,
        # The same of what is typed in a meeting.
        "MeetingDraft": nobody,
        # And of an emergency meeting that is being written down.
        "EmergencyDraft": nobody,
        # And of what the panel of a review found: whoever holds it; the world has none.
        "Finding": nobody,
        "User": lambda r, row: r.id is not None and getattr(row, "actor", None) is not None and row.actor.pk == r.id,
        "History": governed_change,
        "Look": governed_look,
        **GUARDED,
        **TOLD,
        **SCHOOLS,
        **ARRIVED,
        **WORKING,
    }
    if model.__name__ in by_name:
        return by_name[model.__name__]
    match protection:
        case PersonRows():
            return lambda r, row: r.reaches(row)
        # Whoever only works with the person, as the ward does, reads nothing of how the stay is watched.
        case OversightRows():
            return lambda r, row: not (r.is_family or r.is_partner) and fact_rule(protection)(r, row)
        # Nobody was asked to the world's meeting: whoever was reads more, and their own tests say what.
        case TeamsOwnRows() | MeetingRows():
            return lambda r, row: not r.is_family and fact_rule(protection)(r, row)
        # With the meeting they are of; the world's has none.
        case OfMeeting():
            return nobody
        case UntoldRows():
            return untold_rule(protection)
        case ProposalRows():
            return lambda r, row: r.writes_plans and fact_rule(protection)(r, row)
        case VoiceRows(own_only=True):
            return lambda r, row: (not r.is_family or row.recorded_by_id == r.id) and fact_rule(protection)(r, row)
        case OwnVoiceRows():
            return lambda r, row: (not r.is_family or row.recorded_by_id == r.id) and fact_rule(protection)(r, row)
        case ReviewVoiceRows():
            return lambda r, row: (not r.is_family or row.recorded_by_id == r.id) and fact_rule(protection)(r, row)
        # The world has full reports only, which no family reads.
        case FaceRows():
            return lambda r, row: not r.is_family and fact_rule(protection)(r, row)
        case WhereaboutsRows():
            return lambda r, row: (
                (not r.is_family or any(r.is_with(r.people[row.person_id], topic.value) for topic in TELL_WHERE))
                and fact_rule(protection)(r, row)
            )
        # The world's appointments were told to nobody.
        case AppointmentRows():
            return lambda r, row: not r.is_family and fact_rule(protection)(r, row)
        case FactRows(for_runners=True):
            return lambda r, row: (
                r.runs() & {r.people[row.person_id].icb_id, row.recorded_icb_id} and fact_rule(protection)(r, row)
            )
        case FactRows():
            return fact_rule(protection)
        case DerivedRows():
            return derived_rule(protection)
        case ByArea(owner=str() as owner) if owner:
            return lambda r, row: getattr(row, owner) == r.id or (row.shared and row.icb_id in r.areas(0))
        case ByArea(for_runners=True):
            return lambda r, row: row.icb_id in r.runs()
        case ByArea(team_only=team_only, person=about):
            return lambda r, row: (
                row.icb_id in r.areas(1 if team_only else 0)
                and (not about or getattr(row, about) is None or r.reaches(r.people[getattr(row, about)]))
            )
        case Custodians():
            return lambda r, row: row.icb_id in r.keeps
        case Hidden(read_by=()):
            return nobody
        case Hidden(read_by=roles):
            return lambda r, row: any(role in roles for role, _ in r.roles)
        case Engine(read=False):
            return nobody
        case Reference(to_staff=True):
            return lambda r, row: row.icb_id in r.works_in()
        case Engine() | Reference() | Open(rule=""):
            return everybody
    raise AssertionError(f"nothing says who may see {model.__name__}")


def fact_rule(protection: FactRows) -> Rule:
    def rule(reader: Reader, row: Any) -> bool:
        topic = getattr(row, protection.topic) if isinstance(protection.topic, str) else protection.topic
        recorded = getattr(row, protection.recorded_by) if protection.recorded_by else None
        return reader.reads(reader.people[getattr(row, protection.person)], topic, recorded)

    return rule


def untold_rule(protection: UntoldRows) -> Rule:
    """Nobody of a family reads of what they were not told. Whoever wrote down a telling against an agreement does."""
    reads = fact_rule(protection)

    def rule(reader: Reader, row: Any) -> bool:
        if reader.is_family and not row.told:
            return False
        return reads(reader, row) or (protection.by_engine and row.recorded_by_id == reader.id)

    return rule


def derived_rule(protection: DerivedRows) -> Rule:
    def rule(reader: Reader, row: Any) -> bool:
        topic = getattr(row, protection.topic) if isinstance(protection.topic, str) else protection.topic
        if protection.owner and reader.id and getattr(row, protection.owner) == reader.id:
            person = reader.people.get(row.person_id)
            if person is None and row.guard <= 1:
                return True
            if person is not None and (row.icb_id in reader.areas(row.guard) or reader.is_with(person)):
                return True
        in_area = row.icb_id in reader.areas(row.guard, topic)
        return in_area or (row.person_id is not None and reader.is_with(reader.people[row.person_id], topic))

    return rule


def event(reader: Reader, row: Any) -> bool:
    if reader.is_family and (row.detail or {}).get("untold"):
        return False
    if row.person_id is None:
        return (reader.id and row.by_id == reader.id) or row.icb_id in reader.areas(0)
    return reader.reads(reader.people[row.person_id], row.topic, row.icb_id)


def is_governed(reader: Reader, person_id: int) -> bool:
    person = reader.people[person_id]
    return bool(reader.governs() & {person.icb_id, *person.held_by})


def staff(reader: Reader) -> set[int]:
    return set(RoleHeld.objects.filter(area_id__in=reader.governs()).values_list("actor_id", flat=True))


def governed_change(reader: Reader, row: Any) -> bool:
    if row.person_id is not None:
        return is_governed(reader, row.person_id)
    return row.actor_id in staff(reader)


def governed_look(reader: Reader, row: Any) -> bool:
    return row.actor_id in staff(reader) or any(is_governed(reader, person) for person in row.person_ids)
