"""Told although nobody agreed: who decides, who reads of it, and when somebody looks again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import AgreementOverride, Person
from alongside.features.people.operations import override_agreement, record_consent, record_share
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import Duty
from alongside.policy.counting import end_of_day, local_day
from tests.cast import Area, acting_as, add_registered, involve, key_of

#: The database goes by its own clock in who may see what now, so what ends after some days begins today.
NOW = datetime.now(UTC) - timedelta(hours=1)
TODAY = local_day(NOW)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def kai(northmoor: Area) -> Person:
    """On the register; he and his mother have come in, and everything is open to both."""
    person, _ = add_registered(northmoor, at=NOW - timedelta(days=10))
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=NOW - timedelta(days=5)) as note:
        for role, because in ((Role.YOUNG_PERSON, "own_record"), (Role.FAMILY, "family")):
            Involvement.objects.create(
                actor=northmoor.actors[role], person_id=person.pk, topics=list(EVERY_TOPIC), because=because,
                relies_on="", sees_guarded=2, from_at=NOW - timedelta(days=5),
            )  # fmt: skip
        note("involvement.made", words="They came in.", person_id=person.pk, icb_id=northmoor.icb.pk, topic=1)
    return person


def browser(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def override(area: Area, person: Person, **more: Any) -> AgreementOverride:
    known: dict[str, Any] = {
        "person_id": person.pk,
        "actor": area.actors["partner_social_care"],
        "topics": [Topic.SAFEGUARDING],
        "lawful_basis": "legal_obligation",
        "reason": "A child may be hurt.",
        "senior_name": "Jo Hart",
        "to_at": NOW + timedelta(days=7),
        "told": False,
        "told_words": "It could put the child in danger.",
        "look_again_on": TODAY + timedelta(days=7),
    }
    with acting_as(area.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        return override_agreement(note, by=me, **(known | more))


def seen_in_sql(actor: Actor) -> dict[str, int]:
    """Rows about tellings, their events, their duties, and shares, straight in SQL under this actor's key."""
    asked = {
        "overrides": "select count(*) from people_agreementoverride",
        "events": "select count(*) from recording_event where code like 'agreement.overrid%%' or code like 'share.%%'",
        "involvements": "select count(*) from access_involvement where because = 'override'",
        "opened": "select count(*) from access_opentopics t join access_involvement i on i.id = t.involvement_id "
        "where i.because = 'override'",
        "duties": "select count(*) from overview_duty where rule_key = 'override_look_again'",
        "shares": "select count(*) from people_share",
    }
    found = {}
    with acting_as(actor, NOW), connection.cursor() as cursor:
        for name, sql in asked.items():
            cursor.execute(sql.replace("%%", "%"))
            found[name] = cursor.fetchone()[0]
    return found


NOTHING = {"overrides": 0, "events": 0, "involvements": 0, "opened": 0, "duties": 0, "shares": 0}


@pytest.mark.parametrize("role", ["young_person", "family"])
def test_what_the_family_was_not_told_is_nowhere_for_them(northmoor: Area, kai: Person, role: str) -> None:
    override(northmoor, kai)
    share(northmoor, kai, untold_because="It could put the child in danger.")
    assert seen_in_sql(northmoor.actors[role]) == NOTHING
    worker = northmoor.actors["partner_social_care"]
    page = browser(worker).get(f"/people/{kai.reference}")
    assert page.status_code == 200
    family = browser(northmoor.actors[role])
    for address in ("", "/who", "/looked", "/promised", "/letters", "/agreed"):
        shown = family.get(f"/mine/{kai.reference}{address}")
        assert shown.status_code == 200
        assert worker.name not in shown.content.decode()
        assert "Jo Hart" not in shown.content.decode()


def test_a_look_under_an_untold_override_is_not_shown_by_an_earlier_link(northmoor: Area, kai: Person) -> None:
    worker = northmoor.actors["partner_social_care"]
    made = involve(northmoor, kai, worker, topics=[Topic.EDUCATION], at=NOW - timedelta(hours=9))
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=NOW) as note:
        Involvement.objects.filter(pk=made.pk).update(to_at=NOW - timedelta(hours=1))
        note("involvement.ended", words="Stopped.", person_id=kai.pk, icb_id=northmoor.icb.pk, topic=1)
    override(northmoor, kai)
    assert browser(worker).get(f"/people/{kai.reference}").status_code == 200
    shown = browser(northmoor.actors["young_person"]).get(f"/mine/{kai.reference}/looked").content.decode()
    assert worker.name not in shown


