"""Two areas with their teams and people, and everything that may be done to them, for histories made by chance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action, hand_on, take_step
from alongside.features.keyworking.contacts.operations import note_promise, plan_appointment
from alongside.features.keyworking.handing_over.effect import take_effect_of_all
from alongside.features.keyworking.handing_over.leaving import close_account
from alongside.features.keyworking.handing_over.operations import (
    agree_hand_over,
    begin_hand_over,
    choose_taker,
    give_rest,
)
from alongside.features.keyworking.handing_over.telling import tell_family
from alongside.features.keyworking.models import HandOver
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Guard, Person
from alongside.features.people.operations import accept_person, change_person, offer_person, record_consent
from alongside.features.plans.drafting import keep_part
from alongside.features.plans.models import PlanProposal
from alongside.features.plans.operations import return_plan, send_plan, share_plan, take_back
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes, NothingNoted, recording
from alongside.foundation.topics import Topic
from tests.cast import Area, acting_as

DAY = timedelta(days=1)
TOPICS = (Topic.EDUCATION, Topic.KEYWORKING, Topic.HEALTH)


@dataclass
class World:
    """Two areas with their keyworkers, and three people who begin in the first."""

    areas: list[Area]
    workers: dict[int, list[Actor]]
    people: list[Person]
    at: datetime = field(default_factory=clock.now)

    def holds(self, person: Person) -> Area:
        with context.as_engine():
            person.refresh_from_db()
        return next(area for area in self.areas if area.icb.pk == person.icb_id)


@dataclass
class Turn:
    """What one deed is about: numbers that hypothesis chose, made into a person, a worker and an open action."""

    world: World
    first: int
    second: int

    def __post_init__(self) -> None:
        self.person = self.world.people[self.first % len(self.world.people)]
        self.area = self.world.holds(self.person)
        team = self.world.workers[self.area.icb.pk]
        self.worker, self.other = team[self.second % len(team)], team[(self.second + 1) % len(team)]
        with context.as_engine():
            rows = list(Action.objects.filter(person=self.person, superseded_by=None).order_by("pk"))
            self.action = rows[self.second % len(rows)] if rows else None
            self.hand_over = HandOver.objects.filter(icb=self.area.icb, closed_at=None).first()
            self.waits = PlanProposal.objects.filter(person=self.person, state="waiting").first()

    @property
    def today(self) -> Any:
        return self.world.at.date()


Deed = Callable[[Notes, Me, Turn], Any]


def names(part: str) -> Deed:
    def deed(note: Notes, me: Me, turn: Turn) -> None:
        until = turn.today + 3 * DAY if part == "cover" else None
        allocate(note, person=turn.person, worker=turn.worker, part=part, from_date=turn.today, to_date=until)

    return deed


def goes(reason: str) -> Deed:
    def deed(note: Notes, me: Me, turn: Turn) -> None:
        last = turn.today + DAY if reason == "leave" else None
        begun = begin_hand_over(
            note, icb=turn.area.icb, worker=turn.worker, reason=reason, from_date=turn.today, to_date=last
        )
        give_rest(note, hand_over=begun, to=turn.other)

    return deed


def hands_over(note: Notes, me: Me, turn: Turn) -> None:
    if turn.hand_over:
        for line in turn.hand_over.lines.order_by("pk"):
            taker = next(one for one in turn.world.workers[turn.area.icb.pk] if one.pk != turn.hand_over.worker_id)
            choose_taker(note, by=me, line=line, taker_id=taker.pk, over_limit_because="Nobody else")
            tell_family(note, line=line, how="spoken", words="Told today")
        agree_hand_over(note, by=me, hand_over=turn.hand_over)


def agrees(outside: bool) -> Deed:
    def deed(note: Notes, me: Me, turn: Turn) -> None:
        owner = NewOwner(organisation=turn.area.icb, actor=turn.worker)
        if outside:
            owner = NewOwner(organisation=turn.area.icb, name="Jo Lee", post="SENCO", reach="jo@example.org")
        agree_action(
            note, by=me, person=turn.person, topic=TOPICS[turn.second % 3], what="Ask for a quiet room", owner=owner,
            due_on=turn.today + 7 * DAY, origin=Action.Origin.MEETING, starts_on=turn.today if outside else None,
        )  # fmt: skip

    return deed


def steps(kind: str, **values: Any) -> Deed:
    def deed(note: Notes, me: Me, turn: Turn) -> None:
        if turn.action:
            take_step(note, action=turn.action, kind=kind, by=me, because="It was said so", **values)

    return deed


def asks_another(note: Notes, me: Me, turn: Turn) -> None:
    if turn.action:
        owner = NewOwner(organisation=turn.area.icb, actor=turn.other)
        hand_on(note, action=turn.action, owner=owner, by=me, because="", seen=turn.action.version)


def promises(note: Notes, me: Me, turn: Turn) -> None:
    note_promise(note, person=turn.person, who="Mr Ash", what="Send it", by_date=turn.today + DAY)


def plans_to_meet(note: Notes, me: Me, turn: Turn) -> None:
    at = turn.world.at + timedelta(hours=5)
    plan_appointment(note, person=turn.person, worker_id=turn.worker.pk, way="visit", starts_at=at)


def sends_a_plan(note: Notes, me: Me, turn: Turn) -> None:
    face = {"words": "Draws maps", "plain": "", "easy": []}
    mark = f"{turn.person.pk}-{turn.world.at}"
    keep_part(person=turn.person, kind="strengths", face=face, seen=0, page=mark[:60], by=me, at=turn.world.at)
    send_plan(note, person=turn.person, review_on=turn.today + 30 * DAY, changed_words="", by=me)


def decides(how: str) -> Deed:
    def deed(note: Notes, me: Me, turn: Turn) -> None:
        if turn.waits and how == "share":
            share_plan(note, proposal=turn.waits, by=me)
        elif turn.waits and how == "return":
            return_plan(note, proposal=turn.waits, because="Too short", by=me)
        elif turn.waits:
            take_back(note, proposal=turn.waits)

    return deed


def closes(note: Notes, me: Me, turn: Turn) -> None:
    close_account(note, by=me, icb=turn.area.icb, worker=turn.worker)
    turn.world.workers[turn.area.icb.pk].remove(turn.worker)


def dies(note: Notes, me: Me, turn: Turn) -> None:
    died = None if turn.person.died_on else turn.today
    change_person(note, person=turn.person, died_on=died)


def answers(purpose: str, answer: str) -> Deed:
    def deed(note: Notes, me: Me, turn: Turn) -> None:
        record_consent(
            note, person=turn.person, purpose=purpose, answer=answer, basis="parental", decided_on=turn.today,
            evidenced=True,
        )  # fmt: skip

    return deed


DEEDS: dict[str, tuple[str, Deed]] = {
    "name": ("manager", names("designated")),
    "co-worker": ("manager", names("co_worker")),
    "cover": ("manager", names("cover")),
    "leave": ("manager", goes("leave")),
    "leaving": ("manager", goes("leaving")),
    "hand over": ("manager", hands_over),
    "close": ("manager", closes),
    "agree": ("manager", agrees(outside=False)),
    "agree outside": ("manager", agrees(outside=True)),
    "accept": ("manager", steps("accepted")),
    "refuse": ("manager", steps("refused")),
    "better": ("manager", steps("somebody")),
    "block": ("coordinator", steps("blocked", waits_for="money")),
    "said done": ("manager", steps("said_done", evidence="I saw it")),
    "not yet": ("coordinator", steps("not_yet")),
    "give up": ("manager", steps("given_up")),
    "ask another": ("manager", asks_another),
    "promise": ("coordinator", promises),
    "appointment": ("manager", plans_to_meet),
    "send": ("coordinator", sends_a_plan),
    "share": ("manager", decides("share")),
    "return": ("manager", decides("return")),
    "take back": ("coordinator", decides("take back")),
    "die": ("coordinator", dies),
    "no to keyworking": ("coordinator", answers("keyworking", "refused")),
    "yes to keyworking": ("coordinator", answers("keyworking", "given")),
    "no to all": ("coordinator", answers("register", "withdrawn")),
}
OFTEN = (
    *("agree", "agree", "agree outside", "promise", "appointment", "send", "share", "name", "move"),
    *("leave", "leaving", "hand over", "hand over", "night"),
)
KINDS = st.sampled_from([*OFTEN, *DEEDS, "move", "night"])
HISTORIES = st.lists(st.tuples(KINDS, st.integers(0, 5), st.integers(0, 5)), max_size=22)


def do(world: World, deed: tuple[str, int, int]) -> None:
    """One deed; what is refused is refused."""
    kind, first, second = deed
    if kind == "night":
        world.at += DAY
        take_effect_of_all(world.at)
        return
    turn = Turn(world, first, second)
    if turn.person.guard == Guard.CLOSED:
        return  # Nobody opens it any more.
    try:
        if kind == "move":
            move(turn)
            return
        role, act = DEEDS[kind]
        with acting_as(turn.area.actors[role], world.at) as me, recording(by=me, at=world.at) as note:
            act(note, me, turn)
    except (NotNow, Refused, NothingNoted):
        pass


def move(turn: Turn) -> None:
    there = next(area for area in turn.world.areas if area is not turn.area)
    at = turn.world.at
    with acting_as(turn.area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        offer_person(note, person=turn.person, to_icb=there.icb, because="They moved.", by=me)
    with acting_as(there.actors["manager"], at) as me, recording(by=me, at=at) as note:
        accept_person(note, person_id=turn.person.pk, to_icb=there.icb, by=me)
