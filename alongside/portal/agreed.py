"""What was said yes and no to, as the young person or a parent reads it, and whether a yes opens anything now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from alongside.features.people.agreement.ledger import names_of, newest_first, question_of
from alongside.features.people.models import Consent, Relation
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement, OpenTopics
from alongside.portal import words
from alongside.portal.reading import MOST_SHOWN, Mine

Names = dict[tuple[str, int], str]


def agreed(mine: Mine, at: datetime) -> list[dict[str, Any]]:
    """The answer that stands to each question, the newest first. Nobody whom the reader may not know of is named."""
    rows = _standing(list(Consent.objects.visible_to(mine.me).filter(person=mine.person, superseded_by=None)))
    names, involved, reached = _names(mine, rows), *_opened(mine, at)
    return [_shown(mine, row, names, involved, reached) for row in rows if _may_be_told(mine, row, names)][:MOST_SHOWN]


def _standing(rows: list[Consent]) -> list[Consent]:
    """The newest row of each question; of one that leaves something out, the yes to all the rest."""
    found: dict[tuple[str, str, int | None], Consent] = {}
    for row in newest_first(rows):
        found.setdefault(question_of(row), row)
    return list(found.values())


def _names(mine: Mine, rows: Sequence[Consent]) -> Names:
    """Families are not read by name in the list of everybody who signs in: theirs stand with the relations."""
    names: Names = names_of(rows)
    relations = Relation.objects.visible_to(mine.me).filter(person=mine.person).exclude(actor=None).order_by("pk")
    names |= {("actor", actor): name for actor, name in relations.values_list("actor_id", "name")}
    return names


def _opened(mine: Mine, at: datetime) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Who signs in here because of an agreement to tell them; and to which of them anything is open now."""
    now = Q(to_at__isnull=True) | Q(to_at__gt=at)
    with context.as_engine():
        links = Involvement.objects.filter(now, person_id=mine.person.pk, relies_on="sharing", from_at__lte=at)
        rows = list(links.values_list("pk", "actor_id", "recipient_id"))
        open_now = OpenTopics.objects.filter(now, person_id=mine.person.pk, from_at__lte=at)
        opened = set(open_now.values_list("involvement_id", flat=True))
    involved = {key for _, actor, place in rows for key in _keys(actor, place)}
    return involved, {key for number, actor, place in rows if number in opened for key in _keys(actor, place)}


def _keys(actor: int, place: int | None) -> list[tuple[str, int]]:
    return [("actor", actor)] + ([("organisation", place)] if place else [])


def _may_be_told(mine: Mine, row: Consent, names: Names) -> bool:
    """A parent reads nothing of others of the family: not even that somebody was asked about."""
    return mine.own or row.recipient_id is None or (row.recipient_kind, row.recipient_id) in names


def _shown(
    mine: Mine, row: Consent, names: Names, involved: set[tuple[str, int]], reached: set[tuple[str, int]]
) -> dict[str, Any]:
    key = (row.recipient_kind, row.recipient_id or 0)
    myself = key == ("actor", mine.me.id)
    yes = row.answer == Consent.Answer.GIVEN
    over = yes and ((row.valid_until is not None and row.valid_until < mine.today) or key in involved - reached)
    return {
        "what": words.to_reader(words.PURPOSES[Consent.Purpose(row.purpose)], own=mine.own),
        "to": "you" if myself else _to(mine, row, names.get(key, "")),
        "answer": words.ANSWERS[Consent.Answer(row.answer)],
        "closed": over,
        # Typed, like a foster carer's name with where they live.
        "by": row.decided_by if mine.told_where else "",
        "on": row.decided_on,
    }


def _to(mine: Mine, row: Consent, name: str) -> str:
    """Whom it is about. A school or ward, and whoever works there, is not named where it would lead to the child."""
    if name and mine.told_where:
        return name
    if row.recipient_id:
        return "somebody else"
    return words.to_reader(words.EVERYBODY.get(row.recipient_kind, ""), own=mine.own)
