"""The demonstration's plans: Kai's in three faces with goals and scores, and short ones of others of the caseload."""

from datetime import datetime, time, timedelta
from typing import Any

from alongside.features.keyworking.contacts.operations import plan_appointment
from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Person, Relation
from alongside.features.plans.drafting import keep_part
from alongside.features.plans.models import PlanProposal, PlanVersion
from alongside.features.plans.operations import answer_plan, score_goal, send_plan, set_goal, share_plan
from alongside.foundation.access import context
from alongside.foundation.clock import LONDON
from simulator.history import Member
from simulator.referrals import acting_as

_DAY = timedelta(days=1)
PARTS: dict[str, dict[str, Any]] = {
    "story": {
        "words": "I lived with my mum until I was nine. Then I lived in four places in five years. Paul is my foster "
        "carer now. I do not want to tell all of it again.",
        "easy": [
            ["asking/home", "I lived in four homes."],
            ["asking/trusted", "Now I live with Paul."],
            ["asking/no", "Do not ask me to tell it again."],
        ],
    },
    "matters": {
        "words": "Seeing Mum on Sundays. Trains. Knowing what comes next.",
        "easy": [["letters/people", "I see Mum on Sundays."], ["letters/calendar", "I want to know what comes next."]],
    },
    "strengths": {"words": "He knows every line of the railway, and he is kind to younger children."},
    "communication": {
        "words": "Text first. Side by side, on a walk, works better than across a table. Bells and strip lights are "
        "too much. He says 'fine' when it is not fine.",
        "easy": [["plans/walk", "Walk with me. Then we can talk."], ["plans/quiet", "I need it quiet."]],
    },
    "early_signs": {
        "words": "Sleeps in his clothes. Stops answering texts. Asks the same question again and again.",
    },
    "helps": {
        "words": "A walk to the station. His headphones. Somebody who stays and says little.",
        "easy": [["plans/music", "My headphones help."], ["asking/trusted", "Stay with me. Say little."]],
    },
    "formulation": {
        "words": "Unannounced change is read as being sent away again. Self-harm followed three moves that nobody had "
        "told him about. What protects: time to prepare, Paul, trains, his mother's calls.",
        "plain": "When things change and nobody told him, it feels like being sent away. Then he hurts himself. It "
        "helps to tell him early.",
    },
    "gaps": {"words": "A short break close to home. Asked for in spring; there is none for his age."},
    "crisis": {
        "words": "Turn down lights and sound. One person talks. Say what happens next and when. Do not hold him. Ring "
        "Paul, then Dawn. Headphones are in his bag.",
        "easy": [
            ["plans/quiet", "Make it dark and quiet."],
            ["letters/talk", "One person talks."],
            ["plans/stop", "Do not hold me."],
            ["asking/call", "Ring Paul."],
        ],
    },
}


SHORT: dict[str, dict[str, Any]] = {
    "matters": {"words": "To be asked first. To know who comes. Time alone after school."},
    "helps": {"words": "A quiet room. Somebody who waits. Music."},
    "crisis": {"words": "Say little. Turn down light and sound. One person stays. Ring the family first."},
}


def write_plans(now: datetime, icb_id: int, worker: Member, manager: Member) -> None:
    """Once. Nothing where Kai is not there."""
    with context.as_engine():
        kai = Person.objects.filter(icb_id=icb_id, given_name="Kai", family_name="Moss", survivor=None).first()
        if kai is None or PlanVersion.objects.filter(person=kai).exists():
            return
        dawn = Relation.objects.filter(person=kai, name="Dawn Moss").order_by("pk").first()
        held = Allocation.objects.filter(
            worker_id=worker.id, part="designated", to_date=None, from_date__lt=(now - 28 * _DAY).date()
        )
        since = dict(held.values_list("person_id", "from_date"))
        written = PlanProposal.objects.values("person")
        others = list(Person.objects.filter(pk__in=since, survivor=None).exclude(pk=kai.pk).exclude(pk__in=written))
    shared = _share(now - 30 * _DAY, kai, worker, manager, PARTS)
    _say(now, kai, worker, shared, dawn)
    _meet(now, kai, worker)
    # Whoever got their keyworker last is left without a plan, so that the duty to write one is there to be seen.
    for number, person in enumerate(sorted(others, key=lambda one: (since[one.pk], one.pk))[:-1], 1):
        _agree(now - number * _DAY, person, worker, manager)


def _agree(at: datetime, person: Person, worker: Member, manager: Member) -> None:
    """A short plan with which the young person agreed."""
    shared = _share(at - 4 * _DAY, person, worker, manager, SHORT)
    with acting_as(worker, at) as (_, note):
        answer_plan(
            note,
            version=shared,
            voice="young_person",
            name=person.preferred_name or person.given_name,
            answer="agree",
            said="",
            how="told",
            parts_read=list(SHORT),
        )


def _share(
    at: datetime, person: Person, worker: Member, manager: Member, parts: dict[str, dict[str, Any]]
) -> PlanVersion:
    with acting_as(worker, at) as (me, note):
        for kind, face in parts.items():
            told = {"words": "", "plain": "", "easy": []} | face
            keep_part(person=person, kind=kind, face=told, seen=0, page=f"demonstration-{kind}", by=me, at=at)
        sent = send_plan(note, person=person, review_on=(at + 75 * _DAY).date(), changed_words="", by=me)
    with acting_as(manager, at + _DAY) as (me, note):
        return share_plan(note, proposal=PlanProposal.objects.get(pk=sent.pk), by=me)


def _meet(now: datetime, kai: Person, worker: Member) -> None:
    """A visit that stands on the family's pages."""
    day = (now + 3 * _DAY).astimezone(LONDON).date()
    with acting_as(worker, now) as (_, note):
        plan_appointment(
            note,
            person=kai,
            worker_id=worker.id,
            way="visit",
            starts_at=datetime.combine(day, time(16), LONDON),
            where="At home, then a walk",
            told=True,
        )


def _say(now: datetime, kai: Person, worker: Member, shared: PlanVersion, dawn: Relation | None) -> None:
    at = now - 25 * _DAY
    with acting_as(worker, at) as (me, note):
        if dawn:
            answer_plan(
                note,
                version=shared,
                voice="family",
                relation=dawn,
                name=dawn.name,
                answer="agree",
                said="",
                how="paper",
                parts_read=list(PARTS),
            )
        for father in Relation.objects.filter(person=kai, parental_responsibility=True).exclude(legal_limits=""):
            answer_plan(
                note,
                version=shared,
                voice="family",
                relation=father,
                name=father.name,
                answer="unasked",
                said="A court order: he is not told where Kai lives, and the plan says it.",
                how="",
            )
        goal = set_goal(note, person=kai, voice="young_person", name="Kai", what="Go to school by train")
        for voice, name, score in (("young_person", "Kai", 2), ("keyworker", me.name, 3)):
            score_goal(note, goal=goal, voice=voice, name=name, score=score, said="")
    later = now - 4 * _DAY
    with acting_as(worker, later) as (_, note):
        score_goal(note, goal=goal, voice="young_person", name="Kai", score=5, said="I went two stops by myself.")