def share(area: Area, person: Person, **more: Any) -> None:
    with acting_as(area.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        record_share(
            note, person=person, what="He is safe at school.", told_to="Hillcrest School", topics=[Topic.EDUCATION],
            purpose="Keeping him safe", lawful_basis="public_task", why="They asked.", **more,
        )  # fmt: skip


def test_the_staff_reads_what_the_family_was_not_told(northmoor: Area, kai: Person) -> None:
    override(northmoor, kai)
    share(northmoor, kai, untold_because="It could put the child in danger.")
    seen = seen_in_sql(northmoor.actors["coordinator"])
    assert seen == {"overrides": 1, "events": 2, "involvements": 1, "opened": 1, "duties": 2, "shares": 1}


def test_once_they_are_told_they_read_of_it_and_nothing_is_due(northmoor: Area, kai: Person) -> None:
    number = override(northmoor, kai).pk
    manager = browser(northmoor.actors["manager"])
    answer = manager.post(f"/overrides/{number}/told", {"submission": new_token(), "told_how": "At the visit."})
    assert answer.status_code == 302
    seen = seen_in_sql(northmoor.actors["young_person"])
    assert (seen["overrides"], seen["events"]) == (1, 1)
    page = browser(northmoor.actors["young_person"]).get(f"/mine/{kai.reference}/who").content.decode()
    assert "They had to know, to keep you safe. We told you about it." in page
    assert seen_in_sql(northmoor.actors["manager"])["duties"] == 0


def test_whoever_had_the_page_open_is_told_that_somebody_was_quicker(northmoor: Area, kai: Person) -> None:
    number = override(northmoor, kai).pk
    manager = browser(northmoor.actors["manager"])
    address = f"/overrides/{number}/told"
    assert manager.post(address, {"submission": new_token(), "told_how": "At the visit."}).status_code == 302
    late = manager.post(address, {"submission": new_token(), "told_how": "By letter."})
    assert late.status_code == 422
    assert "Somebody has looked at this already" in late.content.decode()
    assert "By letter." in late.content.decode()
    shown = manager.get(f"/overrides/{number}", follow=True).content.decode()
    assert "At the visit." in shown


@pytest.mark.parametrize(("days", "status"), [(1, 302), (28, 302), (0, 422), (29, 422)])
def test_it_is_looked_at_again_within_28_days(northmoor: Area, kai: Person, days: int, status: int) -> None:
    number = override(northmoor, kai).pk
    on = TODAY + timedelta(days=days)
    typed = {"submission": new_token(), "unsafe": "Still so.", **boxes("look_again_on", on)}
    assert browser(northmoor.actors["manager"]).post(f"/overrides/{number}/later", typed).status_code == status
    with context.as_engine():
        duty = Duty.objects.get(rule_key="override_look_again")
    assert duty.due.date() == (on if status == 302 else TODAY + timedelta(days=7))


def boxes(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def typed(area: Area, **more: Any) -> dict[str, Any]:
    return {
        "submission": new_token(),
        "actor": str(area.actors["partner_social_care"].pk),
        "topics": [str(Topic.SAFEGUARDING.value)],
        "reason": "A child may be hurt.",
        "lawful_basis": "public_task",
        "senior_name": "Jo Hart, head of safeguarding",
        **boxes("until", TODAY + timedelta(days=3)),
        "told": "yes",
        "told_how": "By telephone.",
    } | more


def test_a_manager_lets_a_social_worker_read_what_keeps_a_child_safe_until_the_end_of_a_day(
    northmoor: Area, kai: Person
) -> None:
    manager, form = browser(northmoor.actors["manager"]), typed(northmoor)
    address = f"/people/{kai.reference}/override"
    assert manager.get(address).status_code == 200
    assert manager.post(address, form).status_code == 302
    assert manager.post(address, form).status_code == 302, "the same form twice is one act"
    with context.as_engine():
        one = AgreementOverride.objects.get()
        involved = Involvement.objects.get(because="override")
    assert (one.told, one.senior_name) == (True, "Jo Hart, head of safeguarding")
    assert involved.to_at == end_of_day(TODAY + timedelta(days=3))
    with acting_as(northmoor.actors["partner_social_care"], NOW) as me:
        assert Person.objects.visible_to(me).filter(pk=kai.pk).exists()
    listed = manager.get(f"/people/{kai.reference}/shares").content.decode()
    assert "Although nobody agreed" in listed


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"actor": ""}, "Find and select who has to know"),
        ({"topics": []}, "Tick at least one thing"),
        ({"senior_name": " "}, "Enter the senior&#39;s name"),
        ({"told": "no", "unsafe": ""}, "Say why telling them would not be safe"),
        ({"told": "no", "unsafe": "x"}, "Enter the day on which it is looked at again"),
        ({"told": "yes", "told_how": ""}, "Say how they were told"),
        ({"lawful_basis": "consent"}, "from the list"),
        ({"until-year": str(TODAY.year + 2)}, "within 28 days"),
        ({"actor": "99999999999999999999"}, "from the list"),
    ],
)
def test_what_is_missing_is_asked_for_in_a_sentence(
    northmoor: Area, kai: Person, more: dict[str, Any], sentence: str
) -> None:
    answer = browser(northmoor.actors["manager"]).post(f"/people/{kai.reference}/override", typed(northmoor, **more))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with context.as_engine():
        assert not AgreementOverride.objects.exists()


