"""What the write-up of a review needs next, in the order in which it is done."""

from collections.abc import Sequence
from typing import Any

from alongside.features.reviews.models import WriteUp

#: Step: what it is about, and its address under the review's page.
TOLD = ("what they were told on the day", "told")
FINISH = ("what came out of it", "finish")
PLAIN = ("the same in plain words", "plain")
REPORT = ("look at the versions and issue the report", "report")
SENT = ("who got the report", "sent")
ASKED = ("ask how it was for them", "asked")


def what_next(
    write_up: WriteUp, *, left: int, lines: Sequence[Any], reports: Sequence[Any], around: dict[str, Any]
) -> tuple[str, str] | None:
    """What it is about and where; None while earlier recommendations wait, and when all is done.

    lines: each line of enquiry with what was found, or None.
    """
    if left:
        return None
    if write_up.told_on is None:
        return TOLD
    open_lines = [line for line, found in lines if line.overarching and not (found and found.finding)]
    if open_lines and not write_up.written_up_at:
        return open_lines[0].title, f"lines/{open_lines[0].key}"
    if not write_up.written_up_at:
        return FINISH
    if not reports:
        return REPORT if write_up.plain else PLAIN
    if not around.get("recipients"):
        return SENT
    return None if around["feedback"] or write_up.feedback_asked_on else ASKED
