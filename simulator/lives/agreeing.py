"""What is agreed with the people whom keyworkers walk alongside now: a plan, actions, promises; and exceptions.

Only what stands now and what led to it; a life itself is not changed by it.
"""

from datetime import datetime, timedelta

from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words
from simulator.history import AgreeAction, Member, Moment, Record, SendPlan, SharePlan, Step, TakeStep
from simulator.lives.living import Living, local

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Of a hundred with a keyworker: who has a plan, and whose was not looked at again in time.
PLANNED, FORGOTTEN = 0.85, 0.06
#: What a plan says, by part. Words of nobody in particular.
PLAN = {
    "story": ("I have moved a lot. I do not want to tell it again.", "Please read this, so I need not say it."),
    "matters": ("To be asked first. To know who comes. Time alone after school.", "My dog, my room, my sister."),
    "helps": ("A quiet room. Somebody who waits. Music.", "A walk. No questions for a while."),
    "crisis": (
        "Say little. Turn down light and sound. One person stays. Ring the family first.",
        "Give space. Say what happens next and when. Do not hold.",
    ),
}
EASY = [["plans/quiet", "Make it quiet."], ["letters/talk", "One person talks."]]
#: By whose work: what it is about, what is agreed, and how it will be known.
ACTIONS: dict[str, tuple[tuple[Topic, str, str], ...]] = {
    "keyworker": (
        (Topic.HEALTH, "Ask the clinic for a first appointment of the day.", "The letter with the time is there."),
        (Topic.KEYWORKING, "Find a climbing group that takes beginners.", "They have been there once."),
    ),
    "school": (
        (Topic.EDUCATION, "A quiet room at lunch, with somebody they know.", "They use it on most days."),
        (Topic.EDUCATION, "A timetable for mornings only, until half term.", "It is on paper, and they have it."),
    ),
    "council": (
        (Topic.SOCIAL_CARE, "Ask for a short break close to home.", "The family has a date."),
        (Topic.SOCIAL_CARE, "Say who pays for the taxi to school.", "The taxi comes."),
    ),
}
#: What came of an action, in shares of a hundred.
CAME_OF_IT = (("open", 34), ("done", 36), ("unanswered", 9), ("blocked", 8), ("said", 8), ("refused", 5))
PROMISED = (
    ("The school nurse", "to ring the family back"),
    ("The housing officer", "to look at the damp"),
    ("A youth worker", "to ask about the boxing club"),
)


def agree_and_plan(living: Living) -> None:
    """After everything else, so that it changes nothing of the life itself."""
    if not living.agreed or not living.entries or living.entry.removed_on is not None:
        return
    held = [one for one in living.allocations if one.to_date is None]
    worker = living.keyworker()
    if worker is not None and held and held[-1].from_date is not None:
        named = datetime.combine(held[-1].from_date, datetime.min.time(), living.now.tzinfo) + DAY + 9 * HOUR
        version = _plan(living, worker, named)
        _actions(living, worker, named, version)
        _promise(living, worker, named)
    elif not held:
        _exception(living)
    living.life.moments.sort(key=lambda moment: moment.at)


def _at(living: Living, at: datetime, by: Member, *steps: Step) -> bool:
    """Somebody does this at that moment; not when it is still to come."""
    if at < living.now:
        living.life.moments.append(Moment(at, by, list(steps)))
    return at < living.now


def _plan(living: Living, worker: Member, named: datetime) -> datetime | None:
    """A plan that was shared in the last weeks, and what the young person said to it. When it was shared."""
    random = living.random
    ago = random.randrange(1, 80) * (2 if random.random() < FORGOTTEN else 1)
    sent = max(named + random.randrange(10, 25) * DAY, living.now - ago * DAY)
    if random.random() > PLANNED:
        return None
    parts = {kind: {"words": random.choice(words)} for kind, words in PLAN.items()}
    parts["crisis"] |= {"easy": EASY}  # type: ignore[dict-item]
    if not _at(living, sent, worker, SendPlan(parts, local(sent + 77 * DAY))):
        return None
    shared = sent + random.randrange(4, 50) * HOUR
    if not _at(living, shared, random.choice(living.area.staff["manager"]), SharePlan(1)):
        return None
    _answer(living, worker, shared + random.randrange(1, 9) * DAY)
    return shared


