"""Register meetings of a whole area, through the product's own operations: one that was held, and the next one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.features.register.meetings import operations as does
from alongside.features.register.meetings.deciding import decide
from alongside.features.register.meetings.operations import Proposed
from alongside.features.register.models import AgendaItem, Meeting
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes, recording
from alongside.overview.engine.deriving import TOPIC
from alongside.overview.engine.rulesets import current_ruleset
from alongside.overview.meeting.moving import read_moved
from alongside.overview.meeting.sending import send_agenda, send_minutes
from alongside.overview.models import RegisterRow
from alongside.policy.meetings import Moved, quorum, reasons_for
from simulator.replay import acting_as

#: Who of an invented area speaks for which side.
SIDES = {Role.COMMISSIONER: "health", Role.MANAGER: "care", Role.KEYWORKER: "education"}
DAY, WEEKS, STARTS = timedelta(days=1), 2, time(10)
#: So many are talked about in ninety minutes; the last few are not reached.
MOST, NOT_REACHED = 40, 3
DECIDED = {
    "red": "Stays red. Whoever was named looks at it again next week.",
    "blue": "Stays blue. The ward is asked for a day in writing.",
}


@dataclass
class Meetings:
    """Of one area: who runs them, and who is asked, each with the side they speak for."""

    icb: Organisation
    runner: int
    asked: list[tuple[int, str]]
    now: datetime

    def hold(self) -> int:
        """Once. The number of the meeting that is to come."""
        with acting_as(self.runner, self.now):
            coming = Meeting.objects.filter(icb=self.icb, state=Meeting.State.PLANNED).order_by("pk").first()
        if coming is not None:
            return coming.pk
        ahead = working_day((self.now + DAY).astimezone(LONDON).date())
        held = ahead - timedelta(weeks=WEEKS)
        self._by_runner(moment(held, 9) - 30 * DAY, lambda note, me: self._cycle(note, me, held))
        past = self._planned(held, moment(held, 9) - 5 * DAY)
        self._by_runner(moment(held, 10), lambda note, me: self._held(note, me, past, held))
        self._by_runner(moment(held, 11), lambda note, me: does.close_meeting(note, meeting=self._read(past), by=me))
        self._by_runner(moment(held, 16), lambda note, me: send_minutes(note, meeting=self._read(past), by=me))
        number = self._planned(ahead, moment(held, 17))
        self._by_runner(self.now, lambda note, me: self._send(note, me, number))
        return number

    def open(self, number: int) -> None:
        """As on its day, with everybody there."""

        def act(note: Notes, me: Me) -> None:
            meeting = self._read(number)
            does.open_meeting(note, meeting=meeting, proposed=(), by=me)
            everybody = meeting.attendances.values_list("pk", flat=True)
            does.say_who_came(note, meeting=meeting, there=list(everybody), by=me)

        if self._read(number).state == Meeting.State.PLANNED:
            self._by_runner(self.now, act)

    def _by_runner(self, at: datetime, act: Callable[[Notes, Me], Any]) -> Any:
        with acting_as(self.runner, at) as me, recording(by=me, at=at) as note:
            return act(note, me)

    def _read(self, number: int) -> Meeting:
        return Meeting.objects.select_related("chair", "icb").get(pk=number)

    def _chair(self) -> Actor:
        return Actor.objects.get(pk=self.runner)

    def _cycle(self, note: Notes, me: Me, first: date) -> None:
        does.set_cycle(
            note, icb_id=self.icb.pk, listing="child", every_weeks=WEEKS, first_on=first, starts=STARTS, minutes=90,
            place="", chair=self._chair(), by=me,
        )  # fmt: skip

    def _planned(self, on: date, at: datetime) -> int:
        def act(note: Notes, me: Me) -> int:
            meeting = does.plan_meeting(
                note, icb_id=self.icb.pk, listing="child", starts_at=datetime.combine(on, STARTS, LONDON), minutes=90,
                place="", chair=self._chair(), by=me,
            )  # fmt: skip
            people = Actor.objects.in_bulk([number for number, _ in self.asked])
            for number, side in self.asked if not meeting.attendances.exists() else ():
                does.ask_to_meeting(
                    note, meeting=meeting, actor=people[number], organisation=self.icb, side=side, by=me
                )
            return meeting.pk

        found: int = self._by_runner(at, act)
        return found

    def _held(self, note: Notes, me: Me, number: int, on: date) -> None:
        meeting = self._read(number)
        does.open_meeting(note, meeting=meeting, proposed=list(self._who_was_at_risk(on)), by=me)
        there = list(meeting.attendances.values_list("pk", flat=True))
        does.say_who_came(note, meeting=meeting, there=there, by=me)
        found = quorum({side for _, side in self.asked}, current_ruleset(self.icb.code), on)
        items = list(AgendaItem.objects.filter(meeting=meeting).select_related("meeting").order_by("place"))
        codes = dict(meeting.items.values_list("pk", "reasons__code"))
        for item in items[: max(1, len(items) - NOT_REACHED)]:
            said = DECIDED.get(codes[item.pk], DECIDED["red"])
            decide(
                note, item=item, decided=said, dissent="", present=there, quorum=found, rating=None, seen=0, by=me
            )  # fmt: skip

    def _who_was_at_risk(self, on: date) -> Iterator[Proposed]:
        """Red and blue, as far as they were so on that day already."""
        rows = RegisterRow.objects.filter(icb=self.icb, listing="child", guard=0, colour__in=("red", "blue"))
        known = rows.filter(rated_on__lt=on).order_by("-colour", "rated_on", "entry_id")[:MOST]
        for row in known:
            reasons = reasons_for(Moved(colour=row.colour, rated_on=row.rated_on))
            yield Proposed(row.entry_id, row.person_id, [(TOPIC[one.topic], one.code, one.words) for one in reasons])

    def _send(self, note: Notes, me: Me, number: int) -> None:
        meeting = self._read(number)
        proposed = [one.as_proposed() for one in read_moved(me, meeting, note.at)]
        send_agenda(note, meeting=meeting, proposed=proposed, by=me)


def meetings_of(icb_id: int, now: datetime) -> Meetings:
    """Of an invented area: run by one of its coordinators, with one of each other role."""
    with context.as_engine():
        held = RoleHeld.objects.filter(area_id=icb_id, to_date=None, role__in=(Role.COORDINATOR, *SIDES))
        one_of_each = held.order_by("role", "actor_id").distinct("role").values_list("role", "actor_id")
        who = dict(one_of_each)
        icb = Organisation.objects.get(pk=icb_id)
    asked = [(who[role], side) for role, side in SIDES.items() if role in who]
    return Meetings(icb, who[Role.COORDINATOR], asked, now)


def moment(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), LONDON)


def working_day(on: date) -> date:
    while on.weekday() > 4:
        on += DAY
    return on
