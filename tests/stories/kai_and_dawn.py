"""Kai and Dawn read and write on their own pages: the plan and its goals, what was promised, who stays. For story 1."""

from datetime import date
from typing import Any

from django.test import Client

from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import take_step
from alongside.features.escalation.models import Escalation
from alongside.features.escalation.operations import Question, raise_escalation
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations import record_fact
from alongside.features.plans.drafting import keep_part
from alongside.features.plans.models import Goal, GoalScore, PlanAnswer, PlanProposal
from alongside.features.plans.operations import send_plan, share_plan
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Delivery
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.portal.tests.conftest import ask_in, comes_in, last_sent, signed_in
from tests.cast import Area, acting_as
from tests.stories.telling import act, at, on, press, staff, words

GOALS = ("See my friends", "Sleep at night", "Go to school three days")
#: What Kai and Dawn say, from 0 to 10: at the beginning, and on 15 July.
BEGIN, LATER = (2, 3, 1), (7, 6, 5)
DAWN_SEES = (Topic.IDENTITY, Topic.CONTACT, Topic.KEYWORKING, Topic.REVIEW, Topic.EDUCATION, Topic.PLACEMENT)


def they_come_in(area: Area, person: Person) -> tuple[Actor, Actor]:
    """28 January: each by a link and a code of their own. Kai and Dawn, in this order."""
    relation = act(area, "coordinator", at(28, 1), _mother, person=person)
    with on(28, 1, 12):
        ask_in(area, person, None, phone="07700 900456", sees=[str(topic) for topic in EVERY_TOPIC])
        comes_in(last_sent("invitation")["link"])
        ask_in(area, person, relation, sees=[str(topic.value) for topic in DAWN_SEES])
        comes_in(last_sent("invitation")["link"])
    with context.as_engine():
        kai, dawn = Actor.objects.filter(kind=Actor.Kind.FAMILY).order_by("pk")
    return kai, dawn


def _mother(note: Any, *, person: Person, by: Any) -> Relation:
    known = {"name": "Dawn Moss", "relationship": "mother", "parental_responsibility": True, "phone": "07700 900123"}
    mother: Relation = record_fact(
        note, Relation, person=Person.objects.get(pk=person.pk), topic=Topic.FAMILY, words="His mother.", **known
    )
    return mother


def tuesday_3_february_the_plan(area: Area, person: Person, kai: Actor, dawn: Actor) -> None:
    """Written by his keyworker, approved by somebody else, read and answered by both; three goals that Kai sets.

    Each scores for themselves; Kai says yes to some of it only, which is kept in his words.
    """
    for kind, text in (("story", "I moved here when I was nine."), ("strengths", "I draw trains.")):
        with acting_as(area.actors["keyworker"], at(3, 2)) as me:
            face = {"words": text, "plain": "", "easy": []}
            keep_part(person=person, kind=kind, face=face, seen=0, page=f"{kind}-page", by=me, at=at(3, 2))
    act(area, "keyworker", at(3, 2), _send, person=person)
    act(area, "manager", at(3, 2, 12), _share, person=person)
    with on(3, 2, 15):
        mine = f"/mine/{person.reference}"
        his, hers = signed_in(kai), signed_in(dawn)
        assert "I moved here when I was nine." in words(his.get(f"{mine}/plan"))
        said = press(his, f"{mine}/plan/answer", answer="partly", said="Not the bit about school.")
        assert said.status_code == 302, words(said)
        assert press(hers, f"{mine}/plan/answer", answer="agree", said="").status_code == 302
        for what in GOALS:
            assert press(his, f"{mine}/goals/add", what=what).status_code == 302
    each_scores(person, kai, BEGIN, (3, 2))
    with on(3, 2, 16):
        press(hers := signed_in(dawn), f"{mine}/goals/{_goals(person)[0].pk}/score", score="4")
        assert "Dawn" in words(hers.get(f"{mine}/goals"))
    with context.as_engine():
        answers = dict(PlanAnswer.objects.filter(person=person).values_list("voice", "answer"))
    assert answers == {"young_person": "partly", "family": "agree"}, "agreed, or what was not agreed stands there"


def _send(note: Any, *, person: Person, by: Any) -> None:
    send_plan(note, person=Person.objects.get(pk=person.pk), review_on=date(2026, 4, 28), changed_words="", by=by)


def _share(note: Any, *, person: Person, by: Any) -> None:
    share_plan(note, proposal=PlanProposal.objects.get(person=person), by=by)


def _goals(person: Person) -> list[Goal]:
    with context.as_engine():
        return list(Goal.objects.filter(person=person).order_by("pk"))


