"""Organisations in which nobody signs in: what stands about them is read back, and can be stopped."""

from datetime import date, timedelta

import pytest

from alongside.features.people.agreement.tests.asking import as_, ask, choices, on, save, who
from alongside.features.people.models import Belonging, Consent, Person
from alongside.features.people.operations import record_consent, record_fact
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import Area, acting_as, add_registered

DAY = timedelta(days=1)


@pytest.fixture
def kai(northmoor: Area) -> Person:
    person, _ = add_registered(northmoor, birth_date=date(2009, 1, 1), at=clock.now() - 30 * DAY)
    return person


def a_school(area: Area, code: str, name: str) -> Organisation:
    with context.as_engine(), recording(by=area.actors["coordinator"], at=clock.now()) as note:
        school = Organisation.objects.create(kind="school", code=code, name=name)
        note("x.y", words="x")
    return school


@pytest.fixture
def school(northmoor: Area, kai: Person) -> Organisation:
    school = a_school(northmoor, "OAK", "Oak Lane")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=clock.now() - 20 * DAY) as note:
        record_fact(
            note, Belonging, person=kai, topic=Topic.EDUCATION, words="School: Oak Lane.", kind="school",
            organisation=school,
        )  # fmt: skip
    return school


def said(area: Area, person: Person, kind: str, number: int | None, answer: str = "given", **more: object) -> None:
    known: dict = {"decided_on": clock.today() - 10 * DAY, "evidenced": True, "evidence": "Said"} | more
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=clock.now() - 10 * DAY) as note:
        record_consent(
            note, person=person, purpose="sharing", answer=answer, basis="sixteen", recipient_kind=kind,
            recipient_id=number, **known,
        )  # fmt: skip


def line_about(page: str, name: str) -> str:
    return page.split(f">{name}")[1].split("</p>")[0]


@pytest.mark.parametrize(
    ("kind", "named", "expected"),
    [
        ("organisation", True, "May be told what they need for their part. Nobody there signs in here yet."),
        ("education", False, "May be told what they need for their part. Nobody there signs in here yet."),
        ("", False, "May be told what they need for their part. Nobody there signs in here yet."),
        ("health", False, "Not asked about."),
    ],
)
def test_a_yes_by_name_or_to_all_like_them_is_read_back(
    northmoor: Area, kai: Person, school: Organisation, kind: str, named: bool, expected: str
) -> None:
    said(northmoor, kai, kind, school.pk if named else None)
    client = as_(northmoor.actors["coordinator"])
    page = ask(client, kai, may={"keyworking": "yes"}, basis="sixteen").content.decode()
    assert expected in line_about(page, "Oak Lane")
    known = client.get(f"/people/{kai.reference}/agreement/known").content.decode()
    assert ("because of a yes to others like them" in known) is (kind in ("education", ""))


def test_a_yes_that_has_ended_is_said_to_have_ended(northmoor: Area, kai: Person, school: Organisation) -> None:
    said(northmoor, kai, "organisation", school.pk, valid_until=clock.today() - DAY)
    page = ask(as_(northmoor.actors["coordinator"]), kai, may={"keyworking": "yes"}, basis="sixteen").content.decode()
    assert "It has ended: they are told nothing more." in line_about(page, "Oak Lane")


def test_a_yes_to_an_organisation_can_be_stopped(northmoor: Area, kai: Person, school: Organisation) -> None:
    said(northmoor, kai, "organisation", school.pk)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/agreement/stop"
    key = f"organisation-{school.pk}"
    assert key in choices(client.get(url), "what")
    assert client.post(url, who("sixteen") | {"what": [key], "told": "The head"}).status_code == 302
    page = client.get(f"/people/{kai.reference}/agreement/read-back")
    assert "Telling Oak Lane: withdrawn." in page.content.decode()
    save(client, kai, page)
    assert key not in choices(client.get(url), "what")


def test_a_yes_to_one_that_is_theirs_no_more_can_be_stopped_too(northmoor: Area, kai: Person) -> None:
    before = a_school(northmoor, "ELM", "Elm Road")
    said(northmoor, kai, "organisation", before.pk)
    client = as_(northmoor.actors["coordinator"])
    offered = client.get(f"/people/{kai.reference}/agreement/stop")
    assert f"organisation-{before.pk}" in choices(offered, "what")
    assert "agreed to before, and not written down as theirs now" in offered.content.decode()


def test_a_keyworker_without_the_register_is_told_of_before_and_after(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    page = ask(client, kai, may={"register": "no", "keyworking": "yes"}, basis="sixteen")
    assert "no manager sees what is late" in page.content.decode()
    save(client, kai, page)
    after = client.get("/register").content.decode()
    assert "no manager sees what is late" in after


def test_a_no_to_both_or_a_yes_to_both_says_nothing_of_that(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    for answer in ("no", "yes"):
        page = ask(client, kai, may={"register": answer, "keyworking": answer}, basis="sixteen")
        assert "no manager sees what is late" not in page.content.decode()


def test_after_a_no_to_the_register_nothing_has_to_be_asked_of_each_other(
    northmoor: Area, kai: Person, school: Organisation
) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/agreement"
    client.post(url, who("sixteen"))
    client.post(f"{url}/may", {"register": "no", "keyworking": "later", "told": "Nobody yet"})
    page = client.get(f"{url}/known")
    assert choices(page, f"organisation-{school.pk}", ticked=True) == ["later"]
    assert "Nothing has to be asked about the others now" in page.content.decode()
    client.post(f"{url}/may", {"register": "yes", "keyworking": "later", "told": ""})
    assert choices(client.get(f"{url}/known"), f"organisation-{school.pk}", ticked=True) == []


def test_another_tab_after_a_no_says_that_it_was_recorded(northmoor: Area, kai: Person) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}"
    page = ask(client, kai, may={"register": "no"}, basis="sixteen")
    save(client, kai, page)
    for address in ("", "/agreement", "/agreement/read-back", "/agreement/stop", "/agreement/all", "/capacity"):
        again = client.get(f"{url}{address}")
        body = again.content.decode()
        assert (again.status_code, kai.shown_name in body) == (410, False), address
        assert "The answer was recorded" in body
    assert client.post(f"{url}/agreement/may", on("x", clock.today())).status_code == 410
    for other in ("manager", "keyworker"):
        assert as_(northmoor.actors[other]).get(url).status_code == 404


def test_after_a_day_it_can_not_be_told_from_a_record_that_never_was(
    northmoor: Area, kai: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_(northmoor.actors["coordinator"])
    save(client, kai, ask(client, kai, may={"register": "no"}, basis="sixteen"))
    now = clock.now()
    with context.as_engine():
        assert Consent.objects.filter(answer="withdrawn").exists()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=23))
    assert as_(northmoor.actors["coordinator"]).get(f"/people/{kai.reference}").status_code == 410
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))
    assert as_(northmoor.actors["coordinator"]).get(f"/people/{kai.reference}").status_code == 404


def test_who_turns_sixteen_within_the_year_is_said_to_decide_then(northmoor: Area) -> None:
    today = clock.today()
    turns = today + 30 * DAY
    soon, _ = add_registered(northmoor, birth_date=turns.replace(year=turns.year - 16))
    page = as_(northmoor.actors["coordinator"]).get(f"/people/{soon.reference}/agreement").content.decode()
    assert "turns 16 on" in page
    young, _ = add_registered(northmoor, birth_date=today.replace(year=today.year - 12))
    assert (
        "turns 16 on"
        not in as_(northmoor.actors["coordinator"]).get(f"/people/{young.reference}/agreement").content.decode()
    )
