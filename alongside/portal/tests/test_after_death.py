"""After a child has died the family's pages say so, ask nothing, and plan nothing."""

from django.test import Client

from alongside.features.people.models import Person
from alongside.features.people.operations import change_person
from alongside.foundation.accounts.family_sign_in import find_account
from alongside.foundation.recording.recording import recording
from alongside.portal.tests.conftest import (
    ask_in,
    comes_in,
    has_relation,
    last_sent,
    mark_of,
    signed_in,
    tells,
    text_of,
)
from tests.cast import NOW, Area, acting_as
from tests.reading_age import reading_age, text_blocks

ASKS = ("promised", "change", "picture", "plan", "plan/answer", "goals", "goals/add")
READ = ("letters", "who", "looked")


def dies(area: Area, person: Person) -> None:
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=person, died_on=NOW.date())


def test_the_first_page_says_it_and_nothing_of_what_was_to_come(with_asha: Area, kai: Person, dawn: Client) -> None:
    tells(dawn, kai)
    before = text_of(dawn, f"/mine/{kai.reference}")
    assert "What is next?" in before
    dies(with_asha, kai)
    page = text_of(dawn, f"/mine/{kai.reference}")
    assert "We are very sorry that Kai died." in page
    for wrong in ("What is next", "We are looking at it", "Nothing has a date", "Something has changed", "no worker"):
        assert wrong not in page, wrong


def test_pages_that_ask_or_plan_lead_to_the_first_one_and_others_are_read(
    with_asha: Area, kai: Person, dawn: Client
) -> None:
    dies(with_asha, kai)
    for page in ASKS:
        answer = dawn.get(f"/mine/{kai.reference}/{page}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/mine/{kai.reference}"), page
    for page in READ:
        text_of(dawn, f"/mine/{kai.reference}/{page}")


def test_their_own_pages_close_at_once_and_nobody_comes_in_by_their_phone(
    northmoor: Area, kai: Person, kai_himself: Client
) -> None:
    assert "Kai" in text_of(kai_himself, f"/mine/{kai.reference}")
    dies(northmoor, kai)
    assert kai_himself.get(f"/mine/{kai.reference}").status_code == 404
    assert find_account("07700 900456") is None
    page = Client().post("/mine/come-back", {"contact": "07700 900456"}, follow=True)
    assert page.status_code == 200, "nobody is told whether this phone is known"


def test_their_phone_may_be_somebody_elses_way_in_afterwards(northmoor: Area, kai: Person, kai_himself: Client) -> None:
    dies(northmoor, kai)
    ask_in(northmoor, kai, has_relation(northmoor, kai), phone="07700 900456")
    assert comes_in(last_sent("invitation")["link"]).get(f"/mine/{kai.reference}").status_code == 200


def test_a_link_that_was_not_used_yet_stops_counting(northmoor: Area, kai: Person) -> None:
    ask_in(northmoor, kai, None, phone="07700 900456")
    link = last_sent("invitation")["link"]
    dies(northmoor, kai)
    assert "send" not in Client().get(link).content.decode()


def test_a_death_that_was_written_down_by_mistake_opens_them_again(
    northmoor: Area, kai: Person, kai_himself: Client
) -> None:
    dies(northmoor, kai)
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=kai, died_on=None)
    assert find_account("07700 900456") is not None
    assert "We are very sorry" not in text_of(kai_himself, f"/mine/{kai.reference}")


def test_the_mothers_pages_stay_open(with_asha: Area, kai: Person, dawn: Client) -> None:
    dies(with_asha, kai)
    assert "We are very sorry that Kai died." in text_of(dawn, f"/mine/{kai.reference}")


def test_the_first_page_says_whom_to_talk_with_in_plain_words(with_asha: Area, kai: Person, dawn: Client) -> None:
    dies(with_asha, kai)
    page = text_of(dawn, f"/mine/{kai.reference}")
    assert f"{with_asha.actors['keyworker'].name} worked with Kai." in page
    assert "0808 800 6019" in page and 'href="tel:08088006019"' in page
    assert "Tell us when you want one." in page
    assert reading_age(text_blocks(page)) <= 9.0


def test_a_day_that_is_none_is_refused_in_a_sentence_and_staff_read_of_no_keyworker(
    with_asha: Area, kai: Person
) -> None:
    staff = signed_in(with_asha.actors["coordinator"])
    here = f"/people/{kai.reference}"
    typed = {"submission": mark_of(text_of(staff, f"{here}/change")), "given_name": "Kai", "family_name": "Moss"}
    typed |= {"died_on-day": "31", "died_on-month": "2", "died_on-year": "2026"}
    answer = staff.post(f"{here}/change", typed)
    assert answer.status_code == 422 and "The day they died must be a real date" in answer.content.decode()
    assert "Keyworker:" in text_of(staff, here)
    dies(with_asha, kai)
    assert "Keyworker:" not in text_of(staff, here)
