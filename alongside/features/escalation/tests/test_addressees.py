"""Whoever is asked is there: absence, leaving, no account, no mailbox, nobody named; and what ends with the record."""

from datetime import date, timedelta

import pytest

from alongside.features.actions.tests.conftest import agreed
from alongside.features.escalation.asking import find_by_link, use_link
from alongside.features.escalation.deciding import decide
from alongside.features.escalation.models import Escalation, EscalationLinkTry, Officer
from alongside.features.escalation.officers import say_away
from alongside.features.escalation.operations import hold_back, take_step
from alongside.features.escalation.refusals import No, record_refusal, settle_refusal
from alongside.features.escalation.tests.conftest import QUESTION, about, act, named, raised, whose
from alongside.features.keyworking.tests.conftest import hire
from alongside.features.people.models import Person
from alongside.features.people.operations import change_person, record_consent
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def due(person: Person, doing: str = "open_escalation") -> list[Duty]:
    with context.as_engine():
        rows = Duty.objects.filter(person=person, doing=doing).select_related("owner_actor", "owner_team")
        return list(rows.order_by("shows_from", "due", "pk"))


def test_while_the_officer_is_away_the_deputy_has_it(northmoor: Area, kai: Person, officer: Officer) -> None:
    deputy = named(northmoor, deputy=True, actor=northmoor.actors["commissioner"])
    made = raised(northmoor, kai)
    # Who may see what now goes by the database's clock, so the absence lasts beyond this very day.
    days = max(10, (date.today() - TODAY).days + 10)
    act(northmoor, "manager", say_away, officer=officer, first=TODAY, last=TODAY + timedelta(days=days))
    has = whose(made, NOW)
    assert has and has.actor_id == deputy.actor_id
    back = whose(made, NOW + timedelta(days=days + 1))
    assert back and back.actor_id == officer.actor_id
    owners = [duty.owner_actor_id for duty in due(kai)]
    assert owners[0] == deputy.actor_id and owners[-1] == officer.actor_id
    with acting_as(deputy.actor):
        assert Escalation.objects.filter(pk=made.pk).exists()
    with context.as_engine():
        assert Message.objects.filter(to_actor=deputy.actor, kind="escalation.asked").exists()


def test_without_account_or_mailbox_somebody_of_ours_rings_and_writes_down_the_decision(
    northmoor: Area, kai: Person, director: Officer
) -> None:
    made = raised(northmoor, kai)
    ring = due(kai)[0]
    assert ring.what.startswith("Ring Ros Vane") and ring.owner_team == northmoor.teams["keyworking"]
    act(northmoor, "keyworker", take_step, escalation=made, kind="told", because="Rang her at ten")
    assert due(kai)[0].what.startswith("Ask Ros Vane")
    act(northmoor, "keyworker", decide, escalation=made, outcome="do", because="She said yes", plain="It is done.")
    assert due(kai) == []


def test_nobody_named_makes_it_the_teams_and_a_gap_for_each_agency(northmoor: Area, kai: Person) -> None:
    raised(northmoor, kai)
    assert {duty.owner_team for duty in due(kai)} == {northmoor.teams["keyworking"]}
    with context.as_engine():
        gaps = Duty.objects.filter(person=None, subject="officers")
        assert {duty.key.split(":")[1] for duty in gaps} == {"health", "education", "social_care"}
    named(northmoor)
    with context.as_engine():
        assert Duty.objects.filter(person=None, subject="officers").count() == 2
    assert [found for _, found in find_differing()] in ([], [[]])


def test_a_link_takes_one_answer_and_refused_tries_are_counted(northmoor: Area, kai: Person) -> None:
    named(northmoor, name="Ros Vane", post="Director", place="Moor Council", reach="ros@example.org")
    made = raised(northmoor, kai)
    with context.as_engine():
        sent = Delivery.objects.get(notice="answer_once", address="ros@example.org")
    token = str(sent.filling["link"]).removeprefix("/decision/")
    found = find_by_link(token, NOW)
    assert found and found[1].pk == made.pk
    link, row = found
    with recording(by=link.officer.actor, at=NOW) as note:
        use_link(note, link)
        decide(
            note, escalation=row, by=link.officer.actor, outcome="not", because="No money", plain="There is no money."
        )
    assert find_by_link(token, NOW) is None
    assert find_by_link("x" * 43, NOW) is None and find_by_link("short", NOW) is None
    with context.as_engine():
        assert EscalationLinkTry.objects.filter(link=link).count() == 1


