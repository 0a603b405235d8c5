"""What rules know of a stay beyond the stay itself: its wards, who was told, visits, leave, segregation. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

#: Who has to be told of what (policy reference 7.2, 7.6, rows 20 to 23): kind of notice to bodies, in words.
BODIES: dict[str, dict[str, str]] = {
    "s85": {"council": "the council’s director of children’s services"},
    "s85_end": {"council": "the council’s director of children’s services"},
    "inadequate": {
        "chief_executive": "the ICB’s chief executive",
        "region": "NHS England’s regional team",
        "host": "the host commissioner",
    },
    "adult_ward": {"cqc": "the Care Quality Commission"},
}
#: The kind of notice that a duty asks for, by the start of the duty's key.
NOTICE_OF = {
    "s85_notice": "s85",
    "s85_end_notice": "s85_end",
    "inadequate_unit_notice": "inadequate",
    "adult_ward_notice": "adult_ward",
}


@dataclass(frozen=True, slots=True)
class WardFacts:
    """An adult ward, or one of a unit rated inadequate. `to_at` None: they are still on it."""

    stay_id: int
    adult: bool
    inadequate: bool
    from_at: datetime
    to_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SegregationFacts:
    """Long-term segregation that goes on, and when somebody of each kind last looked at it."""

    id: int
    stay_id: int
    from_at: datetime
    clinician_at: datetime | None = None
    team_at: datetime | None = None
    external_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeaveFacts:
    """Leave from which nobody came back yet. `back_by` None: absent, and nobody knows until when."""

    id: int
    stay_id: int
    from_at: datetime
    back_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class InHospitalFacts:
    """told: (stay, kind of notice, body). visits: (stay, the last one face to face). unknown: open stays of which the
    keyworker of then has not said that they know, with when each was recorded. lengthened: stays in a place of safety
    whose time a doctor lengthened."""

    told: frozenset[tuple[int, str, str]] = frozenset()
    visits: tuple[tuple[int, datetime], ...] = ()
    unknown: tuple[tuple[int, datetime], ...] = ()
    wards: tuple[WardFacts, ...] = ()
    segregations: tuple[SegregationFacts, ...] = ()
    leaves: tuple[LeaveFacts, ...] = ()
    lengthened: frozenset[int] = frozenset()

    def still_to_tell(self, stay_id: int, kind: str) -> list[str]:
        """Bodies, in words, that nobody has told yet."""
        return [words for body, words in BODIES[kind].items() if (stay_id, kind, body) not in self.told]

    def wards_of(self, stay_id: int) -> Iterator[WardFacts]:
        return (ward for ward in self.wards if ward.stay_id == stay_id)


NOTHING_KNOWN = InHospitalFacts()
