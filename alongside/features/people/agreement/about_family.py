"""What was answered about telling somebody of the family, also before they signed in here: it holds when they do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.features.people.agreement import text
from alongside.features.people.agreement.ledger import newest_first
from alongside.features.people.models import Consent, Relation
from alongside.foundation.access import context
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.policy.counting import day_in_words

NO = (Consent.Answer.REFUSED, Consent.Answer.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Before:
    """The newest answers about telling somebody. refused, agreed: topics, none of them in both.

    on: the day of the newest answer, None where there is none or it is not known.
    """

    refused: frozenset[int] = frozenset()
    agreed: frozenset[int] = frozenset()
    on: date | None = None

    @property
    def is_no(self) -> bool:
        return Topic.IDENTITY.value in self.refused

    @property
    def is_yes(self) -> bool:
        """Whether nothing is left to be asked: each topic was answered, and who they are with a yes."""
        return not self.is_no and self.refused | self.agreed >= frozenset(EVERY_TOPIC)

    def why_not(self, name: str, topics: Iterable[int]) -> str:
        """The sentence for whoever would open these topics to them; '' where no answer forbids it."""
        day = f" ({day_in_words(self.on)})" if self.on else ""
        if self.is_no:
            return f"The answer to telling {name} was no{day}. Ask for agreement again first."
        left_out = sorted(self.refused & frozenset(topics))
        if not left_out:
            return ""
        about = text.topics_in_words(left_out)
        return f"The answer to telling {name} about {about} was no{day}. Untick it, or ask for agreement again first."


def same_relation(person_id: int, relation_id: int) -> set[int]:
    """The relation's row, and those that it puts right or that put it right: all of them the same human being."""
    rows = Relation.objects.filter(person_id=person_id, supersedes__isnull=False)
    pairs = [set(pair) for pair in rows.values_list("pk", "supersedes_id")]
    same = {relation_id}
    while more := {number for pair in pairs if pair & same for number in pair} - same:
        same |= more
    return same


def rows_about(person_id: int, relation_id: int) -> list[Consent]:
    """The answers that no later row corrects, about them as a relation or as the actor that they are by now."""
    same = same_relation(person_id, relation_id)
    actors = {
        actor for actor in Relation.objects.filter(pk__in=same).values_list("actor_id", flat=True) if actor is not None
    }
    rows = Consent.objects.filter(
        person_id=person_id,
        purpose=Consent.Purpose.SHARING,
        recipient_kind__in=("relation", "actor"),
        superseded_by=None,
    ).order_by("pk")
    named = {("relation", number) for number in same} | {("actor", number) for number in actors}
    return [row for row in rows if (row.recipient_kind, row.recipient_id) in named]


def read_before(person_id: int, relation_id: int, *, on: date, from_sixteen: bool) -> Before:
    """Under the engine's identity: whoever asks somebody in may not read what was agreed, and is bound by it.

    from_sixteen: the young person decides, so that a yes of somebody with parental responsibility counts no more.
    """
    with context.as_engine():
        rows = rows_about(person_id, relation_id)
    return _before(rows, on=on, from_sixteen=from_sixteen)


def _before(rows: Sequence[Consent], *, on: date, from_sixteen: bool) -> Before:
    refused, agreed = set(), set()
    rows = newest_first(rows)
    for topic in EVERY_TOPIC:
        last = next((row for row in rows if not row.about_topics or topic in row.about_topics), None)
        if last is not None and last.answer in NO:
            refused.add(topic)
        elif last is not None and last.answer == Consent.Answer.GIVEN and _stands(last, on, from_sixteen):
            agreed.add(topic)
    return Before(frozenset(refused), frozenset(agreed), rows[0].decided_on if rows else None)


def _stands(row: Consent, on: date, from_sixteen: bool) -> bool:
    if from_sixteen and row.basis == Consent.Basis.PARENTAL:
        return False
    return row.valid_until is None or row.valid_until >= on
