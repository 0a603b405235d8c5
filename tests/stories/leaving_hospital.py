"""Amir leaves hospital: seven conditions, a ramp that is late, and the days afterwards. For story 9."""

from datetime import date
from typing import Any

import pytest

from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import NewOwner, take_step
from alongside.features.hospital.discharge.leaving import LeftOne
from alongside.features.hospital.discharge.operations import agree_condition, record_meeting, say_date, write_plan
from alongside.features.hospital.models import DischargeCondition, Stay
from alongside.features.hospital.operations import discharge
from alongside.features.keyworking.contacts.operations import log_contact
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.portal.tests.conftest import ask_in, comes_in, has_relation, last_sent, signed_in
from tests.cast import Area, involve
from tests.stories.telling import act, at, colour_of, due_for, on, press, staff, words

CONDITIONS = (
    ("home", "A ramp to the front door is built", "Housing officer", "Northmoor Council"),
    ("care", "Two carers come each morning", "Care manager", "Northmoor Council"),
    ("education", "A place for three mornings a week", "SENCO", "Netherby High School"),
    ("community", "A psychiatrist in the community is named", "Team lead", "Northmoor Community Team"),
    ("crisis", "The family has the crisis plan on paper", "Keyworker", "Northmoor ICB"),
    ("health", "Medicines for four weeks, and who prescribes then", "Pharmacist", "Northmoor Hospital"),
    ("money", "Section 117 money is agreed", "Commissioner", "Northmoor ICB"),
)


def wednesday_4_february_seven_conditions(area: Area, amir: Person) -> Stay:
    """The ward, the keyworker and the commissioner meet: a day, somebody who leads, seven conditions with owners."""
    with context.as_engine():
        stay = Stay.objects.select_related("person").get(person=amir)
    assert due_for(amir.pk)["discharge_date"].due.date() == date(2026, 1, 26), "nobody had said a day"
    lead = {
        "lead_name": "Sister Okafor", "lead_post": "Ward manager", "lead_organisation": "Northmoor Hospital",
        "lead_reach": "01632 960177",
    }  # fmt: skip
    when = at(4, 2, 15)
    act(area, "keyworker", when, _plan, stay=stay, seen=0, where_to="Home to his father", **lead)
    given = {"held_on": when.date(), "who_came": "Ward, keyworker, commissioner, his father", "agreed": "2 March"}
    act(area, "keyworker", when, _met, stay=stay, young_person_came=True, family_came=True, **given)
    act(area, "keyworker", when, _date, stay=stay, expected_on=date(2026, 3, 2), because="", seen=0)
    for heading, what, post, place in CONDITIONS:
        owner = NewOwner(organisation=None, name=f"The {post.lower()}", post=post, place=place)
        given = {"heading": heading, "what": what, "owner": owner, "due_on": date(2026, 2, 27)}
        act(area, "keyworker", when, _condition, stay=stay, **given)
    due = due_for(amir.pk)
    assert "discharge_date" not in due and due["discharge_date_passed"].due.date() == date(2026, 3, 2)
    with on(5, 2):
        page = words(staff(area, "keyworker").get(f"/hospital/stays/{stay.pk}/discharge-plan"))
        assert "7 of 7 not met yet" in page and "2 March 2026" in page and "The care manager" in page
    return stay


