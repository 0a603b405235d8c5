"""Whatever people do, in whatever order: what is stored is what the facts say, and somebody owns what is next."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Circumstance, Diagnosis, Person
from alongside.features.people.operations import change_person, record_consent, record_fact
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import (
    enter_register,
    pending_proposal,
    plan_review,
    propose_rating,
    rate,
    remove,
)
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes, NothingNoted, recording
from alongside.overview.models import Duty, RegisterRow
from alongside.overview.operations import answer_duty
from alongside.overview.recounting import count_turned
from alongside.overview.verify import as_at, differing_among
from tests.cast import NO_FLOOR, NOW, STAYING, Area, acting_as, add_registered

DEEDS = (
    "rate red",
    "rate amber",
    "rate green",
    "propose",
    "take up",
    "plan",
    "admit",
    "discharge",
    "agree",
    "withdraw",
    "keyworker",
    "ehc plan",
    "child protection",
    "learning disability",
    "birth date",
    "done",
    "not needed",
    "remove",
    "come back",
)


def act(deed: str, note: Notes, person: Person, area: Area, me: Me, at: datetime) -> None:
    """One deed as somebody would do it through the service."""
    entry = RegisterEntry.objects.filter(person=person, removed_on=None).first()
    stay = Stay.objects.filter(person=person, discharged_at=None).first()
    today = at.date()
    if deed.startswith("rate") and entry:
        rate(note, entry=entry, colour=deed.split()[1], because="Seen.", by=me, demanded=STAYING if stay else NO_FLOOR)
    elif deed == "propose" and entry:
        propose_rating(note, entry=entry, colour="red", because="Notice.", origin="notice")
    elif deed == "take up" and entry and (proposal := pending_proposal(entry)):
        rate(
            note,
            entry=entry,
            colour="red",
            because="Yes.",
            by=me,
            proposal=proposal,
            demanded=STAYING if stay else NO_FLOOR,
        )
    elif deed == "plan" and entry:
        plan_review(note, entry=entry, on=today + timedelta(days=9), by=me)
    elif deed == "admit" and not stay:
        admit(note, person=person, kind="mental_health_hospital", place_name="Elm ward", admitted_at=at)
    elif deed == "discharge" and stay:
        discharge(note, stay=stay, discharged_at=at, destination="Home")
    elif deed in ("agree", "withdraw"):
        answer = "given" if deed == "agree" else "withdrawn"
        record_consent(
            note, person=person, purpose="register", answer=answer, basis="parental", decided_on=today, evidenced=True
        )
    elif deed == "keyworker":
        allocate(note, person=person, worker=area.actors["keyworker"], from_date=today)
    elif deed == "ehc plan":
        record_fact(note, Circumstance, person=person, topic=7, kind="ehc_plan", from_date=today, words="Has a plan.")
    elif deed == "child protection":
        values = {"kind": "child_protection", "from_date": today}
        record_fact(note, Circumstance, person=person, topic=9, words="A plan was made.", **values)
    elif deed == "learning disability":
        record_fact(note, Diagnosis, person=person, topic=6, kind="learning_disability", words="Diagnosed.")
    elif deed == "birth date":
        change_person(note, person=person, birth_date=today.replace(year=today.year - 16, day=1))
    elif deed in ("done", "not needed"):
        duty = Duty.objects.visible_to(me).filter(person=person, doing="record_done").order_by("due").first()
        if duty:
            answer = deed.replace(" ", "_")
            answer_duty(note, duty=duty, answer=answer, on=today, because="As agreed.", by=me)
    elif deed == "remove" and entry:
        remove(note, entry=entry, on=today, because="risk_reduced", by=me)
    elif deed == "come back" and not entry:
        enter_register(note, person=person, listing="child", entered_on=today, reason="Again", by=me)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
)
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(1, 40)), min_size=1, max_size=9))
@pytest.mark.usefixtures("_fresh_rules")
def test_after_any_history_stored_equals_derived(northmoor: Area, deeds: list[tuple[str, int]]) -> None:
    at = NOW - timedelta(days=365)
    person, _ = add_registered(northmoor, at=at)
    for deed, days in deeds:
        at += timedelta(days=days)
        with acting_as(northmoor.actors["coordinator"], at) as me:
            found = Person.objects.filter(pk=person.pk).first()
            if found is None:  # they said no: the register team can't do anything about them any more
                break
            try:
                with recording(by=me, at=at) as note:
                    act(deed, note, found, northmoor, me, at)
            except (NotNow, NothingNoted):
                pass
    with context.as_engine():
        assert differing_among([person.pk]) == []
        for days in (0, 30, 400):
            assert differing_among([person.pk], as_at(at + timedelta(days=days)), with_rows=False) == []
        if entry := RegisterEntry.objects.filter(person=person, removed_on=None).first():
            duties = list(Duty.objects.filter(person=person))
            assert any(duty.ends_at is None for duty in duties)
            assert all(duty.owner_actor_id or duty.owner_team_id for duty in duties)
            for days in (0, 30, 400):
                moment = at + timedelta(days=days)
                count_turned(moment)
                still = [duty for duty in duties if duty.ends_at is None or duty.ends_at > moment]
                assert RegisterRow.objects.get(entry=entry).next_due == min(duty.due for duty in still)
                assert differing_among([person.pk]) == []
