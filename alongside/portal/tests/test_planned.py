"""What is planned stands on the family's pages when they were told of it; and leads nobody to the young person."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.keyworking.contacts.operations import call_off, move_appointment, plan_appointment
from alongside.features.keyworking.models import Appointment
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.portal.tests.conftest import SEES, ask_in, comes_in, has_relation, last_sent, text_of
from tests.cast import NOW, Area, acting_as
from tests.reading_age import reading_age, text_blocks

BUDGET, OLDEST = 12, 9.0
WHERE, WHO = "The library", "Mrs Reed, SENCO"


def meets(area: Area, kai: Person, **more: Any) -> Appointment:
    """Asha plans a meeting in two days."""
    asha = area.actors["keyworker"]
    known = {"way": "meeting", "starts_at": NOW + timedelta(days=2), "where": WHERE, "with_whom": f"{WHO}\nDr Ode"}
    with acting_as(asha, NOW) as me, recording(by=me, at=NOW) as note:
        return plan_appointment(note, person=kai, worker_id=asha.pk, **{**known, "told": True, **more})


def comes_as_father(area: Area, kai: Person, *topics: Topic) -> Client:
    father = has_relation(area, kai, name="Rob Moss", relationship="father")
    ask_in(area, kai, father, sees=[str(topic.value) for topic in (*SEES, *topics)])
    return comes_in(last_sent("invitation")["link"])


@pytest.mark.parametrize("told", [True, False])
def test_a_meeting_stands_on_the_first_page_and_in_the_plans_calendar_when_they_were_told(
    with_asha: Area, kai: Person, kai_himself: Client, told: bool
) -> None:
    meets(with_asha, kai, told=told)
    worker = with_asha.actors["keyworker"].name
    for page in ("", "/plan"):
        shown = text_of(kai_himself, f"/mine/{kai.reference}{page}")
        for said in (f"A meeting with {worker}", f"{WHO}; Dr Ode", WHERE, "2026 at"):
            assert (said in shown) is told or said == "2026 at", (page, said)
        assert reading_age(text_blocks(shown)) <= OLDEST


@pytest.mark.parametrize("knows", [True, False])
def test_a_parent_who_may_not_know_where_reads_no_appointment(with_asha: Area, kai: Person, knows: bool) -> None:
    meets(with_asha, kai)
    father = comes_as_father(with_asha, kai, *([Topic.PLACEMENT] if knows else []))
    for page in ("", "/plan"):
        shown = text_of(father, f"/mine/{kai.reference}{page}")
        for leads_there in (WHERE, WHO, "When do we meet?" if not page else WHERE):
            assert (leads_there in shown) is knows, page
    with context.as_engine():
        actor = Actor.objects.get(kind="family", name="Rob Moss")
    with acting_as(actor) as rob:
        assert Appointment._default_manager.exists() is knows, "the database says it too"
        assert Appointment.objects.visible_to(rob).exists() is knows


def test_what_was_moved_and_called_off_is_told_and_what_is_over_is_not(
    with_asha: Area, kai: Person, kai_himself: Client
) -> None:
    first, second = meets(with_asha, kai), meets(with_asha, kai, way="visit", where="At home")
    meets(with_asha, kai, way="phone", where="Tomorrow only", starts_at=NOW + timedelta(hours=1))
    with acting_as(with_asha.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        move_appointment(note, appointment=first, starts_at=NOW + timedelta(days=9))
        call_off(note, appointment=second, because="I am ill. I ring you.")
    page = text_of(kai_himself, f"/mine/{kai.reference}")
    assert "This does not happen." in page and "I am ill. I ring you." in page
    with acting_as(with_asha.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        move_appointment(note, appointment=first, told=False)
    assert WHERE not in text_of(kai_himself, f"/mine/{kai.reference}")


@pytest.mark.parametrize("many", [1, 6])
def test_the_pages_ask_no_more_for_more(with_asha: Area, kai: Person, kai_himself: Client, many: int) -> None:
    for _ in range(many):
        meets(with_asha, kai)
    for page in ("", "/plan"):
        with CaptureQueriesContext(connection) as asked:
            text_of(kai_himself, f"/mine/{kai.reference}{page}")
        assert len(asked) <= BUDGET, (page, len(asked))
