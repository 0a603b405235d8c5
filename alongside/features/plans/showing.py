"""From a plan as it is kept to what a page or paper shows, in one of its three faces."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from alongside.features.plans import text
from alongside.features.plans.drafting import Face
from alongside.foundation.documents.letters import Letter, Point, Section
from alongside.foundation.nhsuk.filters import plural
from alongside.policy.plans import PARTS, PartKind
from alongside.policy.reading_age import Meter, measure

_FOLDERS = Path(__file__).resolve().parents[2]
#: Where the drawings of ours lie, by the first part of their name.
_DRAWINGS = {
    "asking": _FOLDERS / "foundation/nhsuk/static/asking",
    "letters": _FOLDERS / "features/referrals/static/letters",
    "plans": _FOLDERS / "features/plans/static/plans",
}

#: Of a long text about four lines of a phone stand open on the crisis card. Less than two lines more fold nothing.
#: Local default.
OPEN_CHARACTERS, FOLDED_FROM = 180, 260


def title_of(part: PartKind, *, own: bool, name: str) -> str:
    """The young person reads it in their own voice, everybody else with their name."""
    return part.title if own else part.about.format(name=name)


def shown_parts(
    faces: Mapping[str, Face],
    face: str,
    *,
    own: bool,
    name: str,
    changed: Mapping[str, str] | None = None,
    not_written: Mapping[str, str] = text.NOT_WRITTEN,
) -> list[dict[str, Any]]:
    """Each part that says something, in the face that was asked for; else the next fuller one, which says so."""
    found = []
    for key, part in PARTS.items():
        told = faces.get(key) or {}
        if not told:
            continue
        easy = told.get("easy") or []
        plain = told.get("plain") or ""
        words = told.get("words") or ""
        shown = {"full": words or plain, "plain": plain or words, "easy": plain or words}[face]
        missing = (face == "plain" and not plain) or (face == "easy" and not easy)
        # What is only there in easy read is read so in every face.
        lines = [_line(one) for one in easy] if easy and (face == "easy" or not shown) else []
        found.append(
            {
                "key": key,
                "title": title_of(part, own=own, name=name),
                "text": "" if lines else shown,
                "easy": lines,
                "missing": not_written.get(face, "") if missing and not lines else "",
                "changed": text.CHANGE_WORDS.get((changed or {}).get(key, ""), ""),
            }
        )
    return found


def first_lines(words: str) -> tuple[str, str]:
    """What stands open of a text on the crisis card, to the end of a sentence, and what is folded below; all of it."""
    if len(words) <= FOLDED_FROM:
        return words, ""
    ends = [words.rfind(end, 0, OPEN_CHARACTERS) + 1 for end in (". ", "! ", "? ", "\n")]
    cut = max(ends) or words.rfind(" ", 0, OPEN_CHARACTERS) + 1 or OPEN_CHARACTERS
    return words[:cut].rstrip(), words[cut:].lstrip()


def _line(one: Any) -> dict[str, str]:
    picture, words = (str(value) for value in (list(one) + ["", ""])[:2])
    known = picture in text.PICTURES
    return {"picture": f"{picture}.svg" if known else "", "shows": text.PICTURES.get(picture, ""), "words": words}


def changed_titles(changed: Iterable[Iterable[str]], *, own: bool, name: str) -> list[tuple[str, str]]:
    """(New, Changed or Taken out; title) of each part, in the order of the plan."""
    return [
        (text.CHANGE_WORDS[how], title_of(PARTS[key], own=own, name=name))
        for key, how in changed
        if key in PARTS and how in text.CHANGE_WORDS
    ]


def meters_of(face: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What stands beside each of the three texts of a part: the first words, which are bold, and the others."""
    easy = "\n".join(_line(one)["words"] for one in face.get("easy") or [])
    texts = {"words": str(face.get("words") or ""), "plain": str(face.get("plain") or ""), "easy": easy}
    return {name: _meter_words(measure(words)) for name, words in texts.items()}


def _meter_words(found: Meter) -> tuple[str, str]:
    if not found.age:
        return "", ""
    told = []
    if found.is_hard:
        told.append(f"Hardest sentence: “{found.hardest}” By itself it can be read from about {found.hardest_age} on.")
        if found.long_words:
            told.append(f"Long words in it: {', '.join(found.long_words)}.")
        if found.hard > 1:
            told.append(f"{plural(found.hard, 'sentence')} are hard by themselves.")
    else:
        told.append("That is plain.")
    return f"Can be read from about {found.age} years on.", " ".join(told)


@cache
def drawing(name: str) -> str:
    """The SVG of one of our pictures; nothing for none."""
    if name not in text.PICTURES:
        return ""
    folder, file = name.split("/")
    return (_DRAWINGS[folder] / f"{file}.svg").read_text()


def as_letter(parts: list[dict[str, Any]], *, title: str, sender: str, on: Any, easy: bool, head: str) -> Letter:
    """On paper as on the screen, tagged: each part below its heading, in the order of the plan.

    Easy read is in large type: pictures with sentences, and where a part has none, the words that say so.
    """
    return Letter(
        title=title,
        on=on,
        sender=sender,
        paragraphs=(head,),
        sections=tuple(_section(part, pictures=easy) for part in parts),
        large=easy,
    )


def _section(part: Mapping[str, Any], *, pictures: bool) -> Section:
    if pictures and part["easy"]:
        return Section(heading=part["title"], easy=tuple(_point(line) for line in part["easy"]))
    lines = [line["words"] for line in part["easy"]] or part["text"].splitlines()
    return Section(heading=part["title"], paragraphs=tuple(line for line in (part["missing"], *lines) if line.strip()))


def _point(line: Mapping[str, str]) -> Point:
    return Point(drawing(line["picture"].removesuffix(".svg")), line["shows"], line["words"])
