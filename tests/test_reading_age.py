"""Our own words on the pages of young people and families: a child of nine can read them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from alongside.features.referrals.letters import write_outcome
from alongside.features.referrals.models import DeclineReason, OutcomeLetter, Referral
from alongside.features.referrals.tests.asking import fill_in, seen
from tests.cast import Area
from tests.guards.sources import ROOT
from tests.reading_age import reading_age, syllables, template_blocks, text_blocks

OLDEST = 9.0
NOW = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "number"),
    [("help", 1), ("hospital", 3), ("learning", 2), ("disability", 5), ("asked", 1), ("wanted", 2), ("home", 1)]
    + [("people", 2), ("table", 2), ("autistic", 3), ("young", 1), ("decided", 3), ("able", 2), ("changes", 2)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, number: int) -> None:
    assert syllables(word) == number


def test_a_letter_from_an_office_is_too_hard_and_a_simple_one_is_not() -> None:
    hard = ["Notwithstanding the aforementioned eligibility considerations, individuals may submit representations."]
    assert reading_age(hard) > 18
    assert reading_age(["We read what you tell us. Then we talk with you about what can help."]) < 7
    assert (
        OLDEST - 1 < reading_age(["The team will listen to your story and tell you about the next steps today."]) < 11
    )


def pages(visitor: Client, way: str) -> Iterator[tuple[str, str]]:
    """Every page of a way of asking, from the first to how it stands; and one with a mistake on it."""
    for shared in ("/refer", "/refer/check", "/refer/carry-on", "/refer/progress", f"/refer/{way}"):
        yield shared, visitor.get(shared).content.decode()
    guide = {"age": "14", "lives": "elsewhere", "diagnosis": "pathway", "happening": ["nothing"]}
    yield "what the rules say", visitor.post("/refer/check", guide).content.decode()
    answers = fill_in(visitor, way)
    yield "a mistake", visitor.post(f"/refer/{way}/reach", {}).content.decode()
    fill_in(visitor, way)
    from alongside.features.referrals.forms_steps import WAYS

    for step in WAYS[way].steps:
        yield f"/refer/{way}/{step.slug}", visitor.get(f"/refer/{way}/{step.slug}").content.decode()
    for page in (answers, "/refer/later"):
        yield page, visitor.get(page).content.decode()
    visitor.post(answers, {"seen": seen(visitor, answers)})
    for page in ("/refer/sent", "/refer/progress"):
        yield f"{page}, sent", visitor.get(page).content.decode()
    more = "more" if way == "me" else "full"
    yield f"/refer/{more}", visitor.get(f"/refer/{more}").content.decode()
    visitor.post(f"/refer/{more}")
    for step in WAYS[more].steps:
        yield f"/refer/{more}/{step.slug}", visitor.get(f"/refer/{more}/{step.slug}").content.decode()


WRONG = {"nhs_number": "12", "postcode": "here", "phone": "x", "text_to": "x", "email": "x", "birth_date-day": "31"}


def mistakes(way: str) -> Iterator[tuple[str, str]]:
    """Every page sent empty and sent wrong, with what it says then; and a code that opens nothing."""
    from alongside.features.referrals.forms_steps import WAYS

    visitor = Client()
    visitor.post(f"/refer/{way}")
    for step in WAYS[way].steps:
        for sent in ({}, WRONG):
            answer = visitor.post(f"/refer/{way}/{step.slug}", sent)
            if answer.status_code == 422:
                yield f"{step.slug} {bool(sent)}", answer.content.decode()
    tried = {"reference": "R-AAAA-2222", "code": "AAAA2222"}
    for page in ("/refer/carry-on", "/refer/progress"):
        yield page, visitor.post(page, tried).content.decode()


@pytest.mark.parametrize("way", ["me", "family"])
def test_what_is_said_of_a_mistake_is_read_at_nine(northmoor: Area, way: str) -> None:
    with time_machine.travel(NOW, tick=False):
        ages = {name: round(reading_age(text_blocks(page)), 1) for name, page in mistakes(way)}
    assert len(ages) > 8
    assert {name: age for name, age in ages.items() if age > OLDEST} == {}


@pytest.mark.parametrize("way", ["me", "family"])
def test_asking_is_read_at_nine(northmoor: Area, way: str, capsys: pytest.CaptureFixture) -> None:
    with time_machine.travel(NOW, tick=False):
        ages = {name: round(reading_age(text_blocks(page)), 1) for name, page in pages(Client(), way)}
    with capsys.disabled():
        print(f"\nreading age, {way}: " + "; ".join(f"{name} {age}" for name, age in ages.items()))
    assert len(ages) > 12
    assert {name: age for name, age in ages.items() if age > OLDEST} == {}


def family_templates() -> list[Path]:
    return sorted((ROOT / "alongside/portal/templates/portal").glob("*.html"))


@pytest.mark.parametrize("template", family_templates(), ids=lambda path: path.name)
def test_the_family_door_is_read_at_nine(template: Path) -> None:
    blocks = template_blocks(template.read_text())
    assert reading_age(blocks) <= OLDEST, blocks


def letters(easy: bool) -> Iterator[tuple[str, list[str]]]:
    """The outcome letter for each answer, without what the team types itself."""
    for state, reasons in (("accepted", [""]), ("declined", list(DeclineReason.values))):
        for reason in reasons:
            referral = Referral(
                state=state,
                given_name="Kai",
                received_at=NOW,
                decline_reason=reason,
                decline_words="",
                alternative="",
                look_again_on=NOW.date(),
            )
            for who in OutcomeLetter.Who.values:
                written = write_outcome(referral, to_name="Kai", who=who, easy=easy, sender="Northmoor register team")
                parts = [text for part in written.parts for text in (part.heading, *part.paragraphs)]
                lines = [line.sentence for line in written.easy]
                yield f"{state} {reason} {who}", [written.title, *written.opening, *parts, *lines, *written.closing]


@pytest.mark.parametrize("easy", [True, False], ids=["easy read", "plain words"])
def test_the_outcome_letter_is_read_at_nine(easy: bool) -> None:
    ages = {name: round(reading_age(blocks), 1) for name, blocks in letters(easy)}
    assert {name: age for name, age in ages.items() if age > OLDEST} == {}
    assert len(ages) > 10


def test_the_full_form_is_read_at_nine(northmoor: Area) -> None:
    """Most of it is filled in by staff; a family that fills it in reads it too."""
    from alongside.features.referrals.forms_steps import FULL

    asked = {
        step.slug: [step.title, *(text for field in step.form() for text in (str(field.label), str(field.help_text)))]
        for step in FULL.steps
    }
    ages = {slug: round(reading_age([block for block in blocks if block]), 1) for slug, blocks in asked.items()}
    assert {slug: age for slug, age in ages.items() if age > OLDEST} == {}
