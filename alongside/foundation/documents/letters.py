"""Letters as PDF: tagged, so that a screen reader can read them, and refused where a picture has no words."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import font_source_sans_pro
import typst

from alongside.foundation.documents.pdf import joined

_LETTER = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class Point:
    """One line of easy read: a picture as SVG text, the words for it, and the sentence beside it.

    Where nobody chose a picture both are empty: the sentence keeps its place and nothing is drawn.
    """

    picture: str
    picture_words: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, with paragraphs, a list and lines of easy read below it; each may be left out.

    own_page: it begins on a new page.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    easy: tuple[Point, ...] = ()
    own_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`to` is the name and address, line by line; empty where it is handed over. `on` is the day it is written."""

    title: str
    on: date
    sender: str
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    easy: tuple[Point, ...] = ()
    to: tuple[str, ...] = ()
    reference: str = ""
    closing: tuple[str, ...] = ()
    large: bool = field(default=False)


def as_pdf(letter: Letter) -> bytes:
    """The letter as PDF/UA-1; the same letter is the same bytes. Plain text only: nothing in it is read as markup."""
    told = {
        "title": letter.title,
        "on": f"{letter.on.day} {letter.on:%B %Y}",
        "sender": letter.sender,
        "to": letter.to,
        "reference": letter.reference,
        "paragraphs": letter.paragraphs,
        "sections": [
            {
                "heading": part.heading,
                "paragraphs": part.paragraphs,
                "points": part.points,
                "easy": _lines(part.easy),
                "new_page": part.own_page and number > 0,
            }
            for number, part in enumerate(letter.sections)
        ],
        "easy": _lines(letter.easy),
        "closing": letter.closing,
        "size": 16 if letter.large or letter.easy else 12,
    }
    return typst.compile(
        _LETTER.read_bytes(),
        font_paths=[font_source_sans_pro.font_directory],
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(told)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(letter.on, time(12), UTC),
    )


def as_drawing(picture: bytes, media_type: str) -> str:
    """A photograph (JPEG or PNG) as a Point shows it: whole, in a square."""
    data = base64.b64encode(picture).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<image width="100" height="100" href="data:{media_type};base64,{data}"/></svg>'
    )


def _lines(points: Sequence[Point]) -> list[dict[str, str]]:
    return [{"picture": one.picture, "words": one.picture_words, "sentence": one.sentence} for one in points]


def with_cover(to: Sequence[str], pdf: bytes, *, on: date, sender: str) -> bytes:
    """The document behind a page that bears the address, for the envelope's window."""
    cover = as_pdf(Letter(title="A letter for you", on=on, sender=sender, to=tuple(to)))
    return joined([cover, pdf])
