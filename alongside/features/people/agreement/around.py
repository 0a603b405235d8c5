"""Who is around a person: those who may be told only if somebody says yes, by name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.features.people.agreement import text
from alongside.features.people.agreement.reading import Known, Place, Relative, With
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms.wording import lower_first
from alongside.foundation.topics import Topic
from alongside.policy.agreements import Answer, newest
from alongside.policy.counting import age_on
from alongside.policy.deciding import DECIDES_THEMSELVES

TOPIC_OF_PLACE = {"gp": Topic.HEALTH, "school": Topic.EDUCATION, "council": Topic.SOCIAL_CARE}
LIKE = {"gp": "health", "school": "education", "council": "social_care"}
AGREED_BEFORE = "agreed to before, and not written down as theirs now"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody, or an organisation, that may be told. `kind` and `id` name them in the ledger.

    relation, professional and place have no account here: what was said of them binds whoever would tell them, and
    opens nothing. topics: what may be left out for them. like: the kind of recipient that a more general answer names.
    """

    kind: str
    id: int
    name: str
    who: str
    topics: frozenset[int]
    like: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"

    @property
    def title(self) -> str:
        return f"{self.name}, {self.who}" if self.who else self.name


def list_recipients(known: Known, at: datetime, reads: Collection[int]) -> list[Recipient]:
    """Everybody whom an asking names, as far as whoever asks may read (`reads`, topics) that they are around."""
    found: dict[tuple[str, int], Recipient] = {}
    family = Topic.FAMILY in reads
    others = [*_involved(known, at, family), *(_people(known, at) if family else ()), *_places(known, reads)]
    others += _agreed_before(known) if family else []
    for recipient in others:
        found.setdefault((recipient.kind, recipient.id), recipient)
    return list(found.values())


def _agreed_before(known: Known) -> list[Recipient]:
    """Organisations and people whom a yes names that still stands, though nothing else here names them any more."""
    found = []
    for kind, number, name in known.named:
        last = newest(known.ledger.answers, Topic.IDENTITY, "sharing", kind, number)
        if last is not None and last.answer == "given":
            found.append(Recipient(kind, number, name, AGREED_BEFORE, text.MAY_BE_LEFT_OUT))
    return found


def answer_about(known: Known, recipient: Recipient, topic: int) -> Answer | None:
    """What stands about telling them: their own answer, else a more general one, as the ledger asks in turn."""
    turns: list[tuple[str, int | None]] = [(recipient.kind, recipient.id)]
    turns += [(recipient.like, None)] if recipient.like else []
    for kind, number in (*turns, ("", None)):
        last = newest(known.ledger.answers, topic, "sharing", kind, number)
        if last is not None and last.answer != "unknown":
            return last
    return None


def is_child(known: Known, at: datetime) -> bool:
    return known.born is not None and age_on(known.born, at.astimezone(LONDON).date()) < DECIDES_THEMSELVES


def decides_for(known: Known, relative: Relative, at: datetime) -> bool:
    """Whether they know without being asked about: under 16, somebody with parental responsibility."""
    return bool(relative.responsible) and is_child(known, at)


def who_is(known: Known, actor_id: int, post: str) -> str:
    """What an actor is to the person: their relationship, else what they do."""
    for relative in known.relatives:
        if relative.actor_id == actor_id:
            return lower_first(relative.relationship)
    for helper in known.helpers:
        if helper.actor_id == actor_id and helper.post:
            return lower_first(helper.post)
    return lower_first(post)


def is_family(known: Known, each: With) -> bool:
    return each.because in ("family", "own_record") or any(r.actor_id == each.link.actor_id for r in known.relatives)


def _involved(known: Known, at: datetime, family: bool) -> Iterable[Recipient]:
    for each in known.involved:
        if each.link.relies_on == "sharing" and each.link.from_at <= at and (family or not is_family(known, each)):
            number = each.link.actor_id
            topics = _topics(other.link.topics for other in known.involved if other.link.actor_id == number)
            yield Recipient("actor", number, each.name, who_is(known, number, each.post), _left_out(topics))


def _people(known: Known, at: datetime) -> list[Recipient]:
    """Family and professionals; those with parental responsibility from 16 on. The keyworker is asked of apart."""
    works_or_knows = {each.link.actor_id for each in known.involved if each.link.relies_on != "sharing"}
    found = [
        _person("relation", relative.id, relative.actor_id, relative.name, lower_first(relative.relationship))
        for relative in known.relatives
        if not decides_for(known, relative, at) and not (relative.actor_id and relative.actor_id in works_or_knows)
    ]
    for helper in known.helpers:
        if helper.actor_id is None or helper.actor_id not in works_or_knows:
            who = ", ".join(part for part in (lower_first(helper.post), helper.organisation) if part)
            found.append(_person("professional", helper.id, helper.actor_id, helper.name, who))
    return found


def _person(kind: str, number: int, actor_id: int | None, name: str, who: str) -> Recipient:
    if actor_id is not None:
        return Recipient("actor", actor_id, name, who, text.MAY_BE_LEFT_OUT)
    return Recipient(kind, number, name, who, text.MAY_BE_LEFT_OUT, "family" if kind == "relation" else "")


def _places(known: Known, reads: Collection[int]) -> Iterable[Recipient]:
    for place in known.places:
        if TOPIC_OF_PLACE[place.kind] in reads:
            yield _place(known, place)


def _place(known: Known, place: Place) -> Recipient:
    who, number = text.PLACE[place.kind], place.organisation_id
    if number is None:
        return Recipient("place", place.id, place.name, who, text.MAY_BE_LEFT_OUT, LIKE[place.kind])
    topics = _topics(each.link.topics for each in known.involved if each.link.recipient_id == number)
    return Recipient("organisation", number, place.name, who, _left_out(topics), LIKE[place.kind])


def _topics(of_links: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*of_links)


def _left_out(topics: frozenset[int]) -> frozenset[int]:
    """What may be left out of what they would read: anything but who the person is."""
    return (topics or text.MAY_BE_LEFT_OUT) - {Topic.IDENTITY.value}
