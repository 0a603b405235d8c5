"""Named young people of the demonstration, each with a story, told through operations with dates relative to today."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from alongside.features.people.models import Guard, Person
from alongside.features.people.operations import set_guard
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import PARTNER_TOPICS, Role
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import Duty
from alongside.overview.operations import answer_duty
from simulator import history as h
from simulator.replay import Replay, acting_as
from simulator.stories import close, wider
from simulator.stories.telling import FIRST_STORY, Teller

STORIES: tuple[Callable[[Teller], h.Life], ...] = (
    close.kai,
    close.maya,
    wider.jordan,
    wider.leo,
    close.ruby,
    close.noah,
    wider.ellis,
    wider.amara,
    wider.theo,
    wider.robin,
    wider.zara,
)


def tell(now: datetime, members: dict[str, h.Member], icbs: dict[str, tuple[int, str]]) -> None:
    """All stories, the partners' involvements, and the restricted record. Inside the caller's transaction."""
    teller, made = Teller(now, members, icbs), {}
    for story in STORIES:
        made[story.__name__] = Replay(story(teller)).run()
    for person_id in made.values():
        _answer_what_is_long_past(teller, person_id)
    _partners(teller, made)
    _restrict(teller, made["zara"])


def _answer_what_is_long_past(t: Teller, person_id: int) -> None:
    """What was due weeks ago was done in time: what is late now is what the stories are about."""
    for _ in range(4):  # an answer may make the next one due
        with context.as_engine():
            person = Person.objects.get(pk=person_id)
            entered = person.responsibilities.get(to_at=None).from_at + timedelta(days=1)
            found = list(Duty.objects.filter(person=person, doing="record_done", due__lt=t.at(15)))
        for duty in found:
            at = min(max(duty.due - timedelta(days=2), entered), t.at(15))
            by = t.members["dev" if person.icb_id != t.icbs["DEMO"][0] else "priya"]
            with acting_as(by.id, at) as me, recording(by=me, at=at) as note:
                answer_duty(note, duty=duty, answer="done", on=at.date(), by=me)


def _partners(t: Teller, made: dict[str, int]) -> None:
    """Three partners, each with the topics of their role."""
    with acting_as(t.members["priya"].id, t.at(3)) as me, recording(by=me, at=t.at(3)) as note:
        for story, key, role in _links():
            Involvement.objects.create(
                actor_id=t.members[key].id,
                person_id=made[story],
                topics=list(PARTNER_TOPICS[role]),
                because=Involvement.Because.LINK,
                from_at=t.at(3),
            )
            note(
                "involvement.made",
                words=f"{t.members[key].name} works with them and sees what concerns their work.",
                person_id=made[story],
                icb_id=t.icbs["DEMO"][0],
                topic=Topic.AGREEMENT,
            )


def _links() -> Iterator[tuple[str, str, str]]:
    for story in ("kai", "maya", "noah"):
        yield story, "helen", Role.PARTNER_HEALTH
    for story in ("kai", "jordan"):
        yield story, "ed", Role.PARTNER_EDUCATION
    for story in ("kai", "ruby"):
        yield story, "samira", Role.PARTNER_SOCIAL_CARE


def _restrict(t: Teller, person_id: int) -> None:
    """Named people only: first they are named, then the record closes."""
    with acting_as(t.members["priya"].id, t.at(2)) as me, recording(by=me, at=t.at(2)) as note:
        Involvement.objects.create(
            actor_id=me.id,
            person_id=person_id,
            topics=list(EVERY_TOPIC),
            writes=True,
            sees_guarded=Guard.RESTRICTED,
            because=Involvement.Because.NAMED,
            from_at=t.at(2),
        )
        person = Person.objects.get(pk=person_id)
        set_guard(note, person=person, guard=Guard.RESTRICTED, because="child of a member of staff")


__all__ = ["FIRST_STORY", "tell"]
