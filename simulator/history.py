"""One person's history as data: at which moment who did what. Written in bulk, or replayed through operations.

People of the service are named by `Member`; things already said (an entry, a stay) by their number within the
person, counted from 1 in the order they were made.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple


class Member(NamedTuple):
    """Somebody of the service: the actor's id and name."""

    id: int
    name: str


@dataclass(slots=True)
class Add:
    known: dict[str, Any]


@dataclass(slots=True)
class Agree:
    answer: str
    basis: str
    decided_on: date | None
    evidenced: bool
    purpose: str = "register"


@dataclass(slots=True)
class Enter:
    listing: str
    entered_on: date
    reason: str


@dataclass(slots=True)
class Rate:
    entry: int
    colour: str
    because: str
    reasons: list[str] = field(default_factory=list)
    proposal: int = 0


@dataclass(slots=True)
class Decline:
    proposal: int
    because: str


@dataclass(slots=True)
class PlanReview:
    entry: int
    on: date


@dataclass(slots=True)
class Remove:
    entry: int
    on: date
    because: str


@dataclass(slots=True)
class Admit:
    kind: str
    place_name: str
    admitted_at: datetime
    legal_status: str
    values: dict[str, Any]


@dataclass(slots=True)
class Leave:
    """A discharge."""

    stay: int
    discharged_at: datetime
    destination: str


@dataclass(slots=True)
class Record:
    """Any other fact: `kind` names its model, as in `writing.table.MODELS`. `stay` is the number of a stay."""

    kind: str
    topic: int
    words: str
    values: dict[str, Any]
    happened_at: datetime | None = None
    stay: int = 0
    code: str = ""
    # Another fact of the person that this one belongs to: column, kind, number.
    of: tuple[str, str, int] | None = None


@dataclass(slots=True)
class Allocate:
    worker: Member
    from_date: date


@dataclass(slots=True)
class EndAllocation:
    number: int
    on: date


@dataclass(slots=True)
class AgreeAction:
    """Agreed, with its owner: who writes it down, or somebody without an account who is told by voice.

    `plan`: the number of the version of the plan in which it was agreed; 0 where it was agreed in a contact.
    """

    what: str
    topic: int
    owner: Member
    place_id: int
    place_name: str
    due_on: date
    how_known: str = ""
    plan: int = 0


@dataclass(slots=True)
class TakeStep:
    """A step in the life of an action. `values` are the columns that change with it."""

    action: int
    kind: str
    because: str = ""
    evidence: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class SendPlan:
    """A first plan, written and sent for approval. `parts`: what each part says, by kind and face."""

    parts: dict[str, dict[str, Any]]
    review_on: date


@dataclass(slots=True)
class SharePlan:
    """Approved by somebody else."""

    proposal: int


@dataclass(slots=True)
class Change:
    """Corrects what stands on the person's own row; never a name."""

    values: dict[str, Any]


@dataclass(slots=True)
class Offer:
    """The ICB that holds the person offers them to another."""

    icb_id: int
    icb_name: str
    because: str


@dataclass(slots=True)
class Accept:
    """Another ICB accepts the person. Their place on the register moves with them."""

    icb_id: int
    icb_name: str
    from_name: str


Step = (
    Add
    | Agree
    | Enter
    | Rate
    | Decline
    | PlanReview
    | Remove
    | Admit
    | Leave
    | Record
    | Allocate
    | EndAllocation
    | AgreeAction
    | TakeStep
    | SendPlan
    | SharePlan
    | Change
    | Offer
    | Accept
)


@dataclass(slots=True)
class Moment:
    """What one person of the service did in one recorded act."""

    at: datetime
    by: Member
    steps: list[Step]


@dataclass(slots=True)
class Life:
    """Everything that happened to one person, in the order it was recorded. `icb_id` is the first ICB."""

    number: int
    icb_id: int
    reference: str
    moments: list[Moment]
