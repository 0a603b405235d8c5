"""Asking to join, in all three ways."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.referrals.forms_professional import ThemForm
from alongside.features.referrals.models import Referral, ReferralDraft
from alongside.features.referrals.tests.asking import WAYS, codes_on, fill_in, problems, seen, send
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, key_of

MONDAY = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)


def the_referral() -> Referral:
    with context.as_engine():
        return Referral.objects.select_related("received_by", "icb").get()


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.mark.parametrize("way", WAYS)
def test_each_way_ends_in_a_referral_with_a_receipt_at_once(northmoor: Area, way: str) -> None:
    page = send(Client(), way)
    referral = the_referral()
    assert "We have what you sent" in page
    assert codes_on(page)[0] == referral.reference
    assert "9 February 2026" in page, "four weeks after Monday 12 January"
    assert referral.icb == northmoor.icb and referral.received_at == MONDAY
    assert (referral.given_name, referral.family_name) == ("Kai", "Moss")
    assert referral.received_by.name == "The public form"
    with context.as_engine():
        assert not ReferralDraft.objects.exists(), "the draft is gone"
        assert Duty.objects.filter(subject="referral", subject_id=referral.pk).count() >= 3


def test_what_a_young_person_says_stays_as_they_said_it(northmoor: Area) -> None:
    send(Client(), "me")
    kai = the_referral()
    assert kai.own_words == "It is too loud."
    assert kai.must_not_know == "my stepdad" and kai.safe_contact == "text only"
    assert kai.adult_knows == "Yes, my mum" and kai.answer_by == "sms"
    assert kai.answer_needs == "Easy read, with pictures"
    assert (kai.agreement, kai.agreement_basis) == ("given", "not_stated"), "competence is never presumed under 16"
    assert kai.recipients == [{"who": "young_person", "name": "Kai", "by": "sms", "address": "07700 900982"}]
    with context.as_engine():
        assert not Delivery.objects.exists(), "somebody must not know, so nothing is sent to the phone"


def test_at_16_the_young_person_decides(northmoor: Area) -> None:
    birthday = {"birth_date-day": "12", "birth_date-month": "1", "birth_date-year": "2010"}
    send(Client(), "me", birthday=birthday)
    assert the_referral().agreement_basis == "sixteen"


def test_the_day_before_16_nothing_is_presumed(northmoor: Area) -> None:
    birthday = {"birth_date-day": "13", "birth_date-month": "1", "birth_date-year": "2010"}
    send(Client(), "me", birthday=birthday)
    assert the_referral().agreement_basis == "not_stated"


def test_a_parent_chooses_whom_to_tell_and_gets_a_neutral_word(northmoor: Area) -> None:
    send(Client(), "family")
    referral = the_referral()
    assert referral.asker_relationship == "Parent, with parental responsibility"
    assert [one["who"] for one in referral.recipients] == ["asker", "young_person"]
    assert referral.gp == "Mill Lane Surgery" and referral.diagnosis == {"autism": "diagnosed"}
    with context.as_engine():
        delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.address, delivery.notice) == ("email", "dawn@example.com", "receipt")


@pytest.mark.parametrize(
    ("responsible", "agreement", "basis"), [("yes", "given", "parental"), ("no", "unknown", "not_stated")]
)
def test_only_somebody_with_parental_responsibility_agrees_for_a_child(
    northmoor: Area, responsible: str, agreement: str, basis: str
) -> None:
    you = WAYS["family"]["you"] | {"responsible": responsible}
    send(Client(), "family", you=you, agree={"agreed": "parent"})
    referral = the_referral()
    assert (referral.agreement, referral.agreement_basis) == (agreement, basis)


def test_the_referrers_own_view_is_kept_apart(northmoor: Area) -> None:
    send(Client(), "professional")
    referral = the_referral()
    assert referral.indicative_colour == "amber" and referral.nhs_number == "9991234519"
    assert (referral.agreement, referral.agreement_basis, referral.agreed_by) == ("given", "parental", "Dawn Moss")


def test_a_professional_may_send_before_anybody_was_asked(northmoor: Area) -> None:
    send(Client(), "professional", agree={"agreed": "not_asked"})
    assert the_referral().agreement == "unknown"


def test_an_account_sends_in_its_own_name_and_sees_its_own(northmoor: Area, saltby: Area) -> None:
    visitor = Client()
    partner = northmoor.actors["partner_education"]
    visitor.cookies["alongside_key"] = key_of(partner)
    home = WAYS["professional"]["home"] | {"area": str(northmoor.icb.pk)}
    send(visitor, "professional", home=home)
    referral = the_referral()
    assert referral.received_by == partner and referral.asked_by == partner
    elsewhere = Client()
    elsewhere.cookies["alongside_key"] = key_of(partner)
    assert referral.reference in elsewhere.get("/refer/progress").content.decode()
    assert elsewhere.get(f"/refer/progress/{referral.reference}").status_code == 200
    somebody = Client()
    somebody.cookies["alongside_key"] = key_of(northmoor.actors["partner_health"])
    assert somebody.get(f"/refer/progress/{referral.reference}").status_code == 404
    coordinator = Client()
    coordinator.cookies["alongside_key"] = key_of(northmoor.actors["coordinator"])
    assert coordinator.get(f"/refer/progress/{referral.reference}").status_code == 404, "their page is another one"


def test_sending_twice_makes_one(northmoor: Area) -> None:
    visitor = Client()
    at = fill_in(visitor, "me")
    mark = {"seen": seen(visitor, at)}
    cookies = visitor.cookies.output()
    first = visitor.post(at, mark)
    again = Client()
    again.cookies.load("; ".join(line.split(": ", 1)[1].split(";")[0] for line in cookies.splitlines()))
    second = again.post(at, mark)
    assert first.headers["Location"] == second.headers["Location"] == "/refer/sent"
    assert codes_on(again.get("/refer/sent").content.decode())[0] == the_referral().reference


def test_both_reach_the_server_at_once_and_one_is_made(northmoor: Area) -> None:
    from alongside.features.referrals import sending
    from alongside.features.referrals.drafts import Held, find_draft

    visitor = Client()
    fill_in(visitor, "me")
    reference, code = codes_on(visitor.get("/refer/later").content.decode())
    held = Held(reference, code.replace(" ", ""))
    draft = find_draft(held, at=MONDAY)
    assert draft
    for _ in range(2):
        sending.send_referral(
            held, draft, {"given_name": "Kai"}, icb_id=northmoor.icb.pk, me=None, at=MONDAY, today=MONDAY.date()
        )
    assert the_referral().reference == reference


def test_answers_changed_elsewhere_are_shown_again_before_they_are_sent(northmoor: Area) -> None:
    visitor = Client()
    at = fill_in(visitor, "me")
    old = seen(visitor, at)
    visitor.post("/refer/me/words", {"words": "It is far too loud."})
    answer = visitor.post(at, {"seen": old})
    assert answer.status_code == 409
    assert problems(answer) == ["Your answers changed on another page. Check them once more, then send them"]
    with context.as_engine():
        assert not Referral.objects.exists()


def test_nothing_is_sent_while_a_page_is_unfinished(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    visitor.post("/refer/me/name", {"given_name": "Kai", "family_name": "Moss"})
    page = visitor.get("/refer/me/answers").content.decode()
    assert "You need to finish one more page" in page and ">Send<" not in page
    assert visitor.post("/refer/me/answers", {"seen": "2"}).status_code == 422


def test_the_area_is_asked_only_where_there_are_several(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    assert "Which area" not in visitor.get("/refer/me/home").content.decode()


def test_the_area_that_is_chosen_gets_it(northmoor: Area, saltby: Area) -> None:
    send(Client(), "me", home={"area": str(saltby.icb.pk)})
    assert the_referral().icb == saltby.icb
    with acting_as(northmoor.actors["coordinator"]) as me:
        assert not Referral.objects.visible_to(me).exists() and not Referral.objects.exists()
    with acting_as(saltby.actors["coordinator"]) as me:
        assert Referral.objects.visible_to(me).count() == Referral.objects.count() == 1


@pytest.mark.parametrize("role", ["manager", "keyworker", "commissioner", "partner_health"])
def test_others_than_the_register_team_reach_no_referral(northmoor: Area, role: str) -> None:
    send(Client(), "me")
    with acting_as(northmoor.actors[role]):
        assert not Referral.objects.exists()


def test_the_public_form_answers_the_same_about_somebody_known(northmoor: Area) -> None:
    """The same pages, the same words: nothing is looked up."""
    from tests.cast import add_registered

    def walk() -> list[str]:
        visitor = Client()
        at = fill_in(visitor, "professional")
        answer = visitor.post(at, {"seen": seen(visitor, at)})
        page = visitor.get(answer.headers["Location"]).content.decode()
        reference, code = codes_on(page)
        return [page.replace(reference, "R").replace(code, "C")]

    unknown = walk()
    add_registered(northmoor, given_name="Kai", family_name="Moss", birth_date=date(2012, 3, 4), at=MONDAY)
    assert walk() == unknown


def test_every_page_stays_within_its_budget(northmoor: Area, saltby: Area) -> None:
    visitor = Client()
    answers = fill_in(visitor, "me", home={"area": str(northmoor.icb.pk)})
    pages = ["/refer", "/refer/me", "/refer/me/hard", answers, "/refer/later", "/refer/check", "/refer/carry-on"]
    counted = {}
    for page in pages:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert visitor.get(page).status_code == 200
        counted[page] = len(asked)
    visitor.post(answers, {"seen": seen(visitor, answers)})
    for page in ("/refer/sent", "/refer/progress"):
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(page).status_code == 200
        counted[page] = len(asked)
    assert {page: count for page, count in counted.items() if count > 8} == {}, counted


@pytest.mark.parametrize(("way", "step"), [("me", "hard"), ("family", "why"), ("professional", "why")])
def test_where_help_is_at_once_stands_where_danger_is_told_and_after(northmoor: Area, way: str, step: str) -> None:
    visitor = Client()
    fill_in(visitor, way)
    asking = visitor.get(f"/refer/{way}/{step}").content.decode()
    sent = send(visitor, way)
    for page in (asking, sent, visitor.get("/refer/progress").content.decode()):
        assert "Call 999" in page
        assert "choose the mental health option" in page
    assert sent.index("Call 999") < sent.index("Write this down")


@pytest.mark.parametrize(("years", "asked"), [(30, False), (31, True), (76, True)])
def test_a_date_that_makes_them_older_than_any_register_is_asked_about_and_blocks_nothing(
    years: int, asked: bool
) -> None:
    today = clock.today()
    form = ThemForm(typed_date(today.replace(year=today.year - years, day=1)), today=today)
    assert form.is_valid() is not asked
    if asked:
        assert f"This date means an age of {years}. Is it right?" in str(form.errors["birth_date"])
        assert list(form.fields)[list(form.fields).index("birth_date") + 1] == "birth_date_is_right"
        data = typed_date(today.replace(year=today.year - years, day=1)) | {"birth_date_is_right": "on"}
        again = ThemForm(data, today=today)
        assert again.is_valid() and "birth_date_is_right" in str(again)


def typed_date(born: date) -> dict[str, str]:
    return {
        "given_name": "Kai", "family_name": "Moss", "birth_date-day": str(born.day),
        "birth_date-month": str(born.month), "birth_date-year": str(born.year),
    }  # fmt: skip


@pytest.mark.parametrize(("by", "name", "value", "missing"), [
    ("phone", "call_on", "01632 960 777", "Enter the phone number to call"),
    ("letter", "post_to", "Hill House, Oldtown", "Enter an address"),
])  # fmt: skip
def test_a_professional_says_where_an_answer_by_phone_or_letter_goes(
    northmoor: Area, by: str, name: str, value: str, missing: str
) -> None:
    visitor = Client()
    at = fill_in(visitor, "professional", answer={"reach_by": by, "answer_format": "plain", name: value})
    empty = visitor.post("/refer/professional/answer", {"reach_by": by, "answer_format": "plain"})
    assert empty.status_code == 422 and problems(empty) == [missing]
    visitor.post("/refer/professional/answer", {"reach_by": by, "answer_format": "plain", name: value})
    assert visitor.post(at, {"seen": seen(visitor, at)}).status_code == 302
    with context.as_engine():
        referral = Referral.objects.get()
    first = referral.recipients[0]
    assert (first["by"], first["address"].replace(" ", "")) == (by, value.replace(" ", ""))


@pytest.mark.parametrize(
    ("born", "basis", "fits"),
    [
        (date(2010, 1, 12), "sixteen", True),
        (date(2010, 1, 13), "sixteen", False),
        (date(2010, 1, 13), "competent_child", True),
        (date(2010, 1, 12), "competent_child", False),
        (date(2008, 1, 13), "parental", True),
        (date(2008, 1, 12), "parental", False),
    ],
)
def test_who_agreed_fits_the_age_or_the_page_says_so_and_keeps_what_was_typed(
    northmoor: Area, born: date, basis: str, fits: bool
) -> None:
    visitor = Client()
    them = WAYS["professional"]["them"] | {
        f"birth_date-{part}": getattr(born, part) for part in ("day", "month", "year")
    }
    fill_in(visitor, "professional", them=them, agree={"agreed": "not_asked"})
    agreed = {"agreed": "given", "agreed_basis": basis, "agreed_by": "Dawn Moss"}
    answer = visitor.post("/refer/professional/agree", agreed)
    assert (answer.status_code == 302) is fits
    if not fits:
        assert "Choose who decided, or check their date of birth" in problems(answer)[0]
        assert "Dawn Moss" in answer.content.decode()


def test_another_date_of_birth_asks_again_who_agreed(northmoor: Area) -> None:
    visitor = Client()
    at = fill_in(visitor, "professional", agree={"agreed": "given", "agreed_basis": "parental", "agreed_by": "Dawn"})
    visitor.post("/refer/professional/them", WAYS["professional"]["them"] | {"birth_date-year": "2005"})
    answer = visitor.post(at, {"seen": seen(visitor, at)})
    assert answer.status_code != 302 or answer.headers["Location"].endswith("/agree")
    with context.as_engine():
        assert not Referral.objects.exists()


@pytest.mark.parametrize(("basis", "knows"), [("parental", None), ("competent_child", True)])
def test_where_a_parent_decided_nobody_says_that_the_young_person_knows(
    northmoor: Area, basis: str, knows: bool | None
) -> None:
    send(Client(), "professional", agree={"agreed": "given", "agreed_basis": basis, "agreed_by": "Dawn Moss"})
    with context.as_engine():
        assert Referral.objects.get().young_person_knows is knows
