"""What the rules are told about one person: plain facts, nothing computed.

Every moment is timezone-aware (UTC is best; a naive one is read as UTC). Every day is a day in England.
`None` means 'not known' unless the field says otherwise; no rule may fail because of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from .area_moves import AreaMoveFacts
from .concerns import CareFacts
from .discharging import DischargeFacts
from .emergencies import EmergencyFacts
from .escalating import EscalationsFacts
from .held_reviews import HeldReviewFacts
from .in_hospital import NOTHING_KNOWN, InHospitalFacts
from .planned_reviews import PlannedReviewFacts
from .stepping_down import Step


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
    """Time in one place. `discharged_at` None means still there.

    kind: mental_health_hospital, acute_hospital, secure, residential_school, residential_home,
    place_of_safety or other. security: none, low, medium, high, or None when not known.
    intended_days: length intended on admission, in days. registered_before: on a register on admission.
    went: how it is closed (`discharging.CLOSURES`), 'other' where only words say so, '' where nobody does.
    earlier: stays before it that are one spell with it, the earliest first (`joining.join_stays`).
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
    went: str = ""
    earlier: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.discharged_at is None

    @property
    def number(self) -> int:
        """What its duties are called by: the number of its first stay, so that an answer holds through a transfer."""
        return self.earlier[0] if self.earlier else self.id


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
    answer: given, refused, withdrawn, unknown. `valid_until` is the last day it stands. ask_again_on: of a no, from
    when they may be asked again, where they said so. parental: somebody with parental responsibility decided.
    """

    id: int
    purpose: str
    answer: str
    decided_on: date | None = None
    evidenced: bool = False
    valid_until: date | None = None
    recorded_on: date | None = None
    ask_again_on: date | None = None
    parental: bool = False


@dataclass(frozen=True, slots=True)
class CapacityFacts:
    """What was found of one decision, that no later row corrects. about: register, keyworking, review, sharing or
    recording; which: the one it is about, where there are several. test: competence under 16, capacity from 16 on.
    review_date: the day chosen for looking again.
    """

    id: int
    about: str
    test: str
    able: bool
    decided_on: date
    review_date: date | None = None
    which: str = ""


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
class ActionFacts:
    """An agreed action that is open; or done, with support whose start nobody has confirmed.

    id: the same before and after a correction. topic: one of the topics of a duty. state: proposed, accepted, refused,
    blocked, said_done, disputed or done. by_link: the owner answers by a link and has no account that sees it.
    asked_at: when the owner of now was asked. state_at: since when it stands so. chased_at: when it was last chased.
    start_asked_from: since when the family is to be asked whether support has started; None when that is settled.
    of_review: a review recommended it; times: how often.
    """

    id: int
    topic: str
    state: str
    what: str
    owner_id: int
    by_link: bool
    asked_at: datetime
    state_at: datetime
    chased_at: datetime | None
    due_on: date
    waits_for: str = ""
    start_asked_from: date | None = None
    of_review: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class ContactsFacts:
    """Contact so far, of what no later row corrects. A contact is one with the young person or the family.

    first_contact_at, first_visit_at: since the keyworker of now was named. last_seen_at: the young person themselves,
    in a visit, a meeting or a video call. tries: how often nobody answered since the last contact.
    """

    first_contact_at: datetime | None = None
    first_visit_at: datetime | None = None
    last_contact_at: datetime | None = None
    last_seen_at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """What somebody said they would do, and nobody has closed. chased: how often; last_chased_on: the last day."""

    id: int
    who: str
    what: str
    by_date: date
    chased: int = 0
    last_chased_on: date | None = None


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """A planned contact or meeting that was neither called off nor written up. sees_person: whether whoever has it can
    open the record."""

    id: int
    worker_id: int
    starts_at: datetime
    sees_person: bool = True


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan that was shared last, and one that waits for approval; without either, nothing but empty fields.

    Of that version: own_answer, whether the young person has said what they think of it; own_reason, whether a reason
    stands why they were not asked; family_answer, the one or the other of anybody of the family; to_ask, relations
    with parental responsibility, or who were invited, of whom neither stands.
    disagreed: number of an answer that does not agree, or not with all of it, to when it was given.
    """

    version_id: int = 0
    shared_at: datetime | None = None
    review_on: date | None = None
    proposal_id: int = 0
    sent_at: datetime | None = None
    own_answer: bool = False
    own_reason: bool = False
    family_answer: bool = False
    to_ask: tuple[int, ...] = ()
    disagreed: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutsideFacts:
    """A keyworker authorised outside the area's rules: from when, and the last day on which it stands."""

    id: int
    since: date
    until: date


class PhaseFacts(NamedTuple):
    """A phase for which an area may give a keyworker (`eligibility.PHASES`), as far as the family agreed to its being
    told: its first day, None where that is not known, and the first day after it, None while it goes on."""

    phase: str
    first: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class StepDownFacts:
    """Stepping down as it is planned now, while it goes on. has_lead: who stays afterwards is named already."""

    id: int
    starts_on: date
    ends_on: date
    steps: tuple[Step, ...] = ()
    has_lead: bool = False


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """The last time that keyworking was ended with everything written down.

    ended_on: the first day without a keyworker. reason: one of `stepping_down.REASONS`. asked: which of the questions
    afterwards, 1 and 2, have been sent.
    """

    id: int
    ended_on: date
    reason: str
    asked: tuple[int, ...] = ()


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
    actions: tuple[ActionFacts, ...] = ()
    contacts: ContactsFacts = ContactsFacts()
    promises: tuple[PromiseFacts, ...] = ()
    appointments: tuple[AppointmentFacts, ...] = ()
    capacity: tuple[CapacityFacts, ...] = ()
    plan: PlanFacts = PlanFacts()
    outside: OutsideFacts | None = None
    step_down: StepDownFacts | None = None
    ending: EndingFacts | None = None
    has_adult_lead: bool = False
    planned_reviews: tuple[PlannedReviewFacts, ...] = ()
    area_move: AreaMoveFacts | None = None
    teams: Mapping[str, int] = field(default_factory=dict)
    moved_out_at: datetime | None = None
    in_hospital: InHospitalFacts = NOTHING_KNOWN
    discharge_plan: tuple[DischargeFacts, ...] = ()
    review_reports: tuple[HeldReviewFacts, ...] = ()
    emergencies: EmergencyFacts | None = None
    concerns: CareFacts | None = None
    escalations: EscalationsFacts = EscalationsFacts()
    keyworking_also: tuple[PhaseFacts, ...] = ()
