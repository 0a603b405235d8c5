"""Agreements between organisations: what stands, what ends with one, and that an end is somebody's decision."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person
from alongside.features.people.operations import link_partner, record_consent
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.organisations.models import Organisation, SharingAgreement
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.sharing.tests.test_overrides import boxes, browser
from tests.cast import NOW, Area, acting_as, add_registered

LIST = "/sharing-agreements"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def hillcrest(northmoor: Area) -> Organisation:
    with context.as_engine(), recording(by=northmoor.actors["admin"], at=NOW) as note:
        school = Organisation.objects.create(kind="school", code="HC1", name="Hillcrest School", invented=True)
        Actor.objects.filter(pk=northmoor.actors["partner_education"].pk).update(organisation=school)
        note("organisation.made", words="A school.", icb_id=northmoor.icb.pk)
    return school


def typed(party: str, **more: object) -> dict[str, object]:
    return {
        "submission": new_token(),
        "party": party,
        "purpose": "Planning support at school",
        **boxes("signed_on", NOW.date() - timedelta(days=30)),
        "signed_by": "Two directors",
    } | more


def signed(area: Area, party: str, **more: object) -> SharingAgreement:
    answer = browser(area.actors["coordinator"]).post(f"{LIST}/new", typed(party, **more))
    assert answer.status_code == 302, answer.content.decode()
    with context.as_engine():
        return SharingAgreement.objects.order_by("-pk")[0]


def seen_by_school(area: Area, *names: str) -> list[Person]:
    """People who agreed that the school knows, and with whom its worker was linked."""
    people = [add_registered(area, given_name=name, at=NOW - timedelta(days=9))[0] for name in names]
    partner = Actor.objects.get(pk=area.actors["partner_education"].pk)
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        for person in people:
            record_consent(
                note, person=person, purpose="sharing", answer="given", basis="parental", decided_on=NOW.date(),
                evidenced=True, recipient_kind="education",
            )  # fmt: skip
            link_partner(note, person=person, actor=partner, topics=[Topic.IDENTITY, 7], kind="education")
    return people


def reached(area: Area) -> int:
    with acting_as(area.actors["partner_education"], NOW) as me:
        return Person.objects.visible_to(me).count()


def test_what_ends_with_an_agreement_is_said_before_it_ends(northmoor: Area, hillcrest: Organisation) -> None:
    one = signed(northmoor, str(hillcrest.pk))
    seen_by_school(northmoor, "Ada", "Ben", "Cal")
    assert reached(northmoor) == 3
    manager = browser(northmoor.actors["manager"])
    page = manager.get(f"{LIST}/{one.pk}/end").content.decode()
    assert "3 people will no longer be seen by Hillcrest School." in page
    yesterday = boxes("on", NOW.date() - timedelta(days=1))
    assert manager.post(f"{LIST}/{one.pk}/end", {"submission": new_token(), **yesterday}).status_code == 302
    assert reached(northmoor) == 0


def test_another_agreement_that_opens_the_same_ends_nothing(northmoor: Area, hillcrest: Organisation) -> None:
    one = signed(northmoor, str(hillcrest.pk))
    signed(northmoor, "education")
    seen_by_school(northmoor, "Ada")
    page = browser(northmoor.actors["manager"]).get(f"{LIST}/{one.pk}/end").content.decode()
    assert "nothing ends with it" in page


def due(one: SharingAgreement) -> list[Duty]:
    with context.as_engine():
        return list(Duty.objects.filter(rule_key="sharing_agreement_ends", subject_id=one.pk))


def test_an_end_is_a_duty_eight_weeks_ahead_until_somebody_decides(northmoor: Area, hillcrest: Organisation) -> None:
    last = date(2027, 3, 31)
    one = signed(northmoor, str(hillcrest.pk), **boxes("ends_on", last))
    [duty] = due(one)
    assert (duty.due.date(), duty.shows_from.date()) == (last - timedelta(days=0), date(2027, 2, 3))
    assert "Hillcrest School" in duty.what
    form = {"submission": new_token(), **boxes("on", last)}
    assert browser(northmoor.actors["coordinator"]).post(f"{LIST}/{one.pk}/end", form).status_code == 302
    assert due(one) == []


@pytest.mark.parametrize(("begins", "duties"), [(1, 0), (2, 1)])
def test_a_new_one_in_its_place_without_a_gap_settles_it(
    northmoor: Area, hillcrest: Organisation, begins: int, duties: int
) -> None:
    last = NOW.date() - timedelta(days=5)
    one = signed(northmoor, str(hillcrest.pk), **boxes("ends_on", last))
    signed(northmoor, str(hillcrest.pk), **boxes("signed_on", last + timedelta(days=begins)))
    assert len(due(one)) == duties


def test_the_signed_paper_is_kept_and_handed_out(northmoor: Area, saltby: Area, hillcrest: Organisation) -> None:
    paper = SimpleUploadedFile("agreement.txt", b"Signed by both.", "text/plain")
    one = signed(northmoor, str(hillcrest.pk), paper=paper)
    answer = browser(northmoor.actors["manager"]).get(f"{LIST}/{one.pk}/paper")
    assert answer.content == b"Signed by both."
    assert browser(saltby.actors["manager"]).get(f"{LIST}/{one.pk}/paper").status_code == 404
    assert browser(northmoor.actors["keyworker"]).get(f"{LIST}/{one.pk}").status_code == 403


def test_governance_reads_what_was_signed_and_changes_nothing(
    northmoor: Area, saltby: Area, hillcrest: Organisation
) -> None:
    paper = SimpleUploadedFile("agreement.txt", b"Signed by both.", "text/plain")
    one = signed(northmoor, str(hillcrest.pk), paper=paper)
    seen_by_school(northmoor, "Ada")
    governance = browser(northmoor.actors["governance"])
    assert "Hillcrest School" in governance.get(LIST).content.decode()
    page = governance.get(f"{LIST}/{one.pk}").content.decode()
    assert "Planning support at school" in page and "last day</a>" not in page and "sees" not in page
    assert governance.get(f"{LIST}/{one.pk}/paper").content == b"Signed by both."
    for closed in (f"{LIST}/new", f"{LIST}/{one.pk}/end"):
        assert governance.get(closed).status_code == 403
        assert governance.post(closed, {"submission": new_token()}).status_code == 403
    assert browser(saltby.actors["governance"]).get(f"{LIST}/{one.pk}").status_code == 404


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"party": ""}, "Select who it is with"),
        ({"party": "nobody"}, "from the list"),
        ({"purpose": ""}, "Enter the purpose"),
        (boxes("ends_on", date(2020, 1, 1)), "before the day it was signed"),
        ({"paper": SimpleUploadedFile("x.svg", b"<svg><script/></svg>", "image/svg+xml")}, "problem"),
    ],
)
def test_what_is_missing_is_asked_for(
    northmoor: Area, hillcrest: Organisation, more: dict[str, object], sentence: str
) -> None:
    form = typed(str(hillcrest.pk)) | more
    answer = browser(northmoor.actors["coordinator"]).post(f"{LIST}/new", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Two directors" in answer.content.decode()


@pytest.mark.parametrize("page", [LIST, f"{LIST}/new", LIST + "/{}", LIST + "/{}/end"])
def test_the_pages_ask_little_of_the_database(northmoor: Area, hillcrest: Organisation, page: str) -> None:
    one = signed(northmoor, str(hillcrest.pk))
    signed(northmoor, "health")
    seen_by_school(northmoor, "Ada", "Ben")
    manager = browser(northmoor.actors["manager"])
    with CaptureQueriesContext(connection) as asked:
        assert manager.get(page.format(one.pk)).status_code == 200
    assert len(asked) <= 8, [query["sql"][:90] for query in asked]
