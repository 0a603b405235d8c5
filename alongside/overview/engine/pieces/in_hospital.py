"""What the rules know of a stay beyond the stay itself, from what `in_hospital.sql` gives of it."""

from datetime import datetime
from typing import Any

from alongside.policy.in_hospital import InHospitalFacts, LeaveFacts, SegregationFacts, WardFacts

Row = list[Any]


def in_hospital(values: list[list[Row] | None]) -> InHospitalFacts:
    """Seven lists in the order of the piece; None for one that is empty."""
    told, visits, unknown, wards, segregations, leaves, lengthened = (rows or [] for rows in values)
    return InHospitalFacts(
        told=frozenset((stay, kind, body) for stay, kind, body in told),
        visits=tuple((stay, _at(at)) for stay, at in visits),
        unknown=tuple((stay, _at(at)) for stay, at in unknown),
        wards=tuple(
            WardFacts(stay, adult, inadequate, _at(first), _maybe(last))
            for stay, adult, inadequate, first, last in wards
        ),
        segregations=tuple(
            SegregationFacts(key, stay, _at(first), _maybe(clinician), _maybe(team), _maybe(external))
            for key, stay, first, clinician, team, external in segregations
        ),
        leaves=tuple(LeaveFacts(key, stay, _at(first), _maybe(by)) for key, stay, first, by in leaves),
        lengthened=frozenset(stay for (stay,) in lengthened),
    )


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
