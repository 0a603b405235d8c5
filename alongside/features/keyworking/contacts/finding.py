"""Whom a contact is likely with, and finding somebody of one's own people by a few letters of the name."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from alongside.features.keyworking.contacts.queries import MyPerson
from alongside.features.keyworking.models import Appointment
from alongside.foundation.clock import LONDON

#: So many names stand on my day: what fits two lines of a phone.
LIKELY = 4


def likely_people(
    people: Sequence[MyPerson], appointments: Sequence[Appointment], now: datetime
) -> list[tuple[MyPerson, Appointment | None]]:
    """Whoever has an appointment that is today or not written up, with it once it has begun; then who was not heard of
    for longest.
    """
    today = now.astimezone(LONDON).date()
    by_id = {one.person_id: one for one in people}
    found: dict[int, tuple[MyPerson, Appointment | None]] = {}
    for planned in appointments:
        if planned.starts_at.astimezone(LONDON).date() <= today and planned.person_id in by_id:
            begun = planned if planned.starts_at <= now else None
            found.setdefault(planned.person_id, (by_id[planned.person_id], begun))
    for one in people:
        found.setdefault(one.person_id, (one, None))
    return list(found.values())[:LIKELY]


def named(people: Sequence[MyPerson], wanted: str) -> list[MyPerson]:
    """Those whose names begin with each word that was typed, whatever the accents; all of them for nothing typed."""
    words = _plain(wanted).split()
    return [one for one in people if _fits(_plain(f"{one.given_name} {one.family_name}").split(), words)]


def _fits(names: list[str], words: list[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("-", " "))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
