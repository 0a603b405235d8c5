"""The register meeting of the demonstration: one that was held, with its minutes, and the next one with its agenda."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action
from alongside.features.people.models import Person
from alongside.features.register.meetings import operations as does
from alongside.features.register.meetings.deciding import correct_minutes, decide
from alongside.features.register.meetings.queries import lock_item
from alongside.features.register.models import AgendaItem, Meeting, RegisterEntry
from alongside.foundation.access.me import Me
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import Topic
from alongside.overview.engine.rulesets import current_ruleset
from alongside.overview.meeting.deciding import quorum_of
from alongside.overview.meeting.moving import read_moved
from alongside.overview.meeting.reading import read_spot
from alongside.overview.meeting.sending import send_agenda, send_minutes
from simulator.history import Member
from simulator.meetings import STARTS, WEEKS, moment, working_day
from simulator.replay import acting_as

_DAY = timedelta(days=1)
PLACE = "The long room, Mill Lane Clinic"
ASKED = (("helen", "health"), ("ed", "education"), ("samira", "care"), ("carol", "other"), ("asha", "other"))
AWAY = "carol"


@dataclass(frozen=True)
class Said:
    """What was said of one young person: why they came on the agenda, what was decided, and an action with it.

    action: what, its topic, who of the cast agreed to it, due so many days after the meeting.
    """

    family_name: str
    because: str
    decided: str = ""
    dissent: str = ""
    left: str = ""
    action: tuple[str, Topic, str, int] | None = None
    corrected: str = ""


SAID = (
    Said(
        "Okonjo",
        "Still on the ward, and no day to come home.",
        "Stays blue. Asha asks the ward for a day in writing; Priya tells the housing team about the front door.",
        corrected="It is the council’s housing team, not the trust’s, that mends the front door.",
    ),
    Said("Finch", "Comes home this week.", "Red for two weeks from the day he is home. The home treatment team comes."),
    Said(
        "Moss",
        "His foster carer says that she is tired.",
        "Stays amber for now. School gives him a quiet way in; we look again as soon as the carer says more.",
        dissent="Samira Yusuf would have rated red: the carer has said so twice.",
        action=("A quiet room at school from 8.30, before the others come", Topic.EDUCATION, "ed", 21),
    ),
    Said(
        "Hale",
        "School has offered no place for a term.",
        "Stays amber. The council names one person who finds a place with her.",
        action=("Visit two schools with Ruby, and write down what she says", Topic.EDUCATION, "samira", 16),
    ),
    Said("Cole", "New here; her plan came over from where she lived.", left="Her keyworker is away today."),
    Said("Vaughan", "His mother rings every day."),
)


@dataclass
class Meetings:
    """Who holds them, and when. Each step is an act of its own, by whoever runs the register."""

    now: datetime
    icb: Organisation
    members: dict[str, Member]

    def hold(self) -> None:
        """Once. The one that was held came two weeks before the next, and no meeting falls on a weekend."""
        with acting_as(self.members["priya"].id, self.now):
            if Meeting.objects.filter(icb=self.icb).exists():
                return
        ahead = working_day((self.now + _DAY).astimezone(LONDON).date())
        held = ahead - timedelta(weeks=WEEKS)
        self._by_priya(moment(held, 9) - 60 * _DAY, lambda note, me: self._cycle(note, me, held - timedelta(weeks=4)))
        past = self._planned(held, moment(held, 9) - 5 * _DAY)
        self._held(past, moment(held, 10))
        self._by_priya(moment(held, 16), lambda note, me: send_minutes(note, meeting=self._read(past), by=me))
        self._correct(past, moment(held, 9) + 2 * _DAY)
        coming = self._planned(ahead, moment(held, 16) + timedelta(minutes=20))
        self._by_priya(self.now, lambda note, me: self._send(note, me, self._read(coming)))

    def _by_priya(self, at: datetime, act: Callable[[Notes, Me], Any]) -> Any:
        with acting_as(self.members["priya"].id, at) as me, recording(by=me, at=at) as note:
            return act(note, me)

    def _actor(self, key: str) -> Actor:
        return Actor.objects.select_related("organisation").get(pk=self.members[key].id)

    def _read(self, number: int) -> Meeting:
        return Meeting.objects.select_related("chair", "icb").get(pk=number)

    def _cycle(self, note: Notes, me: Me, first: date) -> None:
        does.set_cycle(
            note, icb_id=self.icb.pk, listing="child", every_weeks=WEEKS, first_on=first, starts=STARTS, minutes=90,
            place=PLACE, chair=self._actor("priya"), by=me,
        )  # fmt: skip

    def _planned(self, on: date, at: datetime) -> int:
        def act(note: Notes, me: Me) -> int:
            meeting = does.plan_meeting(
                note, icb_id=self.icb.pk, listing="child", starts_at=datetime.combine(on, STARTS, LONDON), minutes=90,
                place=PLACE, chair=self._actor("priya"), by=me,
            )  # fmt: skip
            for key, side in ASKED if not meeting.attendances.exists() else ():
                actor = self._actor(key)
                place = actor.organisation or self.icb
                does.ask_to_meeting(note, meeting=meeting, actor=actor, organisation=place, side=side, by=me)
            return meeting.pk

        found: int = self._by_priya(at, act)
        return found

    def _send(self, note: Notes, me: Me, meeting: Meeting) -> None:
        proposed = [one.as_proposed() for one in read_moved(me, meeting, note.at)]
        send_agenda(note, meeting=meeting, proposed=proposed, by=me)

    def _held(self, number: int, at: datetime) -> None:
        def begins(note: Notes, me: Me) -> None:
            meeting = self._read(number)
            send_agenda(note, meeting=meeting, proposed=(), by=me)
            for entry, said in self._people():
                does.add_to_agenda(note, meeting=meeting, entry=entry, because=said.because, by=me)

        def opens(note: Notes, me: Me) -> None:
            meeting = self._read(number)
            does.open_meeting(note, meeting=meeting, proposed=(), by=me)
            there = meeting.attendances.exclude(actor=self.members[AWAY].id).values_list("pk", flat=True)
            does.say_who_came(note, meeting=meeting, there=there, by=me)

        self._by_priya(at - 3 * _DAY, begins)
        self._by_priya(at, opens)
        for turn, said in enumerate((one for one in SAID if one.decided or one.left), 1):
            self._discuss(number, said, at + turn * timedelta(minutes=6))
        end = at + timedelta(minutes=80)
        self._by_priya(end, lambda note, me: does.close_meeting(note, meeting=self._read(number), by=me))

    def _people(self) -> Iterator[tuple[RegisterEntry, Said]]:
        for said in SAID:
            rows = RegisterEntry.objects.filter(icb=self.icb, removed_on=None, listing="child")
            # Those of the stories were there before everybody else who may have the same name.
            yield rows.filter(person__family_name=said.family_name).order_by("person_id")[0], said

    def _item(self, number: int, said: Said) -> AgendaItem:
        return AgendaItem.objects.get(meeting=number, person__family_name=said.family_name)

    def _discuss(self, number: int, said: Said, at: datetime) -> None:
        def act(note: Notes, me: Me) -> None:
            meeting = self._read(number)
            item = lock_item(me, number, self._item(number, said).pk)
            if said.left:
                does.leave_for_next_time(note, item=item, because=said.left, by=me)
                return
            today = at.astimezone(LONDON).date()
            spot = read_spot(me, meeting, item.pk, today)
            present = [one.id for one in spot.here]
            decide(
                note, item=item, decided=said.decided, dissent=said.dissent, present=present,
                quorum=quorum_of(spot, present, current_ruleset(self.icb.code), today), rating=None, seen=0, by=me,
            )  # fmt: skip
            if said.action:
                self._agree(note, me, item.person, said.action, number)

        self._by_priya(at, act)

    def _agree(self, note: Notes, me: Me, person: Person, action: tuple[str, Topic, str, int], number: int) -> None:
        what, topic, key, days = action
        owner = self._actor(key)
        agree_action(
            note, by=me, person=person, topic=topic.value, what=what, how_known="",
            owner=NewOwner(organisation=owner.organisation or self.icb, actor=owner),
            due_on=(note.at + days * _DAY).date(), origin=Action.Origin.MEETING, origin_id=number,
        )  # fmt: skip

    def _correct(self, number: int, at: datetime) -> None:
        def act(note: Notes, me: Me) -> None:
            for said in SAID:
                if said.corrected:
                    item = lock_item(me, number, self._item(number, said).pk)
                    correct_minutes(note, item=item, said=said.corrected, by=me)

        self._by_priya(at, act)
