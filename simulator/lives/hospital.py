"""A time in hospital: admission, reviews while there, visits, discharge, and the contact afterwards."""

from datetime import datetime, timedelta

from alongside.features.reviews.models import Review
from alongside.foundation.topics import Topic
from alongside.policy.counting import birthday
from simulator import invented
from simulator.history import Admit, Leave, Rate, Record
from simulator.lives.living import Living, local

# How long a section 2 can last; a longer stay is informal or under section 3.
SECTION_2_DAYS = 28


def stay_in_hospital(living: Living, admitted: datetime) -> None:
    """From admission to the first review after discharge; told to the register within a day or so."""
    random = living.random
    if admitted <= living.last:
        admitted = living.last + timedelta(hours=2)
    days = max(2, int(random.lognormvariate(3.9, 0.8)))
    legal = "02" if days < SECTION_2_DAYS and random.random() < 0.4 else ("03" if random.random() < 0.2 else "01")
    day = local(admitted)
    grown = living.birth_date is not None and birthday(living.birth_date, 18) <= day
    place = random.choice(living.area.units)
    living.act(
        admitted + timedelta(hours=random.randrange(1, 30)),
        living.coordinator(),
        Admit(
            "mental_health_hospital",
            place,
            admitted,
            legal,
            {
                "security": random.choices(("none", "low", "medium", ""), (80, 10, 4, 6))[0],
                "adult_ward": grown or random.random() < 0.02,
                "registered_before": True,
                "reason": "Could not be kept safe at home.",
            },
        ),
    )
    number = len(living.stays)
    _while_there(living, number, admitted, admitted + timedelta(days=days))
    left = admitted + timedelta(days=days)
    if left <= living.last:
        left = living.last + timedelta(hours=1)
    living.act(
        left + timedelta(hours=random.randrange(1, 26)),
        living.coordinator(),
        Leave(number, left, random.choice(("Home", "Home", "Foster carers", "Residential placement"))),
    )
    _afterwards(living, number, left)


def _while_there(living: Living, stay: int, admitted: datetime, left: datetime) -> None:
    """Colour looked at monthly, a C(E)TR soon and then every few months, visits every few weeks."""
    plans = [(days, "post_admission") for days in (living.random.randrange(9, 30),)]
    plans += [(days, "inpatient") for days in range(95, 900, 88)]
    plans += [(days, "oversight_visit") for days in range(38, 900, 41)]
    plans += [(days, "rating") for days in range(29, 900, 29)]
    for days, what in sorted(plans):
        at = living.office_hours(local(admitted) + timedelta(days=days))
        if at >= left - timedelta(days=1):
            return
        if what == "rating":
            living.act(
                at,
                living.decider(),
                Rate(living.entry.number, "blue", living.random.choice(invented.BECAUSE["blue"])),
            )
        elif living.random.random() < 0.95:
            living.act(at, living.coordinator(), review(living, what, at - timedelta(hours=2), stay))


def review(living: Living, kind: str, held: datetime, stay: int = 0) -> Record:
    """A review or visit that was held."""
    topic = {"ehc_plan": Topic.EDUCATION, "oversight_visit": Topic.HOSPITAL}.get(kind, Topic.REVIEW)
    words = f"{Review.Kind(kind).label} was held."
    found = living.record("review", topic, words, held, stay, kind=kind, held_at=held, chair="")
    found.code = "review.held"
    return found


def _afterwards(living: Living, stay: int, left: datetime) -> None:
    """Contact within days, and red for as long as the rule says."""
    for days in (2, 6, 13):
        at = living.office_hours(local(left) + timedelta(days=days))
        if living.random.random() < 0.93:
            living.act(
                at,
                living.keyworker() or living.coordinator(),
                review(living, "post_discharge", at - timedelta(hours=1), stay),
            )
    until = living.due_day("post_discharge_red", local(left))
    day = local(left) + timedelta(days=14)
    while day <= until:
        living.act(
            living.office_hours(day),
            living.decider(),
            Rate(living.entry.number, "red", living.random.choice(invented.BECAUSE["red"])),
        )
        day += timedelta(days=7)
    # The last of them stands until the floor is over; the next review is free to decide.
    day = max(day, until + timedelta(days=1))
    living.act(
        living.office_hours(day + timedelta(days=1)),
        living.decider(),
        Rate(living.entry.number, "amber", "Home for some weeks now and holding."),
    )
