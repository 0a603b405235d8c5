"""A school's link writes into its own area and under its own question only; so does the register team."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.features.referrals.codes import digest_of
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.schools.models import SchoolAnswer, SchoolAsk, SchoolRound
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area
from tests.second_wall.asking import by_hand, insert, refused, run

TOKEN = "t" * 43


def asked(area: Area, school: Organisation) -> tuple[SchoolAsk, SchoolAnswer]:
    """A school of this area was asked, and has answered once."""
    coordinator, until = area.actors["coordinator"], NOW + timedelta(days=90)
    job = Actor.objects.create(kind="job", name=school.name)
    term = SchoolRound.objects.create(
        icb=area.icb, term="spring", asked_from=NOW.date(), answer_by=NOW.date(), until=until, started_at=NOW,
        started_by=coordinator,
    )  # fmt: skip
    ask = SchoolAsk.objects.create(round=term, icb=area.icb, organisation=school, asked_at=NOW, until=until)
    return ask, SchoolAnswer.objects.create(ask=ask, icb=area.icb, at=NOW, by=job, by_name="Sam Reed")


@pytest.fixture
def world(northmoor: Area, saltby: Area) -> dict[str, Any]:
    """The same school is asked by two areas; another school of the first area too. The link is of the first."""
    engine = Actor.objects.get(kind="engine")
    with context.as_engine(), recording(by=engine, at=NOW) as note:
        note("x.y", words="x", icb_id=northmoor.icb.pk)
        hill, mill = (Organisation.objects.create(kind="school", name=name) for name in ("Hill", "Mill"))
        own, answer = asked(northmoor, hill)
        with_mill = SchoolAsk.objects.create(
            round=own.round, icb=northmoor.icb, organisation=mill, asked_at=NOW, until=own.until
        )
        theirs, _ = asked(saltby, hill)
        OrganisationLink.objects.create(
            icb=northmoor.icb, organisation=hill, what_for="school_ask", token_digest=digest_of(TOKEN),
            acts_as=answer.by, made_by=northmoor.actors["coordinator"], made_at=NOW, expires_at=own.until,
        )  # fmt: skip
    return {"own": own, "answer": answer, "mill": with_mill, "theirs": theirs}


def answers(ask: SchoolAsk, icb: Area, by: int) -> int:
    said = {"by_name": "x", "by_role": "", "phone": "", "nobody": True, "said_no": 0}
    return insert("referrals_schoolanswer", ask_id=ask.pk, icb_id=icb.icb.pk, at=NOW, by_id=by, **said)


def worries(answer: SchoolAnswer, ask: SchoolAsk, icb: Area) -> int:
    said = {"known": "no", "autism": "no", "learning_disability": "no", "school_year": "", "parents_asked": ""}
    rest = {"reasons": [], "words": "x", "reference": "", "settled_how": "", "settled_words": "", "number": 1}
    return insert("referrals_schoolworry", answer_id=answer.pk, ask_id=ask.pk, icb_id=icb.icb.pk, **said, **rest)


def test_by_its_link_a_school_writes_under_its_own_question(
    world: dict[str, Any], northmoor: Area, saltby: Area
) -> None:
    own, answer, job = world["own"], world["answer"], world["answer"].by_id
    with context.asking_with(TOKEN), context.under_act(uuid4()):
        assert answers(own, northmoor, job) == 1
        assert worries(answer, own, northmoor) == 1
        for ask, area in ((own, saltby), (world["theirs"], saltby), (world["mill"], northmoor)):
            with refused():
                answers(ask, area, job)
        for ask, area in ((own, saltby), (world["theirs"], northmoor), (world["mill"], northmoor)):
            with refused():
                worries(answer, ask, area)


def test_the_register_team_moves_no_worry_under_another_question(
    world: dict[str, Any], northmoor: Area, saltby: Area
) -> None:
    with by_hand(northmoor.actors["coordinator"]) as me:
        assert worries(world["answer"], world["own"], northmoor) == 1
        for column, value in (("ask_id", world["mill"].pk), ("icb_id", saltby.icb.pk)):
            with refused():
                run(f"update referrals_schoolworry set {column} = %s", value)
        with refused():
            answers(world["theirs"], northmoor, me.id)