def monday_2_march_ready_and_still_there(area: Area, amir: Person, stay: Stay, father: Actor) -> None:
    """House adaptation: from that day each night counts, for housing. Six conditions are met, the ramp is not."""
    with context.as_engine():
        actions = list(Action.objects.filter(person=amir, origin="discharge").order_by("pk"))
    for action in actions[1:]:
        done = {"action": action, "kind": ActionStep.Kind.SAID_DONE, "evidence": "Seen by his keyworker"}
        said = act(area, "keyworker", at(27, 2), take_step, **done)
        act(area, "manager", at(27, 2, 11), take_step, action=said, kind=ActionStep.Kind.CONFIRMED)
    with on(2, 3, 9):
        commissioner = staff(area, "commissioner")
        answer = press(
            commissioner,
            f"/hospital/stays/{stay.pk}/discharge-plan/ready",
            **{"from_date-day": "2", "from_date-month": "3", "from_date-year": "2026"},
            reason="10", body="07", detail="The ramp",
        )  # fmt: skip
        assert answer.status_code == 302, words(answer)
        address = f"/hospital/stays/{stay.pk}/discharge-plan/date"
        given = {"expected_on-day": "9", "expected_on-month": "3", "expected_on-year": "2026"}
        answer = press(commissioner, address, **given)
        assert "The day has moved. Say why" in words(answer)
        assert press(commissioner, address, **given, because="The ramp takes a week longer.").status_code == 302
    with on(6, 3):
        page = words(staff(area, "keyworker").get(f"/hospital/stays/{stay.pk}/discharge-plan"))
        assert "Ready since 2 March 2026" in page and "4 nights" in page and "Moved once" in page
        counted = words(staff(area, "commissioner").get("/hospital/discharges"))
        assert "Awaiting community equipment or adaptations" in counted and "Housing" in counted
        family = words(signed_in(father).get(f"/mine/{amir.reference}/hospital"))
        assert "We plan for <strong>9 March 2026</strong>" in family and "The ramp takes a week longer." in family
        for told in ("A ramp to the front door is built", "Sister Okafor", "Home to his father"):
            assert told in family, told
        for never in ("Housing", "nights", "blue", "Blue", "delay"):
            assert never not in family, never


def monday_9_march_he_leaves(area: Area, amir: Person, father: Actor) -> None:
    """Red at once; contacts are due within 48 hours, 7 and 14 days, the first of them the keyworker's.

    The ramp goes on after the discharge: a name, a reason and a day. The crisis team stands on the family's page.
    """
    with context.as_engine():
        stay = Stay.objects.get(person=amir)
        ramp = DischargeCondition.objects.get(stay=stay, heading="home")
    left_at = at(9, 3, 14)
    with pytest.raises(NotNow):
        act(area, "keyworker", left_at, _discharge, stay=stay, discharged_at=left_at, closure="family_home")
    left = [LeftOne(ramp.pk, "moved", "Dr Lee, consultant", "A ramp on loan until then", date(2026, 3, 27))]
    given = {"discharged_at": left_at, "destination": "Home to his father", "closure": "family_home", "left": left}
    act(area, "keyworker", left_at, _discharge, stay=stay, **given)
    assert colour_of(amir.pk) == "red"
    due = due_for(amir.pk)
    assert due["discharge_contact_1"].due == at(11, 3, 14)
    assert due["discharge_contact_1"].owner_actor == area.actors["keyworker"]
    assert due["discharge_contact_2"].due.date() == date(2026, 3, 16)
    assert due["discharge_contact_3"].due.date() == date(2026, 3, 23)
    missed = due["discharge_contact_missed"]
    assert missed.owner_team == area.teams["keyworking"], "a missed contact is the manager's team's, the same day"
    with on(9, 3, 15):
        keyworker = staff(area, "keyworker")
        assert "Make the first contact" in words(keyworker.get("/"))
        answer = press(
            keyworker, f"/hospital/stays/{stay.pk}/after-discharge/write", closure="family_home",
            support_by="The crisis team", ring="Northmoor crisis team", ring_phone="01632 960100",
            week_1="The crisis team comes each evening.",
        )  # fmt: skip
        assert answer.status_code == 302, words(answer)
        family = words(signed_in(father).get(f"/mine/{amir.reference}/hospital"))
    assert "Northmoor crisis team" in family and "01632 960100" in family
    assert "The crisis team comes each evening." in family and "Week 4" in family
    assert "A ramp to the front door is built" in family, "what is still to be done"
    with on(10, 3):
        counted = words(staff(area, "commissioner").get("/hospital/discharges"))
    assert "<strong>7 nights</strong>" in counted, "they end with the discharge"


