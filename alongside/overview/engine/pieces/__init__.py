"""Facts that few people have: each is read only for whom it is marked.

A piece is a field of `PersonFacts`; `NAME.sql` beside this reads it and `NAME.py` turns what was read into it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.overview.engine.pieces.area_move import area_move
from alongside.overview.engine.pieces.concerns import care
from alongside.overview.engine.pieces.discharge_plan import discharge_plan
from alongside.overview.engine.pieces.emergencies import emergencies
from alongside.overview.engine.pieces.escalations import escalations
from alongside.overview.engine.pieces.in_hospital import in_hospital
from alongside.overview.engine.pieces.keyworking_also import keyworking_also
from alongside.overview.engine.pieces.planned_reviews import planned_reviews
from alongside.overview.engine.pieces.review_reports import review_reports
from alongside.policy.keyworker_eligibility import PHASE_OF


@dataclass(frozen=True, slots=True)
class Piece:
    """How a piece becomes its facts, and who has it: whoever has a row in one of these tables, in whole or where so."""

    become: Callable[[Any], Any]
    tables: tuple[str, ...]
    where: Mapping[str, str] = field(default_factory=dict)


#: By the name of the field. Called only where the person has such a thing.
PIECES = {
    "area_move": Piece(area_move, ("moving_areamove",)),
    "concerns": Piece(
        care,
        (
            "concerns_concern",
            "concerns_dispute",
            "concerns_funding",
            "concerns_placementnotice",
            "concerns_qualityvisit",
            "people_lifeevent",
        ),
        {"people_lifeevent": "n.kind = 'placement_notice'"},
    ),
    "discharge_plan": Piece(discharge_plan, ("hospital_stay",)),
    "emergencies": Piece(
        emergencies, ("emergency_emergencymeeting", "emergency_emergencydraft", "emergency_crisislog")
    ),
    "escalations": Piece(escalations, ("escalation_escalation", "escalation_refusal")),
    "in_hospital": Piece(in_hospital, ("hospital_stay",)),
    "keyworking_also": Piece(
        keyworking_also,
        ("people_circumstance", "register_entryanswers"),
        {
            "people_circumstance": f"n.kind in ({', '.join(map(repr, PHASE_OF))})",
            "register_entryanswers": "n.tool = 'two_of_four'",
        },
    ),
    "planned_reviews": Piece(planned_reviews, ("reviews_plannedreview",)),
    "review_reports": Piece(review_reports, ("reviews_writeup",)),
}


def text_of(name: str) -> str:
    """The subselect that reads a piece of one person: `p` is the person, `w.ids` their rows."""
    return (Path(__file__).parent / f"{name}.sql").read_text()
