"""A family reads who opened the page and why, an emergency too, and can question it: the question is work."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person, PostedChange
from alongside.features.plans.cards import note_taken
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import recording
from alongside.overview.guarded.emergencies import Asked, open_in_emergency, review_opening
from alongside.overview.guarded.models import Opening
from alongside.overview.models import Duty
from alongside.portal.tests.conftest import mark_of, text_of
from tests.cast import NOW, Area, acting_as
from tests.reading_age import reading_age, text_blocks


def looks(area: Area, role: str, person: Person, page: str = "person") -> Actor:
    with acting_as(area.actors[role], NOW) as me:
        record_look(me, page, [person.pk], at=NOW)
    return area.actors[role]


def opened_in_emergency(area: Area, person: Person, told: str = "") -> None:
    """By somebody in A and E. With `told`: the manager has looked at it, and said whether the family knows."""
    asked = Asked("", person.given_name, person.family_name, person.birth_date)
    words, until = "They are in A and E now.", NOW + timedelta(hours=10)
    with acting_as(area.actors["partner_health"], NOW) as me, recording(by=me, at=NOW) as note:
        open_in_emergency(note, asked=asked, reason="hospital", words=words, by=me, until=until)
    if told:
        with acting_as(area.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
            review_opening(
                note, opening=Opening.objects.get(), justified=True, finding="It was right.", told=told,
                told_words="Not safe." if told == "unsafe" else "", by=me,
            )  # fmt: skip


def test_the_young_person_reads_who_looked_and_why(with_asha: Area, kai: Person, kai_himself: Client) -> None:
    keyworker = looks(with_asha, "keyworker", kai)
    manager = looks(with_asha, "manager", kai)
    page = text_of(kai_himself, f"/mine/{kai.reference}/looked")
    assert keyworker.name in page and "They are your worker." in page
    assert manager.name in page and "They lead the team" in page


def test_a_copy_of_the_crisis_card_that_was_taken_along_is_read_by_the_family(
    with_asha: Area, kai: Person, kai_himself: Client, dawn: Client
) -> None:
    for role in ("keyworker", "partner_social_care"):
        with acting_as(with_asha.actors[role], NOW) as me, recording(by=me, at=NOW) as note:
            note_taken(note, [kai])
    for family in (kai_himself, dawn):
        page = text_of(family, f"/mine/{kai.reference}/looked")
        assert with_asha.actors["keyworker"].name in page
        assert "They took a copy of “When things get very hard” with them on 20 November 2026." in page
        assert with_asha.actors["partner_social_care"].name not in page, "without a reason that may be told"


def test_whoever_has_no_reason_that_may_be_told_is_not_there(
    with_asha: Area, kai: Person, kai_himself: Client, dawn: Client
) -> None:
    stranger = looks(with_asha, "partner_social_care", kai)
    with acting_as(with_asha.actors["commissioner"], NOW) as me:
        record_look(me, "register", [kai.pk, kai.pk + 1], at=NOW)
    for family in (kai_himself, dawn):
        page = text_of(family, f"/mine/{kai.reference}/looked")
        assert stranger.name not in page
        assert with_asha.actors["commissioner"].name not in page, "a list is not a look at one page"


def test_a_parent_does_not_read_that_the_young_person_or_the_other_parent_looked(
    with_asha: Area, kai: Person, kai_himself: Client, dawn: Client
) -> None:
    kai_himself.get(f"/mine/{kai.reference}")
    dawn.get(f"/mine/{kai.reference}")
    assert "They are your family" not in text_of(dawn, f"/mine/{kai.reference}/looked")
    assert "Dawn Moss" in text_of(kai_himself, f"/mine/{kai.reference}/looked")


@pytest.mark.parametrize(("told", "own", "parent"), [("", 1, 0), ("told", 1, 1), ("later", 0, 0), ("unsafe", 0, 0)])
def test_an_opening_in_an_emergency_is_told_where_it_is_safe(
    with_asha: Area, kai: Person, kai_himself: Client, dawn: Client, told: str, own: int, parent: int
) -> None:
    opened_in_emergency(with_asha, kai, told)
    looks(with_asha, "partner_health", kai)
    for family, shown in ((kai_himself, own), (dawn, parent)):
        page = text_of(family, f"/mine/{kai.reference}/looked")
        assert ("They are in A and E now." in page) == bool(shown)
        assert (with_asha.actors["partner_health"].name in page) == bool(shown)


def test_a_question_about_a_look_is_work_for_whoever_leads_the_team(
    with_asha: Area, kai: Person, kai_himself: Client
) -> None:
    keyworker = looks(with_asha, "keyworker", kai)
    address = f"/mine/{kai.reference}/change?about=seeing&look={keyworker.pk}"
    page = text_of(kai_himself, address)
    words = f"I want to know why {keyworker.name} opened the page on 20 November 2026."
    assert words in page
    typed = {"submission": mark_of(page), "kind": "seeing", "told": words}
    assert kai_himself.post(address, typed).status_code == 302
    with context.as_engine():
        duty = Duty.objects.get(rule_key="change_looked_at", subject_id=PostedChange.objects.get().pk)
        assert (duty.owner_actor, duty.owner_team) == (None, with_asha.teams["keyworking"])


@pytest.mark.parametrize("asked", ["0", "99999999999999999999", "x", "-1", "'"])
def test_a_look_that_is_not_on_the_page_fills_in_nothing(kai: Person, kai_himself: Client, asked: str) -> None:
    page = text_of(kai_himself, f"/mine/{kai.reference}/change?about=seeing&look={asked}")
    assert "I want to know why" not in page


def test_the_functions_tell_nothing_to_anybody_else(with_asha: Area, saltby: Area, kai: Person) -> None:
    looks(with_asha, "keyworker", kai)
    opened_in_emergency(with_asha, kai)
    for actor in (*with_asha.actors.values(), *saltby.actors.values()):
        with acting_as(actor, NOW), connection.cursor() as cursor:
            cursor.execute("select * from access.who_looked(%s, '-infinity', 10)", [kai.pk])
            assert cursor.fetchall() == []
            cursor.execute("select * from access.emergencies_of(%s, 10)", [kai.pk])
            assert cursor.fetchall() == []


def test_the_page_is_read_at_nine_and_asks_little(with_asha: Area, kai: Person, kai_himself: Client) -> None:
    looks(with_asha, "keyworker", kai)
    looks(with_asha, "coordinator", kai)
    opened_in_emergency(with_asha, kai)
    with CaptureQueriesContext(connection) as asked:
        page = text_of(kai_himself, f"/mine/{kai.reference}/looked")
    assert reading_age(text_blocks(page)) <= 9
    assert len(asked) <= 9, [one["sql"][:90] for one in asked]
