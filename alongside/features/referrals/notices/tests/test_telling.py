"""The pages of a ward and of an A&E department: six fields, one receipt, and the same answer whoever it is about."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.referrals.models import Notice, OnCall
from alongside.features.referrals.notices import rota
from alongside.features.referrals.notices.tests.telling import FRIDAY, a_link
from alongside.features.referrals.tests.pressing import hidden, words
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as, add_registered

pytestmark = pytest.mark.django_db
ALERT = {
    "given_name": "Tariq",
    "family_name": "Aziz",
    "birth_date-day": "2",
    "birth_date-month": "5",
    "birth_date-year": "2010",
    "nhs_number": "",
    "where_now": "A&E, bay 4",
    "happened": "Brought in by the police.",
    "ring_name": "Dr Lund",
    "ring_phone": "01632 960222",
}
NOTICE = ALERT | {
    "place": "mental_health_hospital",
    "on-day": "6",
    "on-month": "3",
    "on-year": "2026",
    "at": "14:30",
}
FORMS = {"notice": NOTICE, "alert": ALERT}


def send(visitor: Client, at: str, /, **said: Any) -> Any:
    kind = at.split("/")[1]
    return visitor.post(at, hidden(visitor.get(at)) | FORMS[kind] | said)


def only() -> Notice:
    with context.as_engine():
        return Notice.objects.select_related("person", "sent_by").get()


@pytest.mark.parametrize("kind", ["notice", "alert"])
def test_a_link_tells_and_gets_a_receipt(northmoor: Area, stands_still: Any, kind: str) -> None:
    link, token = a_link(northmoor, kind, unit="Willow Ward")
    visitor = Client()
    answer = send(visitor, f"/{kind}/{token}")
    assert answer.status_code == 302, words(answer)
    receipt = visitor.get(answer.headers["Location"])
    assert only().reference in words(receipt)
    assert only().sent_by == link.acts_as
    assert ("6 March 2026 at 8pm" if kind == "alert" else "9 March 2026") in words(receipt).replace(":00", "")
    assert receipt.headers["Cache-Control"] == "no-store" and receipt.headers["Referrer-Policy"] == "same-origin"


def test_the_alert_asks_six_things_and_no_more(northmoor: Area, stands_still: Any) -> None:
    _, token = a_link(northmoor, "alert")
    page = words(Client().get(f"/alert/{token}"))
    asked = set(re.findall(r'name="([a-z_]+)(?:-day|-month|-year)?"', page)) - {"csrfmiddlewaretoken", "submission"}
    who, ring = {"given_name", "family_name"}, {"ring_name", "ring_phone"}
    assert asked >= who | ring and asked - who - ring == {"birth_date", "nhs_number", "where_now", "happened"} | (
        asked & {"viewport", "theme", "color", "robots"}
    )


def test_the_answer_is_the_same_whoever_it_is_about(northmoor: Area, saltby: Area, stands_still: Any) -> None:
    add_registered(northmoor, given_name="Known", family_name="Here", birth_date=None, at=FRIDAY - timedelta(days=9))
    add_registered(saltby, given_name="Known", family_name="There", nhs_number="9990000018", at=FRIDAY)
    _, token = a_link(northmoor, "alert")
    told = (
        {"given_name": "New", "family_name": "Person"},
        {"given_name": "Known", "family_name": "Here"},
        {"given_name": "Known", "family_name": "There", "nhs_number": "9990000018"},
        {"given_name": "Other", "family_name": "Name", "nhs_number": "9990000018"},
    )
    seen = set()
    for said in told:
        visitor = Client()
        answer = send(visitor, f"/alert/{token}", **said)
        page = words(visitor.get(answer.headers["Location"]))
        seen.add(re.sub(r"N-\w{4}-\w{4}|nonce=\S+|value=\S+", "", page))
    assert len(seen) == 1
    with context.as_engine():
        assert {one.matched for one in Notice.objects.all()} == {
            "new",
            "unsure",
            "exact",
        } or Notice.objects.count() == 4


def test_a_double_submit_makes_one(northmoor: Area, stands_still: Any) -> None:
    _, token = a_link(northmoor, "alert")
    visitor = Client()
    sent = hidden(visitor.get(f"/alert/{token}")) | ALERT
    first, second = (visitor.post(f"/alert/{token}", sent) for _ in range(2))
    assert second.headers["Location"] == f"{first.headers['Location']}?again=1"
    assert only()


@pytest.mark.parametrize(
    ("said", "hours", "again"),
    [
        ({}, 1, True),
        ({}, 11, True),
        ({}, 13, False),
        ({"happened": "He has come again."}, 1, False),
        ({"given_name": "Tarik"}, 1, False),
    ],
)
def test_going_back_and_sending_the_same_again_makes_no_second(
    northmoor: Area, stands_still: Any, said: dict, hours: int, again: bool
) -> None:
    """The page drawn anew carries another mark; the words are the same."""
    _, token = a_link(northmoor, "alert")
    visitor = Client()
    first = send(visitor, f"/alert/{token}")
    stands_still(FRIDAY + timedelta(hours=hours))
    second = send(visitor, f"/alert/{token}", **said)
    page = words(visitor.get(second.headers["Location"]))
    with context.as_engine():
        assert Notice.objects.count() == (1 if again else 2)
    assert ("We have it already" in page) == again
    assert (second.headers["Location"] == f"{first.headers['Location']}?again=1") == again


def test_the_same_words_by_another_link_are_another_notice(northmoor: Area, stands_still: Any) -> None:
    for number in (1, 2):
        _, token = a_link(northmoor, "alert", at=FRIDAY - timedelta(days=30 + number))
        assert send(Client(), f"/alert/{token}").status_code == 302
    with context.as_engine():
        assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("phone", "taken"),
    [("01632 960222", True), ("+44 1632 960222 ext. 41, bleep 12", True), ("960222", False), ("abc", False)],
)
def test_whom_to_ring_back_has_a_whole_number(northmoor: Area, stands_still: Any, phone: str, taken: bool) -> None:
    _, token = a_link(northmoor, "alert")
    answer = send(Client(), f"/alert/{token}", ring_phone=phone)
    assert answer.status_code == (302 if taken else 422)
    assert taken or "Write the whole number with its area code" in words(answer)


@pytest.mark.parametrize("held", ["elsewhere", "here"])
def test_a_coordinator_who_telephones_one_of_another_area_reads_that_it_is_kept(
    northmoor: Area, saltby: Area, as_: Callable[[str], Client], held: str
) -> None:
    area = saltby if held == "elsewhere" else northmoor
    born, at = date(2010, 5, 2), FRIDAY - timedelta(days=60)
    add_registered(area, given_name="Tariq", family_name="Aziz", birth_date=born, nhs_number="9990000018", at=at)
    coordinator = as_("coordinator")
    day = {name: NOTICE[name] for name in ("on-day", "on-month", "on-year", "at")}
    answer = send(coordinator, "/alert", **day, sender="A&E", nhs_number="9990000018")
    opened = coordinator.get(f"/notices/{only().pk}")
    assert opened.status_code == 200, answer.status_code
    page = words(opened)
    if held == "here":
        assert "What was told" in page
        return
    assert "It is kept, and others open it" in page and only().reference in page
    for nothing in ("Tariq", "Aziz", "999", saltby.icb.name):
        assert nothing not in page.replace("ring 999", ""), nothing
    for step in ("take", "same", "settle"):
        assert coordinator.get(f"/notices/{only().pk}/{step}").status_code == 404


def test_nothing_typed_is_lost_and_each_mistake_has_a_sentence(northmoor: Area, stands_still: Any) -> None:
    _, token = a_link(northmoor, "notice")
    answer = send(
        Client(),
        f"/notice/{token}",
        given_name="",
        family_name="",
        ring_phone="",
        happened="She fell",
        **{"on-day": "9"},
    )
    page = words(answer)
    assert answer.status_code == 422 and "She fell" in page
    for sentence in ("Write at least one of the names", "Write the number to ring", "must be today or in the past"):
        assert sentence in page, sentence
    with context.as_engine():
        assert not Notice.objects.exists()


def test_wrong_links_get_one_same_page_and_are_counted(northmoor: Area, stands_still: Any) -> None:
    organisation_link, token = a_link(northmoor, "notice", days=10, at=FRIDAY - timedelta(days=30))
    other, other_token = a_link(northmoor, "alert")
    _, good = a_link(northmoor, "notice")
    tries = [f"/notice/{token}", f"/notice/{other_token}", f"/notice/{'x' * 43}", "/notice/short", f"/notice/{good}x"]
    tries += [f"/notice/{token}/sent/N-AAAA-AAAA", "/alert/%F0%9F%99%82", f"/alert/{'0' * 300}"]
    pages = {re.sub(r"nonce=\S+", "", words(Client().get(one))) for one in tries}
    assert len(pages) == 1
    assert {Client().get(one).status_code for one in tries} == {404}
    for _ in range(10):
        last = Client().get(f"/notice/{'y' * 43}")
    assert last.status_code == 429
    assert Client().get(f"/notice/{good}").status_code == 200, "a right link opens, whoever else tried at that address"
    with context.as_engine():
        assert {one.outcome for one in organisation_link.tries.all()} == {"expired"}
        assert {one.outcome for one in other.tries.all()} == {"other"}


def test_what_was_typed_while_a_link_ran_out_is_shown(northmoor: Area, stands_still: Any) -> None:
    _, token = a_link(northmoor, "alert", days=31)
    visitor = Client()
    sent = hidden(visitor.get(f"/alert/{token}")) | ALERT
    stands_still(FRIDAY + timedelta(days=2))
    answer = visitor.post(f"/alert/{token}", sent)
    assert answer.status_code == 404 and "Brought in by the police." in words(answer)


def test_a_partner_in_health_tells_with_an_account_and_reads_nothing(as_: Callable[[str], Client]) -> None:
    nurse = as_("partner_health")
    answer = send(nurse, "/alert")
    assert answer.status_code == 302, words(answer)
    assert only().reference in words(nurse.get(answer.headers["Location"]))
    for address in ("/notices", f"/notices/{only().pk}"):
        assert nurse.get(address).status_code == 403
    person = only().person
    assert person and nurse.get(f"/people/{person.reference}").status_code == 404
    for role in ("partner_education", "keyworker", "manager", "commissioner"):
        assert as_(role).get("/alert").status_code == 403, role


def test_a_coordinator_writes_down_what_was_told_by_telephone(as_: Callable[[str], Client]) -> None:
    coordinator = as_("coordinator")
    answer = send(coordinator, "/notice", sender="Sister Okafor, Willow Ward")
    assert answer.status_code == 302, words(answer)
    assert only().sender == "Sister Okafor, Willow Ward"
    assert f"/notices/{only().pk}" in words(coordinator.get(answer.headers["Location"]))


def test_the_team_is_told_and_whoever_is_on_call_by_a_neutral_text(northmoor: Area, stands_still: Any) -> None:
    from alongside.features.referrals.notices import rota

    with acting_as(northmoor.actors["manager"], FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
        today = FRIDAY.date()
        worker = northmoor.actors["keyworker"]
        given = {"icb_id": northmoor.icb.pk, "actor_id": worker.pk, "from_date": today, "to_date": today, "by": me}
        rota.add(note, phone="07700 900123", **given)
    _, token = a_link(northmoor, "alert")
    visitor = Client()
    receipt = visitor.get(send(visitor, f"/alert/{token}").headers["Location"])
    assert "07700 900123" in words(receipt)
    with context.as_engine():
        message = Message.objects.get()
        assert message.to_team == northmoor.teams["register"] and message.link == f"/notices/{only().pk}"
        text = Delivery.objects.get(channel="sms")
    assert (text.notice, text.address, text.filling) == ("urgent", "07700900123", {"link": "/on-call"})


def test_too_many_from_one_link_are_stopped_with_a_sentence(northmoor: Area, stands_still: Any) -> None:
    from alongside.features.referrals import limits
    from alongside.features.referrals.notices.telling_views import SENT

    _, token = a_link(northmoor, "alert")
    for _ in range(SENT.most):
        limits.count(SENT, f"/alert/{token}")
    answer = send(Client(), f"/alert/{token}")
    assert answer.status_code == 429 and "ring the register team" in words(answer)
    assert "Brought in by the police." in words(answer)


def test_sending_takes_few_statements(northmoor: Area, stands_still: Any) -> None:
    _, token = a_link(northmoor, "alert")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client().get(f"/alert/{token}")
    assert len(asked) <= 6, [one["sql"][:90] for one in asked]


TYPED = st.text(max_size=80) | st.sampled_from(
    ["\x00", "🙂" * 40, "x" * 5000, "'; drop table", "<script>", "99/99/9999"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["notice", "alert"]), typed=st.dictionaries(st.sampled_from(sorted(NOTICE)), TYPED))
def test_whatever_is_typed_gets_an_answer(northmoor: Area, stands_still: Any, kind: str, typed: dict[str, str]) -> None:
    _, token = a_link(northmoor, kind)
    answer = Client().post(f"/{kind}/{token}", {"submission": "x" * 22} | FORMS[kind] | typed)
    assert answer.status_code in (302, 422, 429)


@pytest.mark.parametrize("kind", ["notice", "alert"])
@pytest.mark.parametrize("role", ["partner_health", "coordinator"])
def test_whoever_tells_with_an_account_reads_nothing_of_what_came_of_it(
    northmoor: Area, saltby: Area, stands_still: Any, as_: Callable[[str], Client], kind: str, role: str
) -> None:
    early, born = FRIDAY - timedelta(days=60), date(2010, 5, 2)
    known = {"family_name": "Aziz", "birth_date": born, "at": early}
    add_registered(northmoor, given_name="Tariq", **known)
    add_registered(saltby, given_name="Sami", nhs_number="9990000018", **known)
    sender = northmoor.actors[role]
    day = {name: NOTICE[name] for name in ("on-day", "on-month", "on-year", "at")}
    phoned = day | {"sender": "Willow Ward"} if role == "coordinator" else {}
    told: tuple[dict, ...] = ({}, {"given_name": "New"}, {"given_name": "Sami", "nhs_number": "9990000018"})
    for said in told:
        assert send(as_(role), f"/{kind}", **phoned | said).status_code == 302
    with context.as_engine():
        sent = list(Notice.objects.values_list("id", "sent_by_id"))
        assert Event.objects.filter(code="notice.received", by_name="Notices and alerts").count() == 3
    assert len(sent) == 3 and {by for _, by in sent} == {sender.pk}
    with acting_as(sender, FRIDAY):
        assert not Event.objects.filter(by_id=sender.pk, recorded_at=FRIDAY).exists()
        assert not Message.objects.filter(by_id=sender.pk).exists()
        if role == "partner_health":
            assert not Event.objects.filter(subject__in=("notice", "message")).exists() and not Message.objects.exists()
            assert not Delivery.objects.exists()


def test_the_rota_is_read_by_staff_of_the_area_alone(northmoor: Area, saltby: Area, stands_still: Any) -> None:
    manager = northmoor.actors["manager"]
    with acting_as(manager, FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
        days = {"from_date": FRIDAY.date(), "to_date": FRIDAY.date()}
        rota.add(note, icb_id=northmoor.icb.pk, actor_id=manager.pk, phone="01632 960180", by=me, **days)
    _, token = a_link(northmoor, "alert")
    rings = {"keyworker", "manager", "coordinator", "commissioner", "partner_health", "partner_social_care"}
    for role, actor in northmoor.actors.items():
        with acting_as(actor, FRIDAY):
            assert OnCall.objects.exists() == (role in rings), role
    for actor in saltby.actors.values():
        with acting_as(actor, FRIDAY):
            assert not OnCall.objects.exists()
    assert not OnCall.objects.exists(), "without a key"
    with context.asking_with(token):
        assert not OnCall.objects.exists(), "with a link's key"
    visitor = Client()
    receipt = visitor.get(send(visitor, f"/alert/{token}").headers["Location"])
    assert "01632 960180" in words(receipt), "but the receipt says whom to ring"