def test_a_link_opens_nothing_when_it_is_too_old_or_somebody_elses_turn(northmoor: Area, kai: Person) -> None:
    named(northmoor, name="Ros Vane", post="Director", place="Moor Council", reach="ros@example.org")
    made = raised(northmoor, kai)
    with context.as_engine():
        sent = Delivery.objects.get(notice="answer_once", address="ros@example.org")
    token = str(sent.filling["link"]).removeprefix("/decision/")
    assert find_by_link(token, NOW + timedelta(days=29)) is None
    act(northmoor, "manager", take_step, escalation=made, kind="passed_up", because="Too long")
    assert find_by_link(token, NOW) is None


def test_why_not_is_kept_and_it_is_proposed_again_later(northmoor: Area, kai: Person, officer: Officer) -> None:
    action = agreed(northmoor, kai, due_on=date(2026, 11, 10))
    before = due(kai, "raise_escalation")[0]
    until = TODAY + timedelta(days=10)
    act(
        northmoor, "keyworker", hold_back, person=kai, question=about(action), because="It comes next week", until=until
    )
    again = due(kai, "raise_escalation")[0]
    assert before.shows_from < again.shows_from
    assert again.shows_from.date() >= until
    with pytest.raises(NotNow, match="last day"):
        far = TODAY + timedelta(days=90)
        act(northmoor, "keyworker", hold_back, person=kai, question=about(action), because="x", until=far)


def test_what_a_review_recommends_again_goes_to_level_2_at_once(northmoor: Area, kai: Person, officer: Officer) -> None:
    first = agreed(northmoor, kai, origin="review", origin_id=1)
    second = agreed(northmoor, kai, origin="review", origin_id=2, repeats=first)
    with context.as_engine():
        made = Escalation.objects.get(person=kai)
    assert (made.level, made.reason, made.about_id) == (2, "repeated", second.number)
    third = agreed(northmoor, kai, origin="review", origin_id=3, repeats=second)
    with context.as_engine():
        made = Escalation.objects.get(person=kai)
    assert made.about_id == third.number


def test_a_death_and_a_no_end_what_is_open(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=kai, purpose="register", answer="withdrawn", basis="parental", decided_on=TODAY, evidenced=True
        )
    with context.as_engine():
        made.refresh_from_db()
    assert made.state == "withdrawn" and whose(made, NOW) is None
    with acting_as(northmoor.actors["senior_officer"]):
        assert not Escalation.objects.all().exists()


def test_somebody_who_died_is_escalated_no_more(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=kai, died_on=TODAY)
    with context.as_engine():
        made.refresh_from_db()
    assert made.state == "withdrawn"
    with pytest.raises(NotNow):
        raised(northmoor, kai, by="manager")
    with pytest.raises(Refused):
        raised(northmoor, kai, by="keyworker")  # Keyworking ended with the death.


def test_a_no_is_a_record_with_a_next_step(northmoor: Area, kai: Person) -> None:
    no = No(
        topic=QUESTION.topic, agency="health", place="Moor Clinic", asked_for="An assessment", criterion="No tics",
        said_on=TODAY, then_what="Ask for a second view", then_on=TODAY + timedelta(days=7), seen="no",
    )  # fmt: skip
    refusal = act(northmoor, "keyworker", record_refusal, person=kai, no=no)
    assert due(kai, "open_refusal")[0].what == "After a no: Ask for a second view"
    act(northmoor, "keyworker", settle_refusal, refusal=refusal, settled="changed", words="They see him in May.")
    assert due(kai, "open_refusal") == []
    with pytest.raises(NotNow):
        act(northmoor, "keyworker", settle_refusal, refusal=refusal, settled="changed", words="x")


def test_an_officer_who_left_is_passed_over(northmoor: Area, kai: Person) -> None:
    leaver = hire(northmoor, "Sam Reed")
    named(northmoor, actor=leaver)
    made = raised(northmoor, kai)
    has = whose(made, NOW)
    assert has and has.actor_id == leaver.pk
    with context.as_engine(), recording(by=northmoor.actors["manager"], at=NOW) as note:
        leaver.left_on = TODAY
        leaver.save(update_fields=["left_on"])
        note("account.closed", words="Sam Reed left.", icb_id=northmoor.icb.pk, subject="actor", subject_id=leaver.pk)
    gone = whose(made, NOW)
    assert gone is not None and gone.actor_id is None
    assert due(kai)[0].owner_team == northmoor.teams["keyworking"]
