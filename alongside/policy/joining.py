"""The facts of one person with the hospital stays of one spell told as one stay (`spells.join_spells`)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from .counting import local_day
from .discharging import DischargeFacts
from .facts import PersonFacts, StayFacts
from .in_hospital import InHospitalFacts, WardFacts
from .spells import Time, join_spells

#: Kinds of stay in which a person is a mental health inpatient.
HOSPITAL = "mental_health_hospital"


def time_of(stay: StayFacts) -> Time:
    """A stay by its days in England; ValueError for one without a day of admission."""
    if stay.admitted_at is None:
        raise ValueError("The stay has no day of admission.")
    left = local_day(stay.discharged_at) if stay.discharged_at else None
    return Time(stay.id, local_day(stay.admitted_at), left, stay.went)


def join_stays(facts: PersonFacts) -> PersonFacts:
    """The same facts with hospital stays of one spell told as one stay.

    It has the number of the last of them, which is where they are; `earlier` says the others. It began with the first
    admission, and what was held, visited, told or planned in any of them counts for it.
    """
    stays = {one.id: one for one in facts.stays if one.kind == HOSPITAL and one.admitted_at is not None}
    if len(stays) < 2:
        return facts
    joined = [
        sorted((stays[number] for number in spell.ids), key=_last_in)
        for spell in join_spells(map(time_of, stays.values()))
        if len(spell.ids) > 1
    ]
    for parts in joined:
        facts = _with_one(facts, parts)
    return facts


def _last_in(stay: StayFacts) -> tuple[date, date, int]:
    time = time_of(stay)
    return time.left or date.max, time.admitted, time.id


def _with_one(facts: PersonFacts, parts: list[StayFacts]) -> PersonFacts:
    """`parts` are the stays of one spell, the one that they are in, or were in last, at the end."""
    last = parts[-1]
    into = {part.id: last.id for part in parts}
    one = _as_one(parts)
    return replace(
        facts,
        stays=tuple(
            one if stay.id == last.id else stay for stay in facts.stays if into.get(stay.id, 0) in (0, stay.id)
        ),
        reviews=tuple(_moved(row, into) for row in facts.reviews),
        planned_reviews=tuple(_moved(row, into) for row in facts.planned_reviews),
        in_hospital=_inside(facts.in_hospital, parts, into),
        discharge_plan=_planned(facts.discharge_plan, parts),
    )


def _moved(row: Any, into: dict[int, int]) -> Any:
    return replace(row, stay_id=into[row.stay_id]) if row.stay_id in into else row


def _as_one(parts: list[StayFacts]) -> StayFacts:
    last, first = parts[-1], min(parts, key=lambda part: (time_of(part).admitted, part.id))
    begins = time_of(first).admitted
    meant = [time_of(part).admitted + timedelta(part.intended_days) for part in parts if part.intended_days is not None]
    earlier = sorted((part for part in parts if part is not last), key=lambda part: (time_of(part).admitted, part.id))
    return replace(
        last,
        admitted_at=first.admitted_at,
        earlier=tuple(part.id for part in earlier),
        intended_days=(max(meant) - begins).days if meant else None,
        registered_before=first.registered_before,
        legal=tuple(
            replace(status, to_at=part.discharged_at) if status.to_at is None else status
            for part in parts
            for status in part.legal
        ),
    )


def _inside(known: InHospitalFacts, parts: list[StayFacts], into: dict[int, int]) -> InHospitalFacts:
    """That a long stay ended was told of the last stay alone: an earlier one ended as nothing."""
    last = parts[-1]
    told = {
        (into.get(stay, stay), kind, body)
        for stay, kind, body in known.told
        if kind != "s85_end" or into.get(stay, stay) == stay
    }
    return replace(
        known,
        told=frozenset(told),
        visits=tuple((into.get(stay, stay), at) for stay, at in known.visits),
        wards=(
            *(ward for ward in known.wards if ward.stay_id not in into),
            *(replace(ward, stay_id=last.id) for part in parts for ward in _wards(known, part)),
        ),
    )


def _wards(known: InHospitalFacts, part: StayFacts) -> list[WardFacts]:
    """Its wards that rules ask about, each with its end; one for the whole stay where only the stay says so."""
    found = [replace(ward, to_at=ward.to_at or part.discharged_at) for ward in known.wards_of(part.id)]
    assert part.admitted_at is not None
    if not found and (part.adult_ward or part.unit_inadequate):
        found = [WardFacts(part.id, part.adult_ward, part.unit_inadequate, part.admitted_at, part.discharged_at)]
    return found


def _planned(plans: tuple[DischargeFacts, ...], parts: list[StayFacts]) -> tuple[DischargeFacts, ...]:
    """What is known of leaving, under the last stay; what was to change after an earlier one stays under that."""
    numbers = [part.id for part in parts]
    known = {plan.stay_id: plan for plan in plans if plan.stay_id in numbers}
    if not known:
        return plans
    own = [known[number] for number in numbers if number in known]
    said = next((plan for plan in reversed(own) if plan.said_on is not None), own[-1])
    whole = replace(
        known.get(numbers[-1], DischargeFacts(numbers[-1])),
        planned=any(plan.planned for plan in own),
        expected_on=said.expected_on,
        said_on=said.said_on,
        root_cause=any(plan.root_cause for plan in own),
        looked_back=any(plan.looked_back for plan in own),
    )
    return (*(plan for plan in plans if plan.stay_id != whole.stay_id), whole)
