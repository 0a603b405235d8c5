"""Notices that a stay makes due: to the council (Children Act 1989 section 85), and about the unit."""

from datetime import date
from typing import Any

from ..counting import as_utc, day_in_words, days_after, local_day, months_after
from ..facts import StayFacts
from ..in_hospital import NOTICE_OF
from ..rules import computes
from .reckoning import HOSPITAL, Reckoning, admitted_at
from .stays import under_18

#: Accommodation arranged by the NHS, for section 85.
NHS = frozenset({HOSPITAL, "acute_hospital"})


def notice_duties(r: Reckoning, stay: StayFacts, admitted: date) -> None:
    if stay.kind in NHS:
        _section_85(r, stay, admitted)
    if stay.unit_inadequate or any(ward.inadequate for ward in r.facts.in_hospital.wards_of(stay.id)):
        _inadequate_unit(r, stay)


@computes("s85_notice", "s85_warning")
def _section_85(r: Reckoning, stay: StayFacts, admitted: date) -> None:
    """At once when a stay this long is intended; else shown from the warning day, due when it is reached."""
    rule, reached = r.clock("s85_notice", admitted)
    left = local_day(stay.discharged_at) if stay.discharged_at else None
    intended = stay.intended_days is not None and days_after(admitted, stay.intended_days) >= reached
    if not under_18(r.facts, admitted if intended else reached):
        return
    if not intended and left is not None and left < reached:
        return
    why = (
        f"meant to last {stay.intended_days} days"
        if intended
        else f"{rule.length} are reached on {day_in_words(reached)}"
    )
    _notice(
        r,
        stay,
        rule,
        f"s85_notice:stay:{stay.number}",
        "Tell the council about the long stay",
        f"Under 18 and in hospital since {day_in_words(admitted)}, {why}.",
        due=admitted if intended else reached,
        breach=admitted if intended else reached,
        shows=admitted if intended else r.day("s85_warning", admitted),
    )
    if left is not None:
        _section_85_ends(r, stay, left)


@computes("s85_end_notice")
def _section_85_ends(r: Reckoning, stay: StayFacts, left: date) -> None:
    rule, due = r.clock("s85_end_notice", left)
    _notice(
        r,
        stay,
        rule,
        f"s85_end_notice:stay:{stay.id}",
        "Tell the council that the long stay has ended",
        f"The stay that the council had to be told about ended on {day_in_words(left)}.",
        due=due,
        breach=None,
        shows=left,
    )


@computes("inadequate_unit_notice")
def _inadequate_unit(r: Reckoning, stay: StayFacts) -> None:
    """From the first day in such a unit, whatever ward came after it."""
    begins = min(
        (as_utc(ward.from_at) for ward in r.facts.in_hospital.wards_of(stay.id) if ward.inadequate),
        default=admitted_at(stay),
    )
    rule, due = r.clock("inadequate_unit_notice", local_day(begins))
    left_to_tell = ", ".join(r.facts.in_hospital.still_to_tell(stay.id, "inadequate"))
    _notice(
        r,
        stay,
        rule,
        f"inadequate_unit_notice:stay:{stay.number}",
        "Tell the chief executive, the region and the host commissioner",
        f"In a unit rated inadequate since {day_in_words(local_day(begins))}; still to be told: {left_to_tell}.",
        due=due,
        breach=None,
        shows=begins,
    )


def _notice(
    r: Reckoning, stay: StayFacts, rule: Any, key: str, what: str, because: str, *, due: Any, breach: Any, shows: Any
) -> None:
    """Until everybody who has to be told of it was told."""
    if not r.facts.in_hospital.still_to_tell(stay.id, NOTICE_OF[key.split(":", 1)[0]]):
        return
    r.add(
        rule,
        key,
        what,
        because,
        due=due,
        breach=breach,
        shows=shows,
        ends=None if stay.discharged_at is None else months_after(local_day(stay.discharged_at), 12),
        owner=r.team("commissioning"),
        doing="record_stay_notice",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )
