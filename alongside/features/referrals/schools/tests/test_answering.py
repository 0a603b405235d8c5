"""A school answers by its link: nobody, somebody who agreed, somebody who was not asked."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person
from alongside.features.referrals.models import Referral
from alongside.features.referrals.schools.models import SchoolAnswer, SchoolDraft, SchoolWorry
from alongside.features.referrals.schools.operations.answering import code_of
from alongside.features.referrals.schools.tests.asking import (
    AGREED,
    HILL,
    KAI,
    MILL,
    NOT_ASKED,
    SOMEBODY,
    THEM,
    WHO,
    WORRY,
    ask_of,
    asked,
    due,
    goes_through,
    link_of,
    seen,
    sends,
)
from alongside.foundation.access import context
from tests.cast import Area

pytestmark = pytest.mark.django_db


def test_nobody_this_term_takes_two_pages(area: Area) -> None:
    asked(area)
    receipt = sends(Client(), link_of(HILL), nobody=True)
    assert "Nobody this term. Thank you." in receipt
    ask = ask_of("Hill School")
    assert (ask.answered_how, ask.named) == ("link", 0)
    assert due("school_ask", ask.pk) == {}


def test_a_school_that_opens_its_link_again_reads_that_it_has_answered_and_may_add(area: Area) -> None:
    asked(area)
    visitor = Client()
    first = visitor.get(link_of(HILL)).content.decode()
    assert "Whom do you worry about this term?" in first and "need not answer again" not in first
    sends(visitor, link_of(HILL), nobody=True)
    again = visitor.get(link_of(HILL)).content.decode()
    assert "You need not answer again" in again and "Whom do you worry about this term?" not in again
    assert "Do you worry about somebody else?" in again
    assert "was referred" in sends(visitor, link_of(HILL), KAI)


def test_who_agreed_becomes_a_referral_with_reference_and_code(area: Area) -> None:
    asked(area)
    receipt = sends(Client(), link_of(HILL), KAI)
    with context.as_engine():
        referral = Referral.objects.get()
        worry = SchoolWorry.objects.get()
        assert Person.objects.count() == 0
    assert (referral.given_name, referral.family_name, referral.school) == ("Kai", "Moss", "Hill School")
    assert (referral.agreement, referral.agreement_basis, referral.agreed_by) == ("given", "competent_child", "Kai")
    assert "Attendance this term: 46%." in referral.words
    assert "The school thinks of autism; nobody has diagnosed it." in referral.words
    assert referral.diagnosis == {}
    assert (worry.attendance, worry.words, worry.school_year) == (46, "", "")
    assert referral.reference in receipt
    code = receipt.split('class="app-code">')[2].split("<")[0]
    visitor = Client()
    answer = visitor.post("/refer/progress", {"reference": referral.reference, "code": code}, follow=True)
    assert "We have it. No one has looked at it yet." in answer.content.decode()


def test_who_agreed_at_another_age_is_asked_about_again(area: Area) -> None:
    asked(area)
    visitor = Client()
    sixteen = KAI | {"asked": AGREED | {"agreed_basis": "sixteen"}}
    page = goes_through(visitor, link_of(HILL), sixteen)
    again = visitor.post(f"{link_of(HILL)}/check", {"seen": seen(page)})
    assert f"{link_of(HILL)}/1/asked" in again.content.decode(), "it says which page is not finished"
    told = visitor.get(f"{link_of(HILL)}/1/asked").content.decode()
    assert "Choose who decided, or check their date of birth" in told
    with context.as_engine():
        assert not Referral.objects.exists()


def test_two_who_agreed_are_two_referrals(area: Area) -> None:
    asked(area)
    sends(Client(), link_of(HILL), KAI, KAI | {"them": THEM | {"given_name": "Rae"}})
    with context.as_engine():
        assert set(Referral.objects.values_list("given_name", flat=True)) == {"Kai", "Rae"}


def test_who_was_not_asked_is_nobody_here(area: Area) -> None:
    asked(area)
    receipt = sends(Client(), link_of(HILL), SOMEBODY)
    with context.as_engine():
        worry = SchoolWorry.objects.get()
        assert not Referral.objects.exists()
    assert (worry.school_year, worry.words, worry.known) == ("Year 9", "Has hardly come since October.", "no")
    assert "Not asked yet" in receipt
    talk = due("school_ask", ask_of("Hill School").pk)["school_not_asked"]
    assert talk.what == "Talk with Hill School about 1 young person not asked yet"


def test_the_pages_about_somebody_not_asked_ask_for_no_name(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    visitor.post(link, WHO | {"worried": "yes"})
    visitor.post(f"{link}/1/asked", NOT_ASKED)
    assert visitor.get(f"{link}/1/them").status_code == 404
    page = visitor.get(f"{link}/1/year").content.decode()
    assert "we take no name and no date of birth" in page
    assert "given_name" not in page
    assert "Do not write a name" in visitor.get(f"{link}/1/worry").content.decode()


def test_a_name_that_was_typed_goes_when_they_turn_out_not_to_have_been_asked(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    goes_through(visitor, link, KAI)
    visitor.post(f"{link}/1/asked", NOT_ASKED)
    with context.as_engine():
        assert "Moss" not in str(SchoolDraft.objects.get().answers)


def test_about_somebody_who_said_no_nothing_is_taken(area: Area) -> None:
    asked(area)
    receipt = sends(Client(), link_of(HILL), {"asked": {"agreed": "refused", "parents": "yes"}})
    assert "1 young person said no. Nothing about them was sent." in receipt
    with context.as_engine():
        assert SchoolAnswer.objects.get().said_no == 1
        assert not SchoolWorry.objects.exists()


def test_who_has_been_asked_since_is_referred_and_the_talk_is_over(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    sends(visitor, link, SOMEBODY)
    assert 'name="before" value="1"' in visitor.get(f"{link}/1/asked?before=1").content.decode()
    again = visitor.post(f"{link}/1/asked", NOT_ASKED | {"before": "1"})
    assert "Come back when they have been asked" in again.content.decode()
    sends(visitor, link, KAI | {"asked": AGREED | {"before": "1"}})
    ask = ask_of("Hill School")
    assert due("school_ask", ask.pk) == {}
    with context.as_engine():
        before, now = SchoolWorry.objects.order_by("number")
    assert (before.settled_how, now.number) == ("referred", 2)
    assert ask.named == 2


def test_a_young_person_keeps_the_number_that_the_school_was_shown(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    sends(visitor, link, {"asked": {"agreed": "refused", "parents": "yes"}}, SOMEBODY)
    with context.as_engine():
        assert SchoolWorry.objects.get().number == 2
    assert "Young person 3" in goes_through(visitor, link, SOMEBODY).content.decode()
    assert "who young person 3 is" in visitor.get(f"{link}/1/year").content.decode()


def test_sent_twice_counts_once(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    page = goes_through(visitor, link, KAI)
    for _ in range(2):
        answer = visitor.post(f"{link}/check", {"seen": seen(page)})
        assert answer.headers["Location"].endswith("/sent")
    with context.as_engine():
        assert Referral.objects.count() == 1


def test_an_answer_that_changed_on_another_page_is_shown_once_more(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    page = goes_through(visitor, link, KAI)
    visitor.post(f"{link}/1/worry", WORRY | {"words": "He came back."})
    answer = visitor.post(f"{link}/check", {"seen": seen(page)})
    assert answer.status_code == 409
    assert "changed on another page" in answer.content.decode()


def test_what_was_typed_is_kept_on_any_device_and_with_the_reminders_link(area: Area) -> None:
    asked(area)
    link = link_of(HILL)
    goes_through(Client(), link, KAI)
    assert "Kai Moss" in Client().get(f"{link}/check").content.decode()


def test_all_that_is_sent_is_read_back_before(area: Area) -> None:
    asked(area)
    visitor = Client()
    page = goes_through(visitor, link_of(HILL), KAI).content.decode()
    for said in ("The school thinks so", "Hardly comes, is excluded, or the place may end", "46%", "Kai Moss"):
        assert said in page
    for question in ("Are they autistic", "Have their parents or carers been asked", "Who decided, and on what basis"):
        assert question in page


def test_a_page_that_is_not_finished_is_said_and_nothing_is_sent(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    visitor.post(link, WHO | {"worried": "yes"})
    wrong = visitor.post(f"{link}/1/asked", {})
    assert wrong.status_code == 422
    assert "Select whether you asked them" in wrong.content.decode()
    page = visitor.get(f"{link}/check")
    assert "Some pages are not finished yet" in page.content.decode()
    assert visitor.post(f"{link}/check", {"seen": "3"}).status_code == 422


def test_nobody_and_somebody_at_once_is_asked_back(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    goes_through(visitor, link, KAI)
    visitor.post(link, WHO | {"worried": "no"})
    assert "You said nobody, and also told of somebody" in visitor.get(f"{link}/check").content.decode()
    visitor.post(f"{link}/1/remove")
    assert "You said nobody" not in visitor.get(f"{link}/check").content.decode()


def test_opening_a_link_takes_nobody_out(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    goes_through(visitor, link, KAI)
    visitor.get(f"{link}/1/remove")
    assert "Kai Moss" in visitor.get(f"{link}/check").content.decode()


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        ("47", 47), ("47%", 47), ("47.5 %", 47), ("100", 100), ("0", 0), ("", None),
        ("32 of 60", 46), ("60/60", 0), ("0 out of 60 sessions missed", 100),
    ],
)  # fmt: skip
def test_attendance_is_read_as_schools_write_it(area: Area, typed: str, percent: int | None) -> None:
    asked(area)
    sends(Client(), link_of(HILL), SOMEBODY | {"worry": WORRY | {"attendance": typed}})
    with context.as_engine():
        assert SchoolWorry.objects.get().attendance == percent


@pytest.mark.parametrize("typed", ["101", "61 of 60", "most of it", "0 of 0", "-5", "1e2"])
def test_attendance_that_can_not_be_is_asked_back(area: Area, typed: str) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    visitor.post(f"{link}/1/asked", NOT_ASKED)
    answer = visitor.post(f"{link}/1/worry", WORRY | {"attendance": typed})
    assert answer.status_code == 422
    assert "Enter attendance like 47%" in answer.content.decode()
    assert "Has hardly come since October." in answer.content.decode()


def test_a_school_sees_its_own_part_only(area: Area) -> None:
    asked(area)
    sends(Client(), link_of(HILL), KAI)
    other = Client().get(link_of(MILL)).content.decode()
    assert "Sam Reed" not in other
    assert Client().get(f"{link_of(MILL)}/sent").status_code == 302


def test_reference_and_code_are_shown_only_where_it_was_sent(area: Area) -> None:
    asked(area)
    sender, other, link = Client(), Client(), link_of(HILL)
    shown = sends(sender, link, KAI)
    with context.as_engine():
        reference = Referral.objects.get().reference
    code = code_of(ask_of("Hill School").pk, 1)
    assert reference in shown and code in shown
    assert code in sender.get(f"{link}/sent").content.decode()
    receipt = other.get(f"{link}/sent").content.decode()
    assert "was referred. Reference and code were shown to Sam Reed." in receipt
    assert reference not in receipt and code not in receipt
    sends(other, link, KAI | {"them": THEM | {"given_name": "Rae"}})
    both = other.get(f"{link}/sent").content.decode()
    assert code_of(ask_of("Hill School").pk, 2) in both and code not in both


def test_whose_sending_got_no_reply_presses_again_and_has_the_code(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    page = goes_through(visitor, link, KAI)
    for _ in range(2):
        answer = visitor.post(f"{link}/check", {"seen": seen(page)})
    assert code_of(ask_of("Hill School").pk, 1) in visitor.get(answer.headers["Location"]).content.decode()


def test_each_page_asks_few_statements(area: Area) -> None:
    asked(area)
    visitor, link = Client(), link_of(HILL)
    goes_through(visitor, link, *[KAI] * 6)
    for rest in ("", "/1/worry", "/check"):
        with CaptureQueriesContext(connection) as counted:
            visitor.get(link + rest)
        assert len(counted) <= 8, [query["sql"][:80] for query in counted]
    visitor.post(f"{link}/check", {"seen": seen(visitor.get(f"{link}/check"))})
    with CaptureQueriesContext(connection) as counted:
        visitor.get(f"{link}/sent")
    assert len(counted) <= 8, [query["sql"][:80] for query in counted]
