"""The exit in words for the family: who stays, warning signs, how to come back. As PDF it can be printed and posted."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from alongside.features.keyworking.models import Ending
from alongside.features.keyworking.stepping_down import text
from alongside.foundation.documents.letters import Letter, Point, Section
from alongside.foundation.messages.models import AreaContact
from alongside.policy.counting import day_in_words


def letter_of(ending: Ending, *, called: str, contact: AreaContact | None) -> Letter:
    """Plain text in short sentences. Nothing in it says why keyworking ended: that is talked about."""
    worker = ending.allocation.worker.name
    return Letter(
        title=text.LETTER_TITLE,
        on=ending.ended_on,
        sender=ending.recorded_icb.name,
        paragraphs=(
            f"Dear {called},",
            f"{worker} was your worker until {day_in_words(ending.ended_on)}. You are not on your own now. "
            "This letter says who helps you, what to look out for, and how to come back.",
        ),
        sections=tuple(_sections(ending, contact)),
    )


def _sections(ending: Ending, contact: AreaContact | None) -> list[Section]:
    found = []
    if ending.lead_name:
        post = f", {ending.lead_post}" if ending.lead_post else ""
        reach = f" You can reach them here: {ending.lead_reach}." if ending.lead_reach else ""
        found.append(
            Section(
                heading="Who stays with you",
                paragraphs=(f"{ending.lead_name}{post}, {ending.lead_organisation}.{reach}",),
                points=lines_of(ending.who_stays),
            )
        )
    if ending.peer == Ending.Peer.MATCHED:
        place = f" from {ending.peer_organisation}" if ending.peer_organisation else ""
        found.append(Section(heading="Your peer mentor", paragraphs=(f"{ending.peer_name}{place}.",)))
    if ending.warning_signs:
        found.append(Section(heading="What to look out for", points=lines_of(ending.warning_signs)))
    ways = [ending.come_back] if ending.come_back else []
    found.append(Section(heading="How to come back", paragraphs=(*ways, *come_back_ways(contact))))
    return found


def easy_letter_of(ending: Ending, *, called: str, contact: AreaContact | None) -> Letter:
    """The same in pictures with short sentences of ours. What people typed stands as they typed it, a line each."""
    return Letter(
        title=text.LETTER_TITLE,
        on=ending.ended_on,
        sender=ending.recorded_icb.name,
        paragraphs=(f"Dear {called},",),
        easy=tuple(Point(_drawing(name), text.DRAWINGS[name], sentence) for name, sentence in _easy(ending, contact)),
    )


@cache
def _drawing(name: str) -> str:
    """The SVG of one of our own pictures, as a page shows it too. LookupError for a name that is none of ours."""
    found = finders.find(f"letters/{name}.svg")
    if not isinstance(found, str):
        raise LookupError(name)
    return Path(found).read_text()


def _easy(ending: Ending, contact: AreaContact | None) -> Iterator[tuple[str, str]]:
    yield "calendar", f"{ending.allocation.worker.name} was your worker until {day_in_words(ending.ended_on)}."
    yield "people", "You are not on your own now."
    if ending.lead_name:
        yield "yes", f"{ending.lead_name} helps you now. They work at {ending.lead_organisation}."
        if ending.lead_reach:
            yield "call", f"This is how you reach them: {ending.lead_reach}."
    for line in lines_of(ending.who_stays):
        yield "people", line
    if ending.peer == Ending.Peer.MATCHED:
        yield "talk", f"{ending.peer_name} is your peer mentor. You can talk with them."
    signs = lines_of(ending.warning_signs)
    if signs:
        yield "not-sure", "Look out for these. Tell someone when you see one:"
    for line in signs:
        yield "not-sure", line
    yield "again", "You can come back at any time."
    for line in lines_of(ending.come_back):
        yield "again", line
    yield "letter", f"Go to {settings.BASE_URL}/come-back. There are five questions."
    if contact:
        yield "call", f"Or call us on {contact.phone}. {contact.hours}."


def come_back_ways(contact: AreaContact | None) -> tuple[str, ...]:
    """The open page, and the area's own number where it has set one."""
    call = text.COME_BACK_CALL.format(phone=contact.phone, hours=contact.hours) if contact else ""
    return (text.COME_BACK.format(address=f"{settings.BASE_URL}/come-back", call=call).strip(),)


def lines_of(words: str) -> tuple[str, ...]:
    """Each line that was typed, as a point of a list."""
    return tuple(line.strip() for line in words.splitlines() if line.strip())
