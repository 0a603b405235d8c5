"""Every answer that was recorded of a person, as the reader may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from alongside.features.people.agreement import text
from alongside.features.people.models import Consent, Person
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.policy.agreements import day_of_answer, stands_before_a_yes_without_a_day

# Row-level security decides which names are shown.
NAMES = """
    select 'actor', id, name from accounts_actor where id = any(%(actor)s)
    union all select 'organisation', id, name from organisations_organisation where id = any(%(organisation)s)
    union all select 'relation', id, name from people_relation where id = any(%(relation)s)
    union all select 'professional', id, name from people_professional where id = any(%(professional)s)
    union all select 'place', id, name from people_belonging where id = any(%(place)s)
"""
KINDS = ("actor", "organisation", "relation", "professional", "place")
IN_GENERAL = {
    "": "anybody who works with them",
    "health": "everybody in health",
    "education": "everybody in education",
    "social_care": "everybody in social care",
    "family": "their family",
    "review": "those of one review",
}
UNSEEN = "somebody whom you do not see"
MOST = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer in words. counts: whether no newer one stands in its place."""

    what: str
    answer: str
    about: str
    by: str
    basis: str
    on: date | None
    until: date | None
    evidence: str
    told: str
    ask_again_on: date | None
    recorded_by: str
    recorded_at: datetime
    document_id: int | None
    counts: bool


def list_answers(me: Me, person: Person) -> list[Entry]:
    """The newest first; corrected ones left out. In two statements."""
    rows = list(
        Consent.objects.visible_to(me).filter(person=person, superseded_by=None).order_by("-recorded_at", "-pk")[:MOST]
    )
    names = names_of(rows)
    found: list[Entry] = []
    answered: set[tuple[str, str, int | None, tuple[int, ...]]] = set()
    for row in newest_first(rows):
        question = question_of(row)
        topics = tuple(row.about_topics) or (0,)
        fresh = [topic for topic in topics if not answered & {(*question, (topic,)), (*question, (0,))}]
        answered |= {(*question, (topic,)) for topic in topics}
        found.append(_entry(row, names, bool(fresh)))
    return found


def question_of(row: Consent) -> tuple[str, str, int | None]:
    return row.purpose, row.recipient_kind, row.recipient_id


def newest_first(rows: Iterable[Consent]) -> list[Consent]:
    """As the ledger orders them; see `policy/agreements.py`."""
    every = list(rows)
    weak = {
        question_of(row)
        for row in every
        if stands_before_a_yes_without_a_day(row.answer, row.evidenced, row.decided_on)
    }

    def age(row: Consent) -> tuple[date, datetime, int]:
        recorded = row.recorded_at.astimezone(LONDON).date()
        stronger = question_of(row) in weak
        return day_of_answer(row.answer, row.decided_on, recorded, stronger), row.happened_at, row.pk

    return sorted(every, key=age, reverse=True)


def names_of(rows: Sequence[Consent]) -> dict[tuple[str, int], str]:
    """Whom the answers name, and who recorded them, as far as the reader sees them. In one statement."""
    wanted: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for row in rows:
        wanted["actor"].append(row.recorded_by_id)
        if row.recipient_kind in wanted and row.recipient_id:
            wanted[row.recipient_kind].append(row.recipient_id)
    with connection.cursor() as cursor:
        cursor.execute(NAMES, wanted)
        return {(kind, number): name for kind, number, name in cursor.fetchall()}


def _entry(row: Consent, names: dict[tuple[str, int], str], counts: bool) -> Entry:
    if row.purpose == Consent.Purpose.SHARING or row.recipient_kind:
        named = names.get((row.recipient_kind, row.recipient_id or 0), "")
        to = named or (UNSEEN if row.recipient_kind in KINDS else IN_GENERAL.get(row.recipient_kind, UNSEEN))
        what = f"Telling {to}" if row.purpose == Consent.Purpose.SHARING else f"{row.get_purpose_display()}: {to}"
    else:
        what = row.get_purpose_display()
    return Entry(
        what=what,
        answer=row.get_answer_display(),
        about=text.topics_in_words(row.about_topics),
        by=row.decided_by,
        basis=row.get_basis_display() if row.basis != Consent.Basis.NOT_STATED else "",
        on=row.decided_on,
        until=row.valid_until,
        evidence=row.evidence if row.evidence or row.evidenced else "Not evidenced",
        told=row.told,
        ask_again_on=row.ask_again_on,
        recorded_by=names.get(("actor", row.recorded_by_id), UNSEEN),
        recorded_at=row.recorded_at,
        document_id=row.document_id,
        counts=counts,
    )
