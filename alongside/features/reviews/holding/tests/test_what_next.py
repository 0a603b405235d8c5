"""What the write-up of a review needs next: one thing at a time, in the order in which it is done."""

from types import SimpleNamespace
from typing import Any

from alongside.features.reviews.holding.what_next import what_next
from alongside.features.reviews.models import WriteUp
from tests.cast import NOW

SAFE = SimpleNamespace(overarching=True, title="Are they safe?", key="safe")
EXTRA = SimpleNamespace(overarching=False, title="Medicines", key="medicines")
FOUND = SimpleNamespace(finding="Yes.")


def comes(
    *, left: int = 0, found: Any = FOUND, reports: int = 0, around: dict[str, Any] | None = None, **known: Any
) -> Any:
    write_up = WriteUp(**known)
    lines = [(SAFE, found), (EXTRA, None)]
    around = {"feedback": [], "recipients": []} | (around or {})
    return what_next(write_up, left=left, lines=lines, reports=[None] * reports, around=around)


TOLD = {"told_on": NOW.date()}
WRITTEN = TOLD | {"written_up_at": NOW}


def test_earlier_recommendations_come_before_all_else() -> None:
    assert comes(left=1) is None
    assert comes() == ("what they were told on the day", "told")


def test_the_main_questions_come_before_what_came_out_of_it() -> None:
    assert comes(found=None, **TOLD) == ("Are they safe?", "lines/safe")
    assert comes(found=SimpleNamespace(finding=""), **TOLD) == ("Are they safe?", "lines/safe")
    assert comes(**TOLD) == ("what came out of it", "finish")


def test_plain_words_come_before_the_report_and_the_report_before_who_gets_it() -> None:
    assert comes(**WRITTEN) == ("the same in plain words", "plain")
    assert comes(plain="You stay at home.", **WRITTEN)[1] == "report"
    assert comes(reports=1, **WRITTEN)[1] == "sent"


def test_asking_how_it_was_comes_last() -> None:
    sent = {"recipients": [None]}
    assert comes(reports=1, around=sent, **WRITTEN)[1] == "asked"
    assert comes(reports=1, around=sent, feedback_asked_on=NOW.date(), **WRITTEN) is None
    assert comes(reports=1, around=sent | {"feedback": [None]}, **WRITTEN) is None
