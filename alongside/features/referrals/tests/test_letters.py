"""The outcome letter: every reason, both answers, plain and easy read, at a reading age of nine or less."""

from datetime import UTC, date, datetime

import pytest

from alongside.features.referrals.letters import PICTURES, Outcome, from_json, write_outcome
from alongside.features.referrals.models import DeclineReason, OutcomeLetter, Referral
from alongside.features.referrals.printing import as_letter, picture
from alongside.foundation.documents.letters import as_pdf
from tests.reading_age import reading_age

MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
WHO = OutcomeLetter.Who


def decided(state: str, reason: str = "") -> Referral:
    return Referral(
        reference="R-AB23-CD45",
        state=state,
        received_at=MONDAY,
        given_name="Kai",
        decline_reason=reason,
        decline_words="You are safe at home.",
        alternative="The school nurse can help.",
        look_again_on=date(2026, 4, 13) if reason else None,
    )


def written(referral: Referral, *, who: str = WHO.ASKER, easy: bool = False) -> Outcome:
    return write_outcome(referral, who=who, to_name="Kai", easy=easy, sender="the register team")


def sentences(outcome: Outcome) -> list[str]:
    parts = [words for part in outcome.parts for words in (part.heading, *part.paragraphs)]
    return [outcome.title, *outcome.opening, *parts, *(line.sentence for line in outcome.easy), *outcome.closing]


EVERY = [decided("accepted"), *(decided("declined", reason) for reason in DeclineReason.values)]


@pytest.mark.parametrize("easy", [True, False])
@pytest.mark.parametrize("who", [WHO.YOUNG_PERSON, WHO.ASKER])
@pytest.mark.parametrize("referral", EVERY, ids=lambda one: one.decline_reason or "yes")
def test_it_reads_at_nine_or_less(referral: Referral, who: str, easy: bool) -> None:
    age = reading_age(sentences(written(referral, who=who, easy=easy)))
    assert age <= 9, f"{age:.1f}"


@pytest.mark.parametrize("easy", [True, False])
@pytest.mark.parametrize("reason", DeclineReason.values)
def test_a_no_says_why_who_helps_when_we_look_again_and_how_to_challenge(reason: str, easy: bool) -> None:
    said = " ".join(sentences(written(decided("declined", reason), easy=easy)))
    for wanted in ("The school nurse can help.", "13 April 2026", "complain", "advocate", "R-AB23-CD45"):
        assert wanted in said
    assert ("You are safe at home." in said) is not easy, "the easy one has words of its own for why"


def test_the_young_person_is_spoken_to_and_others_are_told() -> None:
    yes = decided("accepted")
    assert "You are on the register." in " ".join(sentences(written(yes, who=WHO.YOUNG_PERSON)))
    assert "Kai is on the register." in " ".join(sentences(written(yes)))
    assert "full form" in " ".join(sentences(written(yes)))
    assert "full form" not in " ".join(sentences(written(yes, who=WHO.YOUNG_PERSON)))


def test_every_easy_line_has_a_picture_with_words_for_it() -> None:
    used = {line.picture for one in EVERY for line in written(one, easy=True).easy}
    assert used == set(PICTURES)
    for name in used:
        assert picture(name).startswith("<svg")


def test_what_was_sent_is_read_back_as_it_was() -> None:
    for easy in (True, False):
        outcome = written(decided("declined", "risk_not_met"), easy=easy)
        assert from_json(outcome.as_json()) == outcome


def test_on_paper_it_is_a_tagged_pdf() -> None:
    letter = as_letter(written(EVERY[0], easy=True), on=MONDAY.date(), sender="the register team")
    assert letter.sender == "The register team"
    pdf = as_pdf(letter)
    assert pdf.startswith(b"%PDF")
    assert b"/MarkInfo" in pdf


@pytest.mark.parametrize("easy", [True, False])
def test_a_no_says_where_help_is_at_once(easy: bool) -> None:
    said = " ".join(sentences(written(decided("declined", "risk_not_met"), easy=easy)))
    assert "In danger now?" in said
    assert "Call 999" in said
    assert "call 111 and choose the mental health option" in said
