"""The families of the demonstration come in by the family door, and what they read and tell there."""

from dataclasses import dataclass
from typing import Any

from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.people.models import Person, PostedChange, Relation
from alongside.features.people.operations import record_fact
from alongside.features.people.operations.family import answer_change, open_to_family, post_change
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.family_sign_in import the_door
from alongside.foundation.accounts.invitations import Way, invite, let_in, plain_phone
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from simulator.cast import FAMILIES, FamilyPart
from simulator.replay import acting_as
from simulator.stories.telling import Teller

CLOSED_TO_PARENT = {Topic.CONTACT, Topic.FAMILY, Topic.OWN_WORDS, Topic.SAFEGUARDING, Topic.JUSTICE, Topic.MONEY}
Steps = tuple[tuple[str, dict[str, Any]], ...]
SEES = {
    "everything": EVERY_TOPIC,
    "parent": tuple(topic for topic in EVERY_TOPIC if topic not in CLOSED_TO_PARENT),
    "limits": (Topic.IDENTITY.value, Topic.KEYWORKING.value, Topic.EDUCATION.value),
}
PROMISES = (
    ("Show Kai the new place before he moves", "asha", -12, Topic.PLACEMENT, Action.State.ACCEPTED),
    ("Ask the school for a quiet room", "ed", 2, Topic.EDUCATION, Action.State.ACCEPTED),
    ("Tell Kai who will be at the meeting", "priya", 9, Topic.KEYWORKING, Action.State.DONE),
    ("Send Kai pictures of the meeting room", "priya", 1, Topic.KEYWORKING, Action.State.SAID_DONE),
    ("Pay for headphones", "priya", -20, Topic.KEYWORKING, Action.State.BLOCKED),
)
_K = ActionStep.Kind
_YES: Steps = ((_K.ACCEPTED, {"because": "Said so on the phone."}),)
_SAID: Steps = (*_YES, (_K.SAID_DONE, {"evidence": "Told me on the phone."}))
#: The steps that lead to a state.
STEPS_TO: dict[str, Steps] = {
    Action.State.ACCEPTED: _YES,
    Action.State.SAID_DONE: _SAID,
    Action.State.DONE: (*_SAID, (_K.CONFIRMED, {"because": "Kai told me."})),
    Action.State.BLOCKED: (
        (
            _K.BLOCKED,
            {
                "because": "We wait for the money. Whether there is any is decided on Friday.",
                "waits_for": "money",
                "amount": 180,
                "who_decides": "Small fund",
            },
        ),
    ),
}


@dataclass
class Families:
    """The door opens for each part, by Asha, three days ago."""

    teller: Teller
    made: dict[str, int]

    def come_in(self) -> None:
        with (
            acting_as(self.teller.members["asha"].id, self.teller.at(3)) as me,
            recording(by=me, at=self.teller.at(3)) as note,
        ):
            record_fact(
                note,
                Relation,
                person=self._person("kai"),
                topic=Topic.FAMILY,
                words="Father was recorded.",
                name="Rob Moss",
                relationship="Father",
                parental_responsibility=True,
                legal_limits="Court order: not to be told where Kai lives",
            )
        actors = {part.key: self._comes_in(part) for part in FAMILIES}
        self._promise()
        self._tell(actors["dawn"])

    def _person(self, story: str) -> Person:
        return Person.objects.get(pk=self.made[story])

    def _comes_in(self, part: FamilyPart) -> Actor:
        at, asha = self.teller.at(3, 11), self.teller.members["asha"].id
        role = Role.FAMILY if part.relation else Role.YOUNG_PERSON
        with acting_as(asha, at) as me, recording(by=me, at=at) as note:
            person = self._person(part.story)
            relation = Relation.objects.filter(person=person, name=part.relation).first() if part.relation else None
            invited = invite(
                note,
                person_id=person.pk,
                icb_id=person.icb_id,
                role=role,
                name=part.name,
                topics=SEES[part.sees],
                way=Way.SMS,
                phone=plain_phone(part.phone),
                how_known="Gave me the number on a visit; I rang it there.",
                relation_id=relation.pk if relation else None,
            )
        with recording(by=the_door(), at=at) as note:
            actor = let_in(note, invited.invitation, cast_key=part.key, about=part.about)
            open_to_family(
                note,
                actor=actor,
                person_id=invited.invitation.person_id,
                relation_id=invited.invitation.relation_id,
                role=role,
                topics=SEES[part.sees],
                asked_by=Actor.objects.get(pk=asha),
            )
        return actor

    def _promise(self) -> None:
        """By Asha, three days ago; each then stands where its row says, as she heard of it."""
        t = self.teller
        with acting_as(t.members["asha"].id, t.at(3, 12)) as me, recording(by=me, at=t.at(3, 12)) as note:
            person = self._person("kai")
            owners = Actor.objects.select_related("organisation").in_bulk([t.members[one[1]].id for one in PROMISES])
            for what, owner, days, topic, state in PROMISES:
                actor = owners[t.members[owner].id]
                action = agree_action(
                    note,
                    by=me,
                    person=person,
                    topic=topic,
                    what=what,
                    owner=NewOwner(organisation=actor.organisation or person.icb, actor=actor),
                    due_on=t.day(days),
                    origin=Action.Origin.PLAN,
                )
                for kind, values in STEPS_TO[state]:
                    if not (kind == _K.ACCEPTED and action.state == Action.State.ACCEPTED):
                        action = take_step(note, action=action, kind=kind, by=me, **values)

    def _tell(self, dawn: Actor) -> None:
        """Dawn told two things: the first was answered, the second waits."""
        t = self.teller
        first = self._post(dawn, 2, PostedChange.Kind.SCHOOL, "The school says he can only come in the mornings.")
        with acting_as(t.members["asha"].id, t.at(1)) as me, recording(by=me, at=t.at(1)) as note:
            answer_change(note, change=first, answer="I rang the head. They will meet us on Thursday about a full day.")
        self._post(dawn, 1, PostedChange.Kind.HOME, "Kai has not slept well since he heard about the move.")

    def _post(self, dawn: Actor, days_ago: int, kind: str, told: str) -> PostedChange:
        at = self.teller.at(days_ago, 9)
        with acting_as(dawn.pk, at) as me, recording(by=me, at=at) as note:
            person = self._person("kai")
            return post_change(note, person=person, kind=kind, told=told, urgent=False, told_as="Their mother")