def each_scores(person: Person, kai: Actor, scores: tuple[int, ...], day: tuple[int, int]) -> None:
    """Kai scores his three goals on his own page."""
    with on(*day, 15):
        his = signed_in(kai)
        for goal, score in zip(_goals(person), scores, strict=True):
            address = f"/mine/{person.reference}/goals/{goal.pk}/score"
            assert press(his, address, score=str(score)).status_code == 302


def spring_five_are_done_and_one_is_lifted(area: Area, person: Person, dawn: Actor) -> None:
    """By 3 June: four confirmed, the school's by its link, and one lifted, decided by the senior officer, then done."""
    with context.as_engine():
        *four, lifted, school = Action.objects.filter(person=person, origin="review").order_by("pk")
        link = str(Delivery.objects.filter(notice="act_once").latest("pk").filling["link"])
    for action in four:
        done(area, action, (20, 5))
    with on(6, 3):
        page = words(senco := Client().get(link))
        assert senco.status_code == 200 and "A quiet room" in page, "the school reads its own"
        assert "Thing 1" not in page and "Moss" not in page, "and nothing else"
        assert "You said yes" in words(press(Client(), link, answer="accepted"))
    with on(21, 5):
        with context.as_engine():
            again = str(Delivery.objects.filter(notice="done_once").latest("pk").filling["link"])
        press(Client(), again, answer="said_done", evidence="He uses it each day")
        here = f"/people/{person.reference}/actions/{school.number}/confirmed"
        assert press(staff(area, "keyworker"), here).status_code == 302
    question = Question(
        topic=lifted.topic, what=lifted.what, agency="health", reason="blocked", effect="He waits.",
        asks="Name who does it.", about="action", about_id=lifted.number,
    )  # fmt: skip
    raised: Escalation = act(
        area, "manager", at(22, 5), raise_escalation, person=person, question=question, level=1, because="No answer"
    )
    with on(26, 5):
        decided = press(
            staff(area, "manager"), f"/people/{person.reference}/escalations/{raised.pk}/decided", outcome="do",
            because="Somebody is free now.", plain="The clinic sees Kai in June.",
        )  # fmt: skip
        assert decided.status_code == 302, words(decided)
        assert "The clinic sees Kai in June." in words(signed_in(dawn).get(f"/mine/{person.reference}/decisions"))
    done(area, lifted, (1, 6))


def done(area: Area, action: Action, day: tuple[int, int]) -> None:
    """Its owner says so, and somebody else has seen it."""
    said = {"action": action, "kind": ActionStep.Kind.SAID_DONE, "evidence": "Seen at the visit"}
    now = act(area, "coordinator", at(*day), take_step, **said)
    act(area, "manager", at(*day, 11), take_step, action=now, kind=ActionStep.Kind.CONFIRMED)


def what_each_reads_when_keyworking_has_ended(area: Area, person: Person, kai: Actor, dawn: Actor) -> None:
    """Kai: his plan, scores over time, who is around him, who stays. Dawn: the same, and what services promised."""
    mine = f"/mine/{person.reference}"
    with on(16, 7):
        his, hers = signed_in(kai), signed_in(dawn)
        goals = words(his.get(f"{mine}/goals"))
        for first, last in zip(BEGIN, LATER, strict=True):
            assert f"{first}, then {last} of 10" in goals, goals
        assert all("I draw trains." in words(reader.get(f"{mine}/plan")) for reader in (his, hers))
        for page in (words(his.get(f"{mine}/ending")), words(hers.get(f"{mine}/ending"))):
            assert "Jade" in page and "Rosa Hill" in page and "Ask to come back" in page
        promised = words(hers.get(f"{mine}/promised"))
        assert "A quiet room" in promised and "Thing 1" in promised and "Done" in promised
        assert his.get(f"{mine}/who").status_code == his.get(f"{mine}/letters").status_code == 200
        for address in ("", "/plan", "/goals", "/ending", "/promised", "/who", "/decisions", "/safety"):
            for reader in (his, hers):
                page = words(reader.get(f"{mine}{address}"))
                for never in ("panel", "Panel", "green", "amber", "He has not slept for weeks", "His uncle is ill"):
                    assert never not in page, (address, never)
        for closed in (f"/people/{person.reference}", "/register/meetings", "/register"):
            assert his.get(closed).status_code in (403, 404), closed
            assert hers.get(closed).status_code in (403, 404), closed
        counted = words(staff(area, "commissioner").get("/escalations/figures"))
        assert "Northmoor" in words(staff(area, "commissioner").get("/actions/figures")) and "Kai" not in counted
    with context.as_engine():
        assert GoalScore.objects.filter(person=person, voice="family").count() == 1
