"""Where young people live, in the demonstration: a notice that runs out, money across bodies, who is responsible, a
concern and the visit after it; and a move."""

from collections.abc import Callable
from typing import Any

from alongside.features.concerns.disputes.operations import look_at_dispute, open_dispute
from alongside.features.concerns.funding.operations import Share, answer_for_body, ask_for_funding
from alongside.features.concerns.models import Dispute, FundingPart
from alongside.features.concerns.placements.operations import ask_place, follow_notice
from alongside.features.concerns.raising.operations import keep_number, raise_concern
from alongside.features.concerns.visits.operations import record_quality_visit
from alongside.features.moving.operations import begin_move
from alongside.features.people.models import LifeEvent, Person
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from simulator.replay import acting_as
from simulator.stories.telling import Teller


def tell_where_they_live(t: Teller, made: dict[str, int]) -> None:
    icb = _organisation(t, "DEMO")
    _did(t, "priya", 90, keep_number, icb=icb, council="Fenbridge Council", phone="01632 960 170",
         night_phone="01632 960 188", by_whom=False)  # fmt: skip
    _notice(t, _person(t, made["kai"]))
    _money(t, _person(t, made["maya"]))
    _did(
        t, "asha", 12, raise_concern, person=_person(t, made["jordan"]), kind="quality", about="placement",
        place="Beck House School", severity="serious", seen_on=t.day(13), said_by="Jordan’s aunt",
        what="Jordan’s picture board was gone for two weeks. Nobody knew how to talk with them.",
        done_at_once="Asha brought a new one and showed two of the staff.",
    )  # fmt: skip
    _visit(t, _person(t, made["jordan"]))
    _dispute(t, _person(t, made["noah"]))
    _did(
        t, "tom", 4, begin_move, person=_person(t, made["sol"]), kind="area", told_by="family", told_on=t.day(4),
        because="Sol’s mother starts work there.", to_icb=_organisation(t, "DEM2"), moves_on=t.day(-40), by_whom=False,
    )  # fmt: skip


def _notice(t: Teller, kai: Person) -> None:
    """On Kai's placement: it runs out in three weeks, one place said no and one has not answered."""
    with acting_as(t.members["asha"].id, t.at(7)):
        event = LifeEvent.objects.filter(person=kai, kind="placement_notice").latest("pk")
    notice = _did(
        t, "asha", 7, follow_notice, person=kai, place="Paul Gale, foster carer", given_on=t.day(9), ends_on=t.day(-19),
        because="He can’t go on alone at night.", event=event,
    )  # fmt: skip
    answer: dict[str, Any] = {
        "answer": "no",
        "answered_on": t.day(3),
        "because": "full",
        "said": "Nothing before the summer.",
    }
    _did(t, "asha", 3, ask_place, notice=notice, place="Linden House", asked_on=t.day(6), miles=14, **answer)
    _did(t, "asha", 2, ask_place, notice=notice, place="Oak Cottage", asked_on=t.day(2), miles=3)


def _money(t: Teller, mimi: Person) -> None:
    """Evenings at home for Mimi: the ICB says yes, the council has not answered."""
    asked = _did(
        t, "asha", 16, ask_for_funding, person=mimi, what_for="Two people on three evenings a week",
        why_not_existing="The home treatment team stops at six in the evening.", cost=640, per="week",
        asked_on=t.day(16), needed_from=t.day(-8), shares=[Share("icb", 60), Share("care", 40, "Fenbridge Council")],
    )  # fmt: skip
    with acting_as(t.members["asha"].id, t.at(9)):
        part = FundingPart.objects.get(of_id=asked.number, body="icb")
    _did(t, "asha", 9, answer_for_body, funding=asked, part=part, answer="yes", on=t.day(9), who="The ICB’s panel")


def _visit(t: Teller, jordan: Person) -> None:
    """To Jordan's school, after the concern: seen alone, one thing better, one not."""
    _did(
        t, "asha", 5, record_quality_visit, person=jordan, place="Beck House School", visited_on=t.day(5),
        visitors="Asha Patel, keyworker, and Samira Yusuf, social worker", announced="no", seen_alone="yes",
        they_say="Pointed to the garden and to ‘friend’. Pushed the picture of the dining hall away.",
        family_spoken="Jordan’s aunt, by phone: she wants to be rung before a new worker starts.",
        environment="A room of their own with a window. The dining hall is loud, and Jordan eats little there.",
        health="No holding or keeping alone in four weeks. Medicine as the paediatrician wrote it down.",
        worries="Nobody on the night shift knows the picture board.", again_on=t.day(-60),
        family_words="Asha and Samira visited. The new board is used by day; we ask that the night staff learn it too.",
    )  # fmt: skip


def _dispute(t: Teller, noah: Person) -> None:
    """Two councils on whose he is after hospital; meanwhile one acts, and said yes."""
    opened: Dispute = _did(
        t, "asha", 11, open_dispute, person=noah, about="council", one_body="Fenbridge Council",
        other_body="Moor Council", opened_on=t.day(11), interim_owner="Fenbridge Council", interim_accepted=True,
        interim_name="Lou Marsh, head of service",
        what="Fenbridge says that he lived in Moor before hospital. Moor says that his home was always Fenbridge.",
    )  # fmt: skip
    _did(
        t, "asha", 3, look_at_dispute, dispute=opened,
        words="Both heads of service have the dates of his addresses, and meet on it next week.",
    )  # fmt: skip


def _did(
    t: Teller, who: str, days: int, operation: Callable[..., Any], /, *, by_whom: bool = True, **given: Any
) -> Any:
    at = t.at(days, 14)
    with acting_as(t.members[who].id, at) as me, recording(by=me, at=at) as note:
        return operation(note, **({"by": me} if by_whom else {}), **given)


def _person(t: Teller, person_id: int) -> Person:
    with acting_as(t.members["priya"].id, t.at(1)):
        return Person.objects.select_related("icb").get(pk=person_id)


def _organisation(t: Teller, code: str) -> Organisation:
    with context.as_engine():
        return Organisation.objects.get(pk=t.icbs[code][0])
