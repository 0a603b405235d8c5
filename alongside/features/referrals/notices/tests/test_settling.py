"""What the register team does with a notice, what it sees, and what happens when nobody opens it in time."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.hospital.models import Stay
from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.features.referrals.models import Notice
from alongside.features.referrals.notices.tests.telling import FRIDAY, due, read, tell
from alongside.features.referrals.operations import decline
from alongside.features.referrals.tests.pressing import hidden, words
from alongside.features.referrals.tests.sending import NO, ask, step
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.overview.verify import find_differing_matters
from tests.cast import Area, acting_as, add_registered

pytestmark = pytest.mark.django_db
TARIQ = {"given_name": "Tariq", "family_name": "Aziz", "birth_date": date(2010, 5, 2)}
BEFORE = FRIDAY - timedelta(days=60)
SignIn = Callable[[str], Client]


def press(client: Client, at: str, **given: Any) -> Any:
    return client.post(at, hidden(client.get(at)) | given)


def test_a_person_decides_side_by_side_that_it_is_somebody_on_record(northmoor: Area, as_: SignIn) -> None:
    person, _ = add_registered(northmoor, **TARIQ, at=BEFORE)
    notice = tell(northmoor, birth_date=date(2010, 2, 5))
    coordinator = as_("coordinator")
    page = words(coordinator.get(f"/notices/{notice.pk}"))
    assert "2 February 2010" not in page and "5 February 2010" in page and "2 May 2010" in page
    assert "day and month of birth changed round" in page
    assert due(notice)["opened"]
    here = f"/notices/{notice.pk}/same"
    answer = press(coordinator, here, reference=person.reference, because="His mother told me on the telephone.")
    assert answer.status_code == 302, words(answer)
    decided = read(notice)
    assert (decided.person_id, decided.decided, decided.decided_by_id) == (
        person.pk,
        "same",
        northmoor.actors["coordinator"].pk,
    )
    with context.as_engine():
        assert Stay.objects.get().person_id == person.pk
        assert Person.objects.count() == 1
    assert set(due(notice)) == {"settled"}, "whoever decided has it"
    page = press(coordinator, f"/notices/{notice.pk}/settle", words="Rang Sister Okafor; review asked for.")
    assert page.status_code == 302
    assert due(notice) == {}
    assert list(find_differing_matters()) == []


def test_or_that_it_is_somebody_new(northmoor: Area, as_: SignIn) -> None:
    add_registered(northmoor, **TARIQ, nhs_number="9990000018", at=BEFORE)
    notice = tell(northmoor, nhs_number="9990000018", given_name="Omar", family_name="Khan")
    answer = press(as_("coordinator"), f"/notices/{notice.pk}/new", because="Another boy; the number is a mistake.")
    assert answer.status_code == 302, words(answer)
    person = read(notice).person
    assert person and (person.shown_name, person.nhs_number) == ("Omar Khan", None), "the number is not theirs"
    with context.as_engine():
        entry = RegisterEntry.objects.get(person=person)
    assert entry.provisional and entry.not_registered_before_admission


def test_or_nobody_for_this_register(northmoor: Area, as_: SignIn) -> None:
    add_registered(northmoor, **TARIQ, at=BEFORE)
    notice = tell(northmoor, birth_date=None)
    coordinator = as_("coordinator")
    answer = press(coordinator, f"/notices/{notice.pk}/nobody", because="He is 34: the ward meant another list.")
    assert answer.status_code == 302
    assert press(coordinator, f"/notices/{notice.pk}/settle", words="Told the ward.").status_code == 302
    with context.as_engine():
        assert Person.objects.count() == 1 and not Stay.objects.exists()
    assert due(notice) == {}


def test_nothing_is_settled_before_it_is_decided_who_it_is(northmoor: Area, as_: SignIn) -> None:
    add_registered(northmoor, **TARIQ, at=BEFORE)
    notice = tell(northmoor, birth_date=None)
    answer = press(as_("coordinator"), f"/notices/{notice.pk}/settle", words="Done.")
    assert answer.status_code == 422 and "Decide first who this is about" in words(answer)


def test_what_is_settled_says_who_settled_it_and_offers_nothing_more(northmoor: Area, as_: SignIn) -> None:
    add_registered(northmoor, **TARIQ, at=BEFORE)
    notice = tell(northmoor, birth_date=None)
    here = f"/notices/{notice.pk}"
    coordinator = as_("coordinator")
    assert press(coordinator, f"{here}/nobody", because="He is 34.").status_code == 302
    assert press(coordinator, f"{here}/settle", words="Told the ward.").status_code == 302
    page = words(coordinator.get(here))
    assert "What came of it" in page and "Told the ward." in page
    assert "What to look at" not in page and "What to do" not in page
    for doing in ("take", "same", "new", "nobody", "settle"):
        again = coordinator.get(f"{here}/{doing}", follow=True)
        assert again.redirect_chain[-1][0] == here and "settled already" in words(again), doing


def test_two_at_once_the_second_is_told(northmoor: Area, as_: SignIn) -> None:
    notice = tell(northmoor)
    first, second = as_("coordinator"), as_("coordinator")
    here = f"/notices/{notice.pk}"
    theirs = hidden(second.get(here))
    assert first.post(f"{here}/take", hidden(first.get(here))).status_code == 302
    late = second.post(f"{here}/take", theirs)
    assert late.status_code == 422 and "Somebody was here while you were writing" in words(late)


def test_opened_in_time_is_never_the_managers(northmoor: Area, as_: SignIn) -> None:
    notice = tell(northmoor)
    assert {"opened", "lifted"} == set(due(notice))
    coordinator = as_("coordinator")
    coordinator.post(f"/notices/{notice.pk}/take", hidden(coordinator.get(f"/notices/{notice.pk}")))
    assert set(due(notice)) == {"settled"}


@pytest.mark.parametrize(("minutes", "lifted"), [(-1, False), (1, True)])
def test_what_nobody_opened_stands_on_top_and_is_the_managers_to_see(
    northmoor: Area, as_: SignIn, stands_still: Any, minutes: int, lifted: bool
) -> None:
    red, _ = add_registered(northmoor, given_name="Red", family_name="First", at=FRIDAY - timedelta(days=300))
    alert = read(tell(northmoor, "alert"))
    stands_still(FRIDAY + timedelta(hours=4, minutes=minutes))
    own = words(as_("coordinator").get("/?inbox=" + str(northmoor.teams["register"].pk)))
    cards = [own.find(f"Open the alert {alert.reference}"), own.find("Red First")]
    assert cards[0] > 0
    if lifted:
        assert cards[0] < cards[1], "above everything else that is late"
    page = words(as_("manager").get("/?inbox=" + str(northmoor.teams["keyworking"].pk)))
    assert (f"Nobody has opened the alert {alert.reference}" in page) == lifted
    assert "Tariq" not in page and "Aziz" not in page
    listed = words(as_("manager").get("/on-call"))
    assert alert.reference in listed and ("Late" in listed) == lifted
    assert "Tariq" not in listed and "Aziz" not in listed


def test_an_alert_stands_above_what_is_late_in_every_inbox_until_somebody_has_it(
    northmoor: Area, as_: SignIn, stands_still: Any
) -> None:
    """It is not late yet; forty-odd things are."""
    for number in range(12):
        add_registered(northmoor, given_name=f"Late{'abcdefghijkl'[number]}", at=FRIDAY - timedelta(days=300))
    alert = read(tell(northmoor, "alert"))
    coordinator = as_("coordinator")
    opens = f"Open the alert {alert.reference}"
    for inbox in ("", "?inbox=mine", f"?inbox={northmoor.teams['register'].pk}"):
        page = words(coordinator.get(f"/{inbox}"))
        assert "Nobody has opened these yet" in page, inbox
        assert opens in page
        assert "app-columns" not in page or page.rindex(opens) < page.index("app-columns"), "on top, and not twice"
    keyworker = words(as_("keyworker").get("/"))
    assert "Nobody has opened these yet" not in keyworker and alert.reference not in keyworker
    coordinator.post(f"/notices/{alert.pk}/take", hidden(coordinator.get(f"/notices/{alert.pk}")))
    assert "Nobody has opened these yet" not in words(coordinator.get("/"))


def test_the_on_call_list_is_kept_by_the_manager_and_read_by_those_who_ring(northmoor: Area, as_: SignIn) -> None:
    alert = tell(northmoor, "alert")
    manager = as_("manager")
    assert "Nobody is on call" in words(manager.get("/on-call"))
    worker = northmoor.actors["keyworker"]
    days = {"from_date": FRIDAY.date(), "to_date": FRIDAY.date() + timedelta(days=2)}
    given = {f"{name}-{part}": getattr(on, part) for name, on in days.items() for part in ("day", "month", "year")}
    wrong = press(manager, "/on-call/add", actor=worker.pk, phone="", **given)
    assert wrong.status_code == 422 and "Write the number to ring" in words(wrong)
    assert press(manager, "/on-call/add", actor=worker.pk, phone="01632 960180", **given).status_code == 302
    twice = press(manager, "/on-call/add", actor=worker.pk, phone="01632 960180", **given)
    assert "They are on call already" in words(twice)
    for role in ("coordinator", "keyworker", "commissioner", "partner_health", "partner_social_care"):
        page = words(as_(role).get("/on-call"))
        assert "01632 960180" in page, role
        assert (alert.reference in page) == (not role.startswith("partner")), role
    for role in ("partner_education", "admin", "governance", "senior_officer"):
        assert as_(role).get("/on-call").status_code == 403, role
    from alongside.features.referrals.models import OnCall

    with context.as_engine():
        remove = f"/on-call/{OnCall.objects.get().pk}/remove"
    assert as_("coordinator").get(remove).status_code == 403
    assert press(manager, remove).status_code == 302
    assert "Nobody is on call" in words(manager.get("/on-call"))


def test_a_referral_that_was_a_no_is_shown_beside_the_alert(northmoor: Area, as_: SignIn) -> None:
    early = FRIDAY - timedelta(days=40)
    referral, _ = ask(northmoor, early, **TARIQ)
    step(northmoor, decline, early + timedelta(days=2), referral=referral, **NO)
    alert = tell(northmoor, "alert", given_name="Tarik")
    page = words(as_("coordinator").get(f"/notices/{alert.pk}"))
    assert "Asked for before" in page and referral.reference in page and "Not accepted" in page


def test_whoever_said_no_is_not_made_anew_and_not_shown(northmoor: Area, as_: SignIn) -> None:
    person, _ = add_registered(northmoor, **TARIQ, nhs_number="9990000018", at=BEFORE)
    with acting_as(northmoor.actors["coordinator"], BEFORE) as me, recording(by=me, at=BEFORE) as note:
        given = {"basis": "parental", "decided_on": BEFORE.date(), "evidenced": True, "decided_by": "His mother"}
        record_consent(note, person=person, purpose="register", answer="refused", **given)
    for said in ({"nhs_number": "9990000018"}, {}):
        notice = read(tell(northmoor, **said))
        assert (notice.matched, notice.person_id) == ("unsure", None)
        assert person.reference not in words(as_("coordinator").get(f"/notices/{notice.pk}"))
    with context.as_engine():
        assert Person.objects.count() == 1 and not Stay.objects.exists()


def test_a_record_closed_afterwards_takes_the_notice_with_it(northmoor: Area, as_: SignIn) -> None:
    notice = read(tell(northmoor))
    person = notice.person
    with acting_as(northmoor.actors["coordinator"], FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
        given = {"basis": "parental", "decided_on": FRIDAY.date(), "evidenced": True, "decided_by": "His mother"}
        record_consent(note, person=person, purpose="register", answer="refused", **given)
    assert as_("coordinator").get(f"/notices/{notice.pk}").status_code == 404
    assert "Tariq" not in words(as_("coordinator").get("/notices"))
    assert due(notice) == {}
    assert list(find_differing_matters()) == []


def test_only_the_register_team_of_the_area_opens_a_notice(northmoor: Area, saltby: Area, as_: SignIn) -> None:
    here, there = tell(northmoor), tell(saltby, given_name="Sami")
    for role in ("manager", "keyworker", "commissioner", "partner_health", "governance", "admin", "regional"):
        assert as_(role).get(f"/notices/{here.pk}").status_code == 403, role
        with acting_as(northmoor.actors[role], FRIDAY):
            assert not Notice.objects.exists(), role
    coordinator = as_("coordinator")
    assert coordinator.get(f"/notices/{here.pk}").status_code == 200
    for address in ("", "/take", "/same", "/settle"):
        assert coordinator.get(f"/notices/{there.pk}{address}").status_code == 404
    assert coordinator.get(f"/notices/{here.pk}/nonsense").status_code == 404
    assert "Sami" not in words(coordinator.get("/notices"))


@pytest.mark.parametrize("many", [1, 5])
def test_pages_take_few_statements_whatever_their_size(northmoor: Area, as_: SignIn, many: int) -> None:
    for number in range(many):
        add_registered(northmoor, **TARIQ | {"given_name": f"Tari{'aeiou'[number]}q"}, at=BEFORE)
        notice = tell(northmoor, birth_date=None)
    coordinator = as_("coordinator")
    for address, most in (("/notices", 6), (f"/notices/{notice.pk}", 9), ("/on-call", 6)):
        with CaptureQueriesContext(connection) as asked:
            assert coordinator.get(address).status_code == 200
        assert len(asked) <= most, [one["sql"][:120] for one in asked]