@pytest.mark.parametrize("role", ["keyworker", "partner_health", "commissioner", "governance", "senior_officer"])
def test_nobody_else_tells_against_an_agreement(northmoor: Area, kai: Person, role: str) -> None:
    status = browser(northmoor.actors[role]).get(f"/people/{kai.reference}/override").status_code
    assert status in (403, 404)


def test_another_area_finds_nothing(northmoor: Area, saltby: Area, kai: Person) -> None:
    number = override(northmoor, kai).pk
    manager = browser(saltby.actors["manager"])
    for address in (f"/people/{kai.reference}/override", f"/people/{kai.reference}/shares", f"/overrides/{number}"):
        assert manager.get(address).status_code == 404


def test_it_can_be_ended_before_its_day(northmoor: Area, kai: Person) -> None:
    number = override(northmoor, kai).pk
    manager = browser(northmoor.actors["manager"])
    assert manager.post(f"/overrides/{number}/end", {"submission": new_token()}).status_code == 302
    with acting_as(northmoor.actors["partner_social_care"], NOW) as me:
        assert not Person.objects.visible_to(me).filter(pk=kai.pk).exists()
    again = manager.post(f"/overrides/{number}/end", {"submission": new_token()})
    assert "ended already" in again.content.decode()


def test_a_restricted_record_is_opened_by_naming_people_only(northmoor: Area, kai: Person) -> None:
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=NOW) as note:
        Person.objects.filter(pk=kai.pk).update(restricted=True)
        note("x.y", words="x", person_id=kai.pk, icb_id=northmoor.icb.pk, topic=1)
    with pytest.raises(NotNow, match="Name them on it"):
        override(northmoor, kai)


def test_whoever_wrote_it_down_looks_again_also_when_the_record_has_closed(northmoor: Area, kai: Person) -> None:
    number = override(northmoor, kai).pk
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=Person.objects.get(pk=kai.pk), purpose="register", answer="refused", basis="parental",
            decided_on=TODAY, evidenced=True,
        )  # fmt: skip
    assert browser(northmoor.actors["manager"]).get(f"/people/{kai.reference}").status_code == 404
    assert browser(northmoor.actors["manager"]).get(f"/overrides/{number}").status_code == 200
    assert browser(northmoor.actors["coordinator"]).get(f"/overrides/{number}").status_code == 404


@pytest.mark.parametrize("page", ["/people/{}/shares", "/people/{}/override", "/overrides/{number}"])
def test_the_pages_ask_little_of_the_database(northmoor: Area, kai: Person, page: str) -> None:
    number = override(northmoor, kai).pk
    for _ in range(3):
        share(northmoor, kai)
    manager = browser(northmoor.actors["manager"])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert manager.get(page.format(kai.reference, number=number)).status_code == 200
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]
