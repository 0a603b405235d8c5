"""The crisis card as paper, and as a file that only a passphrase opens."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Literal

from alongside.features.people.models import Person
from alongside.features.plans.queries import Card
from alongside.features.plans.showing import shown_parts
from alongside.features.plans.views import name_of
from alongside.foundation.documents.letters import Letter, Section, as_pdf
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.plans import CARD

#: In PDF's own words: revision 6 is AES with keys of 256 bits.
AES_256: Literal[6] = 6
NO_PLAN = "No crisis plan is shared yet. Ask those who know them, and write it down afterwards."


def card_text(card: Card) -> Section:
    """One card, on a page of its own: no line of it is ever read under somebody else's name."""
    person = card.person
    born = f", born {day(person.birth_date)}" if person.birth_date else ""
    faces = {row.kind: row.face for row in card.parts}
    parts = sorted(shown_parts(faces, "plain", own=False, name=name_of(person)), key=lambda one: CARD.index(one["key"]))
    words = [f"{one['title']}: {one['text'] or ' '.join(line['words'] for line in one['easy'])}" for one in parts]
    talk = [f"{label}: {said}" for label, said in card.talk]
    ring = [
        f"Ring: {', '.join(filter(None, (who, what, phone or 'no number', safe)))}"
        for who, what, phone, safe in card.ring
    ]
    ring += [f"Do not ring: {who}, {what}. Legal limits: {limits}" for who, what, limits in card.barred]
    as_of = f"Shared on {day(card.on)}. " if card.on else ""
    return Section(
        heading=f"{person.shown_name}{born}",
        paragraphs=(*(words if card.on else (NO_PLAN,)), *talk, f"{as_of}Reference {person.reference}."),
        points=tuple(ring),
        own_page=True,
    )


def as_pdf_of(sections: Sequence[Section], *, on: date, sender: str) -> bytes:
    """Tagged, with the day on it: what changed since is not in it."""
    return as_pdf(
        Letter(
            title="Crisis card" if len(sections) == 1 else "Crisis cards",
            on=on,
            sender=sender,
            paragraphs=(
                f"As it stood on {day(on)}. If life is in danger, ring 999.",
                "For urgent mental health help ring 111 and choose the mental health option.",
            ),
            sections=tuple(sections),
        )
    )


def locked(content: bytes, passphrase: str) -> bytes:
    """The same file under AES-256. The passphrase is kept nowhere; the owner's password is the same one."""
    # Loaded where it is used: it takes long, and few ever lock a card.
    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as found:
        found.save(written, encryption=pikepdf.Encryption(user=passphrase, owner=passphrase, R=AES_256))
    return written.getvalue()


def note_taken(note: Notes, people: Sequence[Person]) -> None:
    """On each record: that its card left the house, with whom and when."""
    for person in people:
        note(
            "crisis_card.taken",
            words=f"{note.by.name} took the crisis card with them, in a file locked with a passphrase.",
            person_id=person.pk,
            icb_id=person.icb_id,
            topic=Topic.HEALTH,
        )
