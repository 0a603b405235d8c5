"""Finding a person: an NHS number or a reference exactly, a name also when it is mistyped. Never outside scope."""

import re
from dataclasses import dataclass

from django.db import connection

from alongside.features.people.identity.queries import list_had_number
from alongside.features.people.models import Person
from alongside.features.people.queries import list_involved
from alongside.foundation.access.me import Me
from alongside.overview.engine.naming import name_words
from alongside.overview.models import RegisterRow

MOST = 25
REFERENCE = re.compile(r"[A-Z]{2}-?\d{4}-?\d{4}")


@dataclass(frozen=True, slots=True)
class Found:
    """`rows`: on a register now, the likeliest first. `people`: found exactly, and on no register now."""

    rows: list[RegisterRow]
    people: list[Person]

    @property
    def person_ids(self) -> list[int]:
        return [row.person_id for row in self.rows] + [person.pk for person in self.people]


def is_searchable(text: str) -> bool:
    """Whether it may be a name, an NHS number or a reference: letters with what stands in names, or digits."""
    if re.search(r"[^\w\s'’`.,()-]|_", text):
        return False
    return sum(letter.isalnum() for letter in text) > 1


def find_people(me: Me, text: str, *, one_by_one: bool = False) -> Found:
    """Whoever `me` reaches and the text fits. At most 25. `one_by_one`: for a partner, who often reads no list."""
    digits = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"\d{10}", digits):
        found = _exactly(me, nhs_number=digits)
        return found if found.person_ids else _exactly(me, pk__in=list_had_number(digits))
    reference = text.strip().upper()
    if REFERENCE.fullmatch(reference):
        plain = reference.replace("-", "")
        return _exactly(me, reference=f"{plain[:2]}-{plain[2:6]}-{plain[6:]}")
    words = name_words(text)[:6]
    found = _by_name(me, words) if words else Found([], [])
    return Found(found.rows, _of_mine(me, words, found.person_ids)) if one_by_one and words else found


def _of_mine(me: Me, words: list[str], listed: list[int]) -> list[Person]:
    """Of those whom `me` is involved with: each word begins one of their names."""
    people = [person for person in list_involved(me) if person.pk not in listed]
    return [person for person in people if all(_begins(word, person) for word in words)][:MOST]


def _begins(word: str, person: Person) -> bool:
    names = name_words(person.given_name, person.preferred_name, person.family_name)
    return any(name.startswith(word) for name in names)


def _exactly(me: Me, **wanted: object) -> Found:
    people = list(Person.objects.visible_to(me).filter(survivor__isnull=True, **wanted)[:MOST])
    rows = list(RegisterRow.objects.visible_to(me).filter(person__in=people)) if people else []
    listed = {row.person_id for row in rows}
    return Found(rows, [person for person in people if person.pk not in listed])


def _by_name(me: Me, words: list[str]) -> Found:
    with connection.cursor() as cursor:
        cursor.execute("select entry_id, likeness from overview_search(%s, %s)", [words, MOST])
        likeness = dict(cursor.fetchall())
    rows = list(RegisterRow.objects.visible_to(me).filter(pk__in=list(likeness))) if likeness else []
    rows.sort(key=lambda row: (-likeness[row.pk], row.family_name, row.given_name, row.pk))
    return Found(rows, [])


def find_off_register(me: Me, text: str) -> Found:
    """People of one's areas who are on no register now, by a whole family name or first name as it is written."""
    words = [word for word in re.split(r"\s+", text.strip()) if word][:4]
    spelled = sorted({form for word in words for form in (word, word.capitalize(), word.title(), word.upper())})
    if not spelled:
        return Found([], [])
    people = Person.objects.visible_to(me).filter(survivor__isnull=True, family_name__in=spelled, register_rows=None)
    return Found([], list(people.order_by("family_name", "given_name", "pk")[:MOST]))
