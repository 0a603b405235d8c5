"""What is written down of a stay beside its beginning and end: who knows, the plan to leave, why it came, how it ended.

Of a few it is not written down, so that something is due.
"""

from datetime import datetime, timedelta

from alongside.foundation.topics import Topic
from simulator.history import Leave, Member, Moment, Record
from simulator.lives.living import Living, local

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Of a hundred times, how often it is written down in time.
WRITTEN = 0.88
CLOSURE = {"Home": "family_home", "Foster carers": "foster_care", "Residential placement": "residential_school"}
LEADS = ("Sister Bea Amadi", "Dr Ines Falk", "Omar Reid", "Joy Adeyemi")
FOUND = (
    "It came within a day. Nobody rang the keyworker, because the number on the card was an old one.",
    "Everybody knew that it got worse, and each waited for the other to ask for a review.",
    "The crisis house was full, and no other way to be safe at home was found in the night.",
)


def write_inside(living: Living) -> None:
    """After the life itself, which it does not change."""
    left = {
        step.stay: (moment.at, step.destination)
        for moment in living.life.moments
        for step in moment.steps
        if isinstance(step, Leave)
    }
    for stay in living.stays:
        told = living.made_at["stay", stay.id]
        _why_it_came(living, stay.id, told + living.random.randrange(8, 18) * DAY)
        if stay.id in left:
            at, where = left[stay.id]
            _how_it_ended(living, stay.id, at + living.random.randrange(2, 20) * HOUR, where)
        else:
            _who_knows(living, stay.id, told + living.random.randrange(1, 6) * HOUR)
            _to_leave(living, stay.id, told + living.random.randrange(3, 60) * HOUR)
    living.life.moments.sort(key=lambda moment: moment.at)


def _write(living: Living, at: datetime, fact: Record, by: Member | None = None) -> None:
    """By whoever holds the area's register then; not what is still to come."""
    if at < living.now:
        staff = living.area_at(at).staff["coordinator"]
        living.life.moments.append(Moment(at, by or living.random.choice(staff), [fact]))


def _happens(living: Living) -> bool:
    return living.random.random() < WRITTEN


def _why_it_came(living: Living, stay: int, at: datetime) -> None:
    if _happens(living):
        said = {
            "on_register": "yes",
            "review_possible": "no",
            "no_review": "too_fast",
            "known_to": ["mental_health", "education"],
            "found": living.random.choice(FOUND),
            "done_by": living.random.choice(LEADS),
        }
        words = "Why they were admitted was looked into."
        _write(living, at, living.record("rootcause", Topic.HOSPITAL, words, None, stay, **said))


def _how_it_ended(living: Living, stay: int, at: datetime, where: str) -> None:
    if _happens(living):
        said = {"closure": CLOSURE[where], "where_to": where, "support_by": "The home treatment team"}
        words = "What happens after leaving was written down."
        _write(living, at, living.record("leaving", Topic.HOSPITAL, words, None, stay, **said))


def _who_knows(living: Living, stay: int, at: datetime) -> None:
    worker = living.keyworker()
    held = [one.from_date for one in living.allocations if one.to_date is None and one.from_date is not None]
    if worker is not None and held and held[-1] < local(at) and living.agreed and _happens(living):
        words = "The keyworker knows of the admission."
        known = living.record("admissionknown", Topic.HOSPITAL, words, None, stay, keyworker_id=worker.id)
        _write(living, at, known, worker)


def _to_leave(living: Living, stay: int, at: datetime) -> None:
    if not _happens(living):
        return
    lead = {"lead_name": living.random.choice(LEADS), "lead_post": "Ward manager", "lead_organisation": "The ward"}
    words = "Planning to leave hospital began."
    plan = living.record("dischargeplan", Topic.HOSPITAL, words, None, stay, where_to="Home", **lead)
    _write(living, at, plan)
    if _happens(living):
        expected = local(living.now) + living.random.randrange(-3, 70) * DAY
        words = "The day on which they are to leave was said."
        on = living.record("dischargedate", Topic.HOSPITAL, words, None, stay, expected_on=expected, because="")
        _write(living, at + 2 * DAY, on)
        key = f"return_update:stay:{stay}:of:{local(at + 2 * DAY).isoformat()}"
        said = {"duty_key": key, "rule_key": "return_update", "answer": "done", "because": ""}
        words = "The national record is up to date: done."
        done = living.record("dutyanswer", Topic.HOSPITAL, words, on_date=local(at + 3 * DAY), **said)
        done.code = "duty.done"
        _write(living, at + 3 * DAY, done)
