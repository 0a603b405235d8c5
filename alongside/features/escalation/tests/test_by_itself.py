"""What happens without anybody's act: it climbs and the next one is told, a no is settled, a record is restricted."""

from datetime import timedelta

import pytest

from alongside.features.actions.tests.test_pages import a_day, browser, send, text_of
from alongside.features.escalation.climbing import ask_of_all
from alongside.features.escalation.deciding import decide
from alongside.features.escalation.models import Addressee, Escalation, EscalationLink, Officer, OfficerAbsence, Refusal
from alongside.features.escalation.operations import Question
from alongside.features.escalation.refusals import No, record_refusal
from alongside.features.escalation.tests.conftest import QUESTION, act, named, raised, whose
from alongside.features.people.models import Person
from alongside.features.people.operations.people import set_restricted
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.officer_numbers import TOLD, WORDS, count_area
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db
#: By then level 2 has had its five working days and level 3 has it.
LATER = NOW + timedelta(days=8)


def asked(actor: object) -> int:
    with context.as_engine():
        return Message.objects.filter(to_actor=actor, kind="escalation.asked").count()


def test_whoever_it_climbs_to_is_told_once(northmoor: Area, kai: Person, officer: Officer) -> None:
    named(northmoor, level=2, name="Mo Dale", post="Head of SEND", place="Moor Council", phone="01632 960000")
    made = raised(northmoor, kai, level=2)
    assert ask_of_all(NOW) == 0 and asked(officer.actor) == 0
    has = whose(made, LATER)
    assert has and has.officer_id == officer.pk and has.level == 3
    assert ask_of_all(LATER) == 1 and asked(officer.actor) == 1
    assert ask_of_all(LATER + timedelta(hours=1)) == 0 and asked(officer.actor) == 1


def test_a_link_goes_to_whoever_it_climbs_to_without_an_account(northmoor: Area, kai: Person) -> None:
    head = named(northmoor, level=2, name="Mo Dale", post="Head", place="Moor Council", phone="01632 960000")
    above = named(northmoor, level=3, name="Ros Vane", post="Director", place="Moor Council", reach="ros@example.org")
    made = raised(northmoor, kai, level=2)
    assert ask_of_all(LATER) == 1 and ask_of_all(LATER) == 0
    with context.as_engine():
        link = EscalationLink.objects.get(escalation=made)
    assert link.officer_id == above.pk and head.reach == ""


def test_what_was_decided_about_a_no_settles_it(northmoor: Area, kai: Person, officer: Officer) -> None:
    no = No(
        topic=QUESTION.topic, agency="education", place="Moor School", asked_for="A quiet room", criterion="No room",
        said_on=NOW.date(), then_what="Ask above", then_on=NOW.date() + timedelta(days=7),
    )  # fmt: skip
    refusal = act(northmoor, "keyworker", record_refusal, person=kai, no=no)
    question = Question(
        topic=QUESTION.topic, what="A quiet room", agency="education", about="refusal", about_id=refusal.pk
    )
    made = raised(northmoor, kai, question=question)
    act(northmoor, "senior_officer", decide, escalation=made, outcome="do", because="Yes", plain="You get the room.")
    with context.as_engine():
        stands = Refusal.objects.get(pk=refusal.pk)
    assert stands.settled == "escalated" and "You get the room." in stands.settled_words


def test_a_restricted_record_is_nobody_elses_question_meanwhile(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    for restricted in (True, False):
        with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
            set_restricted(note, person=kai, restricted=restricted, because="A threat")
        has = whose(made, NOW)
        assert (has is None) is restricted
        with acting_as(officer.actor):
            assert Escalation.objects.filter(pk=made.pk).exists() is not restricted


def test_of_a_restricted_record_the_officer_reads_nothing_and_is_named_nowhere(
    northmoor: Area, kai: Person, officer: Officer
) -> None:
    raised(northmoor, kai)
    name = officer.actor.name
    assert decide_duties(kai)[0].owner_actor_id == officer.actor_id
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        set_restricted(note, person=kai, restricted=True, because="A threat")
    for duty in decide_duties(kai):
        assert duty.owner_actor_id != officer.actor_id
        assert name not in duty.what + duty.because
    with acting_as(officer.actor) as me:
        assert not Duty.objects.filter(person=kai).exists(), "nor in SQL"
        assert not Duty.objects.visible_to(me).filter(person=kai).exists()
        assert not Addressee.objects.filter(person=kai, to_at=None).exists()
    senior = browser(northmoor, "senior_officer")
    for page in ("/", "/escalations"):
        shown = text_of(senior, page)
        assert "A quiet room" not in shown and "Moss" not in shown


def decide_duties(person: Person) -> list[Duty]:
    with context.as_engine():
        found = list(Duty.objects.filter(person=person, doing="open_escalation", key__contains=":decide:"))
    assert found
    return found


def test_an_absence_without_an_end_gets_one(
    northmoor: Area, kai: Person, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    manager, page = browser(northmoor, "manager"), f"/escalations/officers/{officer.pk}/away"
    made = raised(northmoor, kai)
    first = a_day("first", 1, 11, 2026)
    assert send(manager, page, **first).status_code == 302
    has = whose(made, NOW + timedelta(hours=2))
    assert has and has.actor_id is None
    with context.as_engine():
        absence = OfficerAbsence.objects.get()
    assert "When is" in text_of(manager, f"{page}?absence={absence.pk}")
    assert "absence=" in manager.get("/escalations/officers").content.decode()
    text_of(manager, f"{page}?absence=0", 404)
    assert send(manager, f"{page}?absence={absence.pk}", **a_day("last", 1, 10, 2026)).status_code == 422
    assert send(manager, f"{page}?absence={absence.pk}", **a_day("last", 5, 11, 2026)).status_code == 302
    has = whose(made, NOW + timedelta(hours=2))
    assert has and has.actor_id == officer.actor_id


def test_the_officers_page_has_numbers_of_the_area(northmoor: Area, kai: Person, officer: Officer) -> None:
    raised(northmoor, kai)
    counted = dict(count_area(northmoor.icb.pk, NOW + timedelta(seconds=1)))
    assert tuple(counted) == (*WORDS, TOLD)
    assert counted["Open escalations"] == counted["Of these at level 3 or above"] == 1
    assert counted["Notice on where they live, and no other place yet"] == 0
