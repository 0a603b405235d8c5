"""The outcome letter laid out for paper. The pictures are the ones that the page shows."""

from datetime import date
from functools import cache
from pathlib import Path

from alongside.features.referrals.letters import PICTURES, Outcome
from alongside.foundation.documents.letters import Letter, Point, Section

_PICTURES = Path(__file__).parent / "static" / "letters"


@cache
def picture(name: str) -> str:
    """The drawing, as text. KeyError for a name that is none of ours."""
    assert name in PICTURES, name
    return (_PICTURES / f"{name}.svg").read_text()


def as_letter(outcome: Outcome, *, on: date, sender: str) -> Letter:
    """What `documents.letters.as_pdf` takes."""
    return Letter(
        title=outcome.title,
        on=on,
        sender=sender[:1].upper() + sender[1:],
        paragraphs=outcome.opening,
        sections=tuple(Section(heading=part.heading, paragraphs=part.paragraphs) for part in outcome.parts),
        easy=tuple(Point(picture(line.picture), PICTURES[line.picture], line.sentence) for line in outcome.easy),
        closing=outcome.closing,
    )
