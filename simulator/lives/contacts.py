"""What keyworkers wrote down of the people whom they walk alongside now: the first contacts and the latest.

Only these few rows: nothing in the product reads further back but the list of contacts itself.
"""

from datetime import datetime, timedelta

from alongside.features.keyworking.contacts.text import MADE, with_words
from alongside.features.keyworking.models import Way
from alongside.foundation.topics import Topic
from simulator.history import Moment
from simulator.lives.living import Living

#: Of a hundred people, of how many the latest contact is as late as nobody would wish.
FORGOTTEN = 0.07
SAID = (
    "Rang to hear how the week was. Better than the last one.",
    "Met at home. We went through what is planned.",
    "Listened. They are worried about school.",
    "Asked the school to move the meeting, as they wished.",
    "Talked about what helps when it gets too loud.",
)
LATEST = {"red": (6, 12), "blue": (6, 12), "amber": (12, 24), "green": (24, 50)}


def keep_in_touch(living: Living) -> None:
    """After everything else, so that it changes nothing of the life itself."""
    worker, held = living.keyworker(), [one for one in living.allocations if one.to_date is None]
    if worker is None or not living.agreed or not held or held[-1].from_date is None:
        return
    named = datetime.combine(held[-1].from_date, datetime.min.time(), living.now.tzinfo)
    random = living.random
    rated = [one for one in living.entry.ratings if one.state == "decided"]
    contact_days, seen_days = LATEST[rated[-1].colour if rated else "green"]
    late = 3 if random.random() < FORGOTTEN else 1
    days = {
        1: ("phone", ["family"]),
        2 + random.randrange(3): ("visit", ["young_person", "family"]),
    }
    moments = [
        (named + timedelta(days=day, hours=10, minutes=random.randrange(300)), *how) for day, how in days.items()
    ]
    for most, way, whom in ((seen_days, "visit", ["young_person"]), (contact_days, "phone", ["family"])):
        ago = timedelta(days=random.randrange(1, most) * late, minutes=random.randrange(300))
        if living.now - ago > moments[1][0]:
            moments.append((living.now - ago, way, whom))
    for at, way, whom in moments:
        if at < living.now:
            _write_down(living, at, way, whom)
    living.life.moments.sort(key=lambda moment: moment.at)


def _write_down(living: Living, at: datetime, way: str, whom: list[str]) -> None:
    made = living.record(
        "contact",
        Topic.KEYWORKING,
        f"{MADE[Way(way)]} with {with_words(whom)}.",
        way=way,
        with_whom=whom,
        outcome=living.random.choice(SAID),
        purpose="alongside",
        purpose_guessed=True,
    )
    made.code = "contact.made"
    worker = living.keyworker()
    assert worker is not None
    living.life.moments.append(Moment(at, worker, [made]))
