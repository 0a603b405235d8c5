"""What the rules are told about one person: plain facts, nothing computed.

Every moment is timezone-aware (UTC is best; a naive one is read as UTC). Every day is a day in England.
`None` means 'not known' unless the field says otherwise; no rule may fail because of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """One rating. A review that kept the colour is a rating of its own.

    colour: red, amber, green or blue. state: decided, proposed or superseded.
    origin: panel, admission, discharge, import, notice or circumstance.
    reviewed_on: the day of the review when it differs from the day of recording.
    """

    id: int
    colour: str
    rated_at: datetime | None
    state: str = "decided"
    origin: str = "panel"
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """A person's time on one register. `removed_on` None means still on it."""

    id: int
    icb: str
    listing: str
    entered_on: date | None
    removed_on: date | None = None
    removed_reason: str = ""
    provisional: bool = False
    not_registered_before_admission: bool = False
    ratings: tuple[RatingFacts, ...] = ()
    review_planned_on: date | None = None
    imported_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.removed_on is None


@dataclass(frozen=True, slots=True)
class LegalStatusFacts:
    """One legal status during a stay. code: informal, s2, s3, s4, s5_2, s5_4, s135, s136, s37, ..."""

    code: str
    from_at: datetime | None
    to_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StayFacts:
    """Time in one place, spells joined. `discharged_at` None means still there.

    kind: mental_health_hospital, acute_hospital, secure, residential_school, residential_home,
    place_of_safety or other. security: none, low, medium, high, or None when not known.
    intended_days: length intended on admission, in days. registered_before: on a register on admission.
    """

    id: int
    kind: str
    admitted_at: datetime | None
    discharged_at: datetime | None = None
    security: str | None = None
    adult_ward: bool = False
    unit_inadequate: bool = False
    intended_days: int | None = None
    legal: tuple[LegalStatusFacts, ...] = ()
    registered_before: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.discharged_at is None


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review that was held. kind: community, post_admission, inpatient, post_discharge, independent,
    emergency_protocol, ehc_plan, oversight_visit, discharge_contact, annual_health_check, ...
    statutory: held under Part 8A of the Mental Health Act 1983.
    """

    id: int
    kind: str
    held_at: datetime | None
    stay_id: int | None = None
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class CircumstanceFacts:
    """Something true of a person for a time. kind: ehc_plan, looked_after, adopted, care_leaver,
    residential_52, residential_38, child_protection, youth_justice, excluded, in_education,
    continuing_care, ... `to_date` is the last day it was true; None means still true.
    """

    id: int
    kind: str
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One recorded answer. purpose: register, keyworking, review, sharing.
    answer: given, refused, withdrawn, unknown. `valid_until` is the last day it stands.
    """

    id: int
    purpose: str
    answer: str
    decided_on: date | None = None
    evidenced: bool = False
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """A keyworker and a person, from-to. role: designated, co_worker, cover.

    sees_person: whether they can open the record here; somebody only named in a sheet can not.
    """

    id: int
    actor_id: int
    role: str
    from_date: date | None
    to_date: date | None = None
    sees_person: bool = True


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What somebody said about a duty. answer: done or not_needed; `on` is the day it was said."""

    id: int
    duty_key: str
    answer: str
    on: date | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """Something that somebody told us has changed, and that nobody has answered yet.

    kind: what it is about, in words. topic: one of the topics of a duty. told_as: 'Their mother', 'The young person'.
    """

    id: int
    kind: str
    topic: str
    told_as: str
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Everything the rules for duties need about one person.

    teams: kind of team (register, keyworking, review, commissioning) to team id; the register team is
    always expected. moved_out_at: when they left the area of `icb`.
    """

    person_id: int
    icb: str
    birth_date: date | None = None
    died_on: date | None = None
    diagnosis: frozenset[str] = frozenset()
    entries: tuple[EntryFacts, ...] = ()
    stays: tuple[StayFacts, ...] = ()
    reviews: tuple[ReviewFacts, ...] = ()
    circumstances: tuple[CircumstanceFacts, ...] = ()
    consents: tuple[ConsentFacts, ...] = ()
    allocations: tuple[AllocationFacts, ...] = ()
    answers: tuple[AnswerFacts, ...] = ()
    told: tuple[ToldFacts, ...] = ()
    teams: Mapping[str, int] = field(default_factory=dict)
    moved_out_at: datetime | None = None
