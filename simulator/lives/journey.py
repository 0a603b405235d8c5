"""From the day somebody comes to a register until today: reviews about when they are due, and what life brings."""

from datetime import date, datetime, timedelta
from random import Random

from alongside.foundation.topics import Topic
from simulator import invented
from simulator.history import (
    Accept,
    Change,
    Decline,
    EndAllocation,
    Enter,
    Life,
    Offer,
    PlanReview,
    Rate,
    Remove,
    Step,
)
from simulator.lives.agreeing import agree_and_plan
from simulator.lives.answering import answer_what_was_due
from simulator.lives.arriving import allocate_soon, arrive, circumstance, drawn, rate_first
from simulator.lives.contacts import keep_in_touch
from simulator.lives.hospital import stay_in_hospital
from simulator.lives.inside import write_inside
from simulator.lives.living import Living, Over, local
from simulator.lives.planning import plan_a_review
from simulator.world import Area

# What a review decides, by the colour before: shares of a hundred. Not evidence: chosen so that an area's
# register settles at about a tenth red and a third amber.
MOVES = {
    "red": (("red", 62), ("amber", 38)),
    "amber": (("red", 3), ("amber", 84), ("green", 13)),
    "green": (("red", 2), ("amber", 18), ("green", 80)),
}
# Of a hundred reviews, after how many an admission came first; and something that happened.
ADMISSIONS = {"red": 4, "amber": 0.9, "green": 1.5}
EVENTS = {"red": 16, "amber": 7, "green": 18}
HAPPENS = (
    ("ae_crisis", 22),
    ("police", 10),
    ("exclusion", 10),
    ("placement_notice", 9),
    ("placement_move", 9),
    ("staff_change", 16),
    ("bereavement", 5),
    ("self_harm", 12),
    ("crisis_team", 7),
)
EVENT_TOPIC = {
    "police": Topic.JUSTICE,
    "exclusion": Topic.EDUCATION,
    "placement_notice": Topic.PLACEMENT,
    "placement_move": Topic.PLACEMENT,
}
REMOVED = (("risk_low", 90), ("not_confirmed", 10))


def simulate_life(
    number: int,
    *,
    seed: str,
    areas: list[Area],
    area: Area,
    nhs_number: str | None,
    reference: str,
    now: datetime,
    years: float,
) -> Life:
    """The life of the `number`th person. The same arguments give the same life."""
    random = Random(f"{seed}:{number}")
    life = Life(number, area.id, reference, [])
    living = Living(random, areas, area, now, life)
    # A square root makes more arrivals recent: registers have grown.
    days_ago = years * 365 * (1 - random.random() ** 0.5)
    start = living.office_hours((now - timedelta(days=days_ago + 1)).date())
    try:
        arrive(living, start, nhs_number)
        _go_on(living)
    except Over:
        pass
    answer_what_was_due(living)
    keep_in_touch(living)
    agree_and_plan(living)
    write_inside(living)
    plan_a_review(living)
    return life


def _go_on(living: Living) -> None:
    while True:
        _until_next_review(living)
        green = [r.colour for r in living.entry.ratings if r.state == "decided"][-3:] == ["green"] * 3
        draw = living.random.random()
        if green and draw < 0.22:
            _leave_register(living, drawn(living, REMOVED))
            _come_back(living)
        elif draw > 0.997 and len(living.areas) > 1:
            _move(living)
        elif draw < 0.0004:
            _die(living)
        elif not living.agreed and draw < 0.3:
            living.act(
                living.last + timedelta(days=2),
                living.coordinator(),
                living.yes_on(local(living.last + timedelta(days=2))),
            )
            allocate_soon(living)


def _until_next_review(living: Living) -> None:
    """One round: what happens before the next review, then the review, about when it is due."""
    colour, begins = _colour_now(living)
    due = living.due_day(f"register_review_{colour or 'red'}", local(begins))
    day = due + timedelta(days=living.lateness())
    length = max((day - local(begins)).days, 1)
    chance = living.random.random() * 100
    proposal = 0
    if colour and chance < ADMISSIONS[colour]:
        stay_in_hospital(living, living.office_hours(local(begins) + timedelta(days=length * living.random.random())))
        return
    if chance > 100 - EVENTS.get(colour, 0) and length > 2:
        proposal = _something_happens(living, begins + timedelta(days=living.random.random() * (length - 1)))
    _review(living, living.office_hours(day), colour, proposal)


