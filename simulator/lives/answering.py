"""What the rules made due, people mostly did: answers to duties that nothing else in the journey settles."""

import re
from datetime import datetime, timedelta

from alongside.foundation.topics import Topic
from alongside.policy.duties import Duty, duties_for
from simulator.history import Moment
from simulator.lives.living import CALENDAR, RULES, Living, local

ANSWERED = {"record_done", "record_contact", "record_visit", "record_review", "plan_review_date", "confirm_agreement"}
ROUNDS = 4  # an answer to a duty that comes back makes the next one due
DONE = 0.95
SUBJECT = re.compile(r":(person|entry|stay|rating|consent|circumstance|review):(\d+)")
TOPIC = {
    "register": Topic.REGISTER,
    "agreement": Topic.AGREEMENT,
    "education": Topic.EDUCATION,
    "health": Topic.HEALTH,
    "hospital": Topic.HOSPITAL,
    "transition": Topic.ADULTHOOD,
    "identity": Topic.IDENTITY,
}


def answer_what_was_due(living: Living) -> None:
    """The moments of answers go between the others, in the order of time."""
    asked: set[str] = set()
    for _ in range(ROUNDS):
        found = [
            duty
            for duty in duties_for(living.facts(), RULES, CALENDAR)
            if duty.doing in ANSWERED
            and duty.due < living.now
            and duty.key not in asked
            and (duty.doing != "confirm_agreement" or living.agreed)
        ]
        if not found:
            break
        for duty in found:
            asked.add(duty.key)
            if living.random.random() < DONE:
                _answer(living, duty)
    living.life.moments.sort(key=lambda moment: moment.at)


def _answer(living: Living, duty: Duty) -> None:
    earliest = max([duty.shows_from, *_known_from(living, duty.key)]) + timedelta(hours=1)
    at = min(duty.due - timedelta(hours=living.random.randrange(8, 60)), living.now)
    at = max(at, earliest)
    if at > living.now:
        return
    if duty.doing == "confirm_agreement":
        _agree_again(living, at)
        return
    fact = living.record(
        "dutyanswer",
        TOPIC[duty.topic],
        f"{duty.what}: done.",
        duty_key=duty.key,
        rule_key=duty.rule_key,
        answer="done",
        on_date=local(at),
        because="",
    )
    fact.code = "duty.done"
    living.life.moments.append(Moment(at, living.random.choice(living.area_at(at).staff["coordinator"]), [fact]))
    living.learn(fact, at)


def _agree_again(living: Living, at: datetime) -> None:
    """Asked once a year whether they still agree; the last to be asked before now is the answer that stands."""
    if living.last is None or at <= living.consented:
        return
    again = living.yes_on(local(at))
    living.life.moments.append(Moment(at, living.random.choice(living.area_at(at).staff["coordinator"]), [again]))
    living.learn(again, at)


def _known_from(living: Living, key: str) -> list[datetime]:
    """When the things that this key names were recorded: nobody answers before."""
    found = [living.made_at["person", 1]]
    for kind, number in SUBJECT.findall(key):
        made = living.made_at.get((kind, int(number)))
        if made is not None:
            found.append(made)
    return found
