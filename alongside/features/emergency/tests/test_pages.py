"""The area's pages, the family's page, and how many statements each page asks."""

from datetime import timedelta

import pytest

from alongside.features.emergency.crisis_logs import open_log
from alongside.features.emergency.lines import add_line
from alongside.features.emergency.models import CrisisLine, CrisisLog
from alongside.features.emergency.tests.conftest import PLAN, press, signed_in, words, write_meeting
from alongside.features.people.models import Belonging, Person
from alongside.features.people.operations import record_consent, record_fact
from alongside.features.people.operations.family import open_to_family
from alongside.features.people.queries import reach_person
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db
MOST = 12


def _log(area: Area, person: Person) -> CrisisLog:
    with acting_as(area.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        reach = reach_person(me, person.reference)
        assert reach is not None
        return open_log(
            note, reach=reach, because="Two nights.", next_writer=me.id, next_at=NOW + timedelta(hours=20), by=me,
            can_look=[me.id],
        )  # fmt: skip


def test_no_page_asks_more_than_twelve_times(northmoor: Area, tariq: Person, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    meeting, log = write_meeting(northmoor, tariq), _log(northmoor, tariq)
    client = signed_in(northmoor.actors["coordinator"])
    here = f"/people/{tariq.reference}/emergency"
    press(client, f"{here}/begin")
    pages = [here, f"{here}/meetings/{meeting.pk}", f"{here}/logs/{log.pk}", f"{here}/logs/open", "/emergencies"]
    pages += [f"{here}/write/{step}" for step in ("there", "why", "jobs", "check")]
    pages += ["/emergencies/figures", "/emergencies/lines"]
    for address in pages:
        client.get(address)
        with django_assert_max_num_queries(MOST, info=address):
            assert client.get(address).status_code == 200, address


def test_the_area_sees_what_goes_on_and_what_was_held(northmoor: Area, tariq: Person) -> None:
    write_meeting(northmoor, tariq)
    _log(northmoor, tariq)
    for role in ("coordinator", "manager", "commissioner", "keyworker"):
        page = words(signed_in(northmoor.actors[role]).get("/emergencies"))
        assert "Tariq Aziz" in page and "writes next" in page and "Admission avoided" in page, role


def test_figures_are_whole_for_who_sees_people_and_hidden_for_who_does_not(northmoor: Area, tariq: Person) -> None:
    write_meeting(northmoor, tariq)
    assert "November 2026" in words(signed_in(northmoor.actors["commissioner"]).get("/emergencies/figures"))
    page = words(signed_in(northmoor.actors["senior_officer"]).get("/emergencies/figures"))
    assert "November 2026" in page and "100%" not in page and "–" in page
    assert signed_in(northmoor.actors["keyworker"]).get("/emergencies/figures").status_code == 403


def _mother(area: Area, person: Person, topics: list[int]) -> None:
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        known = Person.objects.get(pk=person.pk)
        open_to_family(
            note, actor=area.actors["family"], person_id=person.pk, relation_id=None, role="family", topics=topics,
            asked_by=area.actors["coordinator"],
        )  # fmt: skip
        record_consent(
            note, person=known, purpose="sharing", answer="given", basis="parental", decided_on=NOW.date(),
            evidenced=True, recipient_kind="actor", recipient_id=area.actors["family"].pk,
        )  # fmt: skip


def test_a_family_reads_the_safety_plan_and_the_lines_of_its_council(northmoor: Area, tariq: Person) -> None:
    write_meeting(northmoor, tariq)
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        add_line(note, icb_id=northmoor.icb.pk, who="Whole area line", phone="01632 960111")
        add_line(note, icb_id=northmoor.icb.pk, who="Hillshire line", phone="01632 960112", council="Hillshire Council")
        add_line(note, icb_id=northmoor.icb.pk, who="Elsewhere line", phone="01632 960113", council="Elsewhere Council")
        record_fact(
            note, Belonging, person=Person.objects.get(pk=tariq.pk), topic=Topic.CONTACT, words="x", kind="council",
            name="Hillshire Council",
        )  # fmt: skip
    _mother(northmoor, tariq, [Topic.IDENTITY, Topic.CONTACT, Topic.KEYWORKING])
    page = words(signed_in(northmoor.actors["family"]).get(f"/mine/{tariq.reference}/safety"))
    for said in (PLAN, "Crisis team", "01632 960100", "Whole area line", "Hillshire line", "not an emergency service"):
        assert said in page, said
    assert page.index("Hillshire line") < page.index("Whole area line") and "Elsewhere line" not in page
    for said in ("Dr Ray", "disagrees", "Sister Okafor", "protocol", "amber", "red"):
        assert said not in page, said


def test_a_parent_who_may_not_know_where_they_are_reads_the_lines_only(northmoor: Area, tariq: Person) -> None:
    write_meeting(northmoor, tariq)
    _mother(northmoor, tariq, [Topic.IDENTITY, Topic.KEYWORKING])
    page = words(signed_in(northmoor.actors["family"]).get(f"/mine/{tariq.reference}/safety"))
    assert PLAN not in page and "Crisis team" not in page and "999" in page


def test_a_line_is_added_and_taken_out_by_those_who_run_the_service(northmoor: Area, saltby: Area) -> None:
    client = signed_in(northmoor.actors["manager"])
    press(client, "/emergencies/lines", who="Night line", phone="01632 960114")
    with context.as_engine():
        line = CrisisLine.objects.get()
    assert press(signed_in(saltby.actors["manager"]), f"/emergencies/lines/{line.pk}/end").status_code == 404
    assert signed_in(northmoor.actors["commissioner"]).get("/emergencies/lines").status_code == 403
    press(client, f"/emergencies/lines/{line.pk}/end")
    assert "Night line" not in words(client.get("/emergencies/lines")).split("<form")[0]