def _colour_now(living: Living) -> tuple[str, datetime]:
    decided = [r for r in living.entry.ratings if r.state == "decided"]
    return (decided[-1].colour, decided[-1].rated_at or living.last) if decided else ("", living.last)


def _review(living: Living, at: datetime, colour: str, proposal: int) -> None:
    random, entry = living.random, living.entry
    new = drawn(living, MOVES.get(colour, MOVES["amber"]))
    by = living.decider()
    steps: list[Step] = []
    if proposal:
        proposed = next(r.colour for r in entry.ratings if r.id == proposal)
        if random.random() < 0.7:
            new = proposed
        else:
            # Decided before the review's own rating, so that the numbers of the ratings stay in order.
            at = living.act(at, by, Decline(proposal, "Looked at together: what is in place is holding."))
            living.declined(entry, proposal)
            proposal = 0
    steps.append(Rate(entry.number, new, random.choice(invented.BECAUSE[new]), proposal=proposal))
    steps += plan_next(living, new, at)
    living.act(at, by, *steps)


def plan_next(living: Living, colour: str, at: datetime) -> list[Step]:
    """For red the day of the next review is planned at once, nine times in ten."""
    if colour != "red" or living.random.random() > 0.9:
        return []
    return [PlanReview(living.entry.number, living.due_day("register_review_red", local(at)))]


def _something_happens(living: Living, at: datetime) -> int:
    """A life event, told some hours later; the number of the rating that it made a rule propose, or 0."""
    kind = drawn(living, HAPPENS)
    words = f"{kind.replace('_', ' ').capitalize()} was recorded."
    event = living.record(
        "lifeevent",
        EVENT_TOPIC.get(kind, Topic.HEALTH),
        words.replace("Ae crisis", "A&E in crisis"),
        at,
        kind=kind,
        severity=living.random.randrange(1, 5),
        source=living.random.choice(("Family", "School", "Police", "CAMHS", "Placement")),
    )
    steps: list[Step] = [event]
    if kind == "exclusion":
        steps.append(circumstance(living, "excluded", local(at)))
    living.act(at + timedelta(hours=living.random.randrange(1, 20)), living.coordinator(), *steps)
    return next((r.id for r in living.entry.ratings if r.state == "proposed"), 0)


def _let_go(living: Living, on: date) -> list[Step]:
    return [EndAllocation(held.id, on) for held in living.allocations if held.to_date is None]


def _leave_register(living: Living, because: str) -> None:
    at = living.last + timedelta(minutes=30)
    on = local(at)
    living.act(at, living.decider(), *_let_go(living, on), Remove(living.entry.number, on, because))


def _come_back(living: Living) -> None:
    """One in six comes back some months later; for the others the story ends here."""
    if living.random.random() > 0.17:
        raise Over
    at = living.last + timedelta(days=living.random.randrange(40, 300))
    listing = living.entry.listing
    _enter_again(living, at, listing, "Came back: risk is up again.")


def _enter_again(living: Living, at: datetime, listing: str, reason: str) -> None:
    at = living.act(at, living.coordinator(), Enter(listing, local(at), reason))
    rate_first(living, at)
    allocate_soon(living)


def _move(living: Living) -> None:
    """Offered to another ICB, accepted some days later; on the register without a gap."""
    old = living.area
    new = living.random.choice([area for area in living.areas if area is not old])
    at = living.act(
        living.last + timedelta(minutes=30), living.decider(), Offer(new.id, new.name, "The family has moved house.")
    )
    living.area = new
    at = at + timedelta(days=living.random.randrange(1, 12))
    try:
        living.act(at, living.coordinator(), Accept(new.id, new.name, old.name))
    except Over:
        living.area = old
        raise
    allocate_soon(living)


def _die(living: Living) -> None:
    at = living.last + timedelta(days=living.random.randrange(1, 30))
    living.died_on = local(at)
    living.act(
        at,
        living.decider(),
        Change({"died_on": living.died_on}),
        *_let_go(living, living.died_on),
        Remove(living.entry.number, living.died_on, "died"),
    )
    raise Over