def _answer(living: Living, worker: Member, at: datetime) -> None:
    draw, known = living.random.random(), living.life.moments[0].steps[0].known  # type: ignore[union-attr]
    answer, said = ("partly", "Not the part about school.") if draw < 0.05 else ("agree", "")
    told = living.record(
        "plananswer",
        Topic.KEYWORKING,
        "The young person said what they think of the plan.",
        voice="young_person",
        relation_id=None,
        name=known["preferred_name"] or known["given_name"],
        answer=answer,
        said=said,
        how="told",
        parts_read=list(PLAN),
    )
    told.code, told.of = "plan.answered", ("version_id", "planversion", 1)
    _at(living, at, worker, told)


def _actions(living: Living, worker: Member, named: datetime, shared: datetime | None) -> None:
    """Up to three, numbered in the order in which they were agreed."""
    random = living.random
    many = random.choice((0, 1, 2, 2, 3))
    agreed = sorted(living.now - random.randrange(3 * 24, 75 * 24) * HOUR for _ in range(many))
    for number, at in enumerate((one for one in agreed if one > named), 1):
        of_plan = 1 if shared is not None and at > shared else 0
        _action(living, worker, number, at, of_plan)


def _action(living: Living, worker: Member, number: int, at: datetime, plan: int) -> None:
    random = living.random
    owner, place_id, place, kind = random.choice([_own(living, worker), *living.area.owners])
    topic, what, known = random.choice(ACTIONS[kind])
    came = random.choices([name for name, _ in CAME_OF_IT], [share for _, share in CAME_OF_IT])[0]
    mine = owner.id == worker.id
    due = local(at) + timedelta(days=random.randrange(14, 56))
    if came != "done" and due < local(living.now) and random.random() > FORGOTTEN:
        due = local(living.now) + timedelta(days=random.randrange(2, 40))
    _at(living, at, worker, AgreeAction(what, topic.value, owner, place_id, place, due, known, plan))
    if came == "unanswered" and not mine:
        return
    at += random.randrange(20, 70) * HOUR
    if came == "refused" and not mine:
        _at(living, at, worker, TakeStep(number, "refused", because="Another team does this."))
        return
    if not mine and not _at(living, at, worker, TakeStep(number, "accepted")):
        return
    _come_of_it(living, worker, number, came, at + random.randrange(1, 30) * DAY, mine=mine)


def _own(living: Living, worker: Member) -> tuple[Member, int, str, str]:
    return worker, living.area.id, living.area.name, "keyworker"


def _come_of_it(living: Living, worker: Member, number: int, came: str, at: datetime, *, mine: bool) -> None:
    """Blocked, said to be done, or done, which somebody else than its owner confirms."""
    if came == "blocked":
        values = {"waits_for": "money", "amount": 900, "who_decides": "The panel of the council"}
        _at(living, at, worker, TakeStep(number, "blocked", because="The money is not agreed.", values=values))
    elif came in ("said", "done"):
        said = TakeStep(number, "said_done", evidence="They rang, and the family says so too.")
        by = living.random.choice(living.area.staff["manager"]) if mine else worker
        if _at(living, at, worker, said) and came == "done":
            _at(living, at + living.random.randrange(2, 90) * HOUR, by, TakeStep(number, "confirmed"))


def _promise(living: Living, worker: Member, named: datetime) -> None:
    """One in six is promised something by somebody, which is not over yet."""
    random = living.random
    at = living.now - random.randrange(24, 400) * HOUR
    if random.random() > 0.17 or at < named:
        return
    who, what = random.choice(PROMISED)
    by_date = local(at) + timedelta(days=random.randrange(7, 30))
    words = f"{who} said they would do something by {day_in_words(by_date)}."
    noted = living.record("promise", Topic.KEYWORKING, words, who=who, what=what, by_date=by_date)
    noted.code = "promise.noted"
    _at(living, at, worker, noted)


def _exception(living: Living) -> None:
    """One in fifty of those whom the rules give no keyworker is given one by name, for some months."""
    random = living.random
    at = living.now - random.randrange(24, 40 * 24) * HOUR
    decided = [one.colour for one in living.entry.ratings if one.state == "decided"]
    if random.random() > 0.02 or at <= living.last or decided[-1:] != ["green"]:
        return
    until = local(at) + timedelta(days=random.randrange(45, 180))
    by = random.choice(living.area.staff["manager"])
    because = "Not sleeping since the move; the family asked for one person to turn to."
    words = f"{by.name} authorised a keyworker outside the rules until {day_in_words(until)}: {because}"
    known = {"authorised_by": by.name, "authorised_post": "Keyworking manager", "because": because, "until": until}
    allowed: Record = living.record("outsiderules", Topic.KEYWORKING, words, **known)
    allowed.code = "outside_rules.allowed"
    _at(living, at, by, allowed)