def _plan(note: Any, *, by: Any, **given: Any) -> None:
    write_plan(note, **given)


def _met(note: Any, *, by: Any, **given: Any) -> None:
    record_meeting(note, **given)


def _date(note: Any, *, by: Any, **given: Any) -> None:
    say_date(note, **given)


def _condition(note: Any, *, by: Any, **given: Any) -> None:
    agree_condition(note, by=by, **given)


def _discharge(note: Any, *, by: Any, **given: Any) -> None:
    discharge(note, **given)


def wednesday_the_first_contact(area: Area, amir: Person) -> None:
    """Made in time by his keyworker, where every contact is logged; the second stays due, and nothing was missed."""
    with on(11, 3, 11):
        worker = staff(area, "keyworker")
        given = {"way": "visit", "with_whom": ["young_person"], "outcome": "At home, and glad of it."}
        answer = press(worker, f"/people/{amir.reference}/contact", **given)
        assert answer.status_code == 302, words(answer)
    due = due_for(amir.pk)
    assert "discharge_contact_1" not in due and "discharge_contact_2" in due
    with on(11, 3, 15):
        assert "contact 1 after the discharge" not in words(staff(area, "manager").get("/"))
        page = words(staff(area, "keyworker").get(f"/hospital/stays/{stay_of(amir)}/after-discharge"))
    assert "Made" in page and "2 days without going back" in page
    with on(17, 3, 9):
        assert "contact 2 after the discharge" in words(staff(area, "manager").get("/")), "missed, and told"
    act(area, "keyworker", at(17, 3, 11), visited, person=amir)
    act(area, "keyworker", at(23, 3, 11), visited, person=amir)
    assert not {"discharge_contact_2", "discharge_contact_missed"} & set(due_for(amir.pk))


def stay_of(amir: Person) -> int:
    with context.as_engine():
        return Stay.objects.get(person=amir).pk


def his_father(area: Area, amir: Person) -> Actor:
    """He comes in by the family door, and may know where Amir stays."""
    relation = has_relation(area, amir, name="Karim Sadiq", relationship="father")
    topics = (Topic.IDENTITY, Topic.KEYWORKING, Topic.HOSPITAL, Topic.PLACEMENT)
    with on(3, 2, 12):
        ask_in(area, amir, relation, sees=[str(topic.value) for topic in topics])
        comes_in(last_sent("invitation")["link"])
    with context.as_engine():
        return Actor.objects.get(kind=Actor.Kind.FAMILY)


def a_nurse_of_the_ward(area: Area, amir: Person) -> None:
    """Let in while he is there, on what she needs."""
    nurse = area.actors["partner_health"]
    with context.as_engine(), recording(by=nurse, at=at(20, 1)) as note:
        nurse.organisation = Organisation.objects.create(kind="provider", code="TWW", name="Willow Ward")
        nurse.save(update_fields=["organisation"])
        note("actor.changed", words="A nurse works at Willow Ward.", icb_id=area.icb.pk)
    involve(area, amir, nurse, topics=[Topic.IDENTITY, Topic.HOSPITAL], at=at(20, 1))
    with on(5, 2, 11):
        assert staff(area, "partner_health").get(f"/hospital/stays/{stay_of(amir)}/discharge-plan").status_code == 200


def the_ward_reads_for_thirty_days_more(area: Area, amir: Person) -> None:
    """The database closes it by its own clock; the row says until when."""
    with context.as_engine():
        link = Involvement.objects.get(person_id=amir.pk, because="link")
    assert link.to_at == at(8, 4, 14), "30 days after 9 March, 14:00"
    assert staff(area, "partner_health").get(f"/hospital/stays/{stay_of(amir)}/discharge-plan").status_code == 404


def visited(note: Any, *, person: Person, by: Any) -> None:
    log_contact(note, person=Person.objects.get(pk=person.pk), way="visit", with_whom=["young_person"], outcome="Well.")
