"""The pack: what the other side is told, made of the record as it is, on the topics that were agreed to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.queries import list_of_person
from alongside.features.hospital.models import Stay
from alongside.features.hospital.text import legal_words
from alongside.features.keyworking.models import Allocation
from alongside.features.moving import text
from alongside.features.people.models import (
    Address,
    Belonging,
    Circumstance,
    Communication,
    Consent,
    Diagnosis,
    OwnWords,
    Person,
    Professional,
    Relation,
)
from alongside.features.people.queries import about
from alongside.features.plans.queries import latest_parts
from alongside.features.plans.showing import shown_parts
from alongside.features.plans.views import name_of
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.text import REASONS
from alongside.features.reviews.models import Review
from alongside.foundation.access.me import Me
from alongside.foundation.nhsuk.filters import day, nhs_number
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day
from alongside.policy.plans import CARD

#: Reviews and sayings of theirs in a pack, the newest.
MOST_REVIEWS, MOST_WORDS = 8, 3


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the pack with its lines. key: stable, for the structured form."""

    key: str
    heading: str
    lines: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {"key": self.key, "heading": self.heading, "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Telling:
    """Who reads the record for the pack, of whom, on which topics, on which day."""

    me: Me
    person: Person
    topics: frozenset[int]
    at: datetime

    @property
    def today(self) -> date:
        return local_day(self.at)

    def may(self, topic: int) -> bool:
        return topic in self.topics


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Something that waits: on which topic, since when, by when, with whom. untold: the family was not told of it."""

    topic: int
    what: str
    since: date
    until: date | None
    whom: str = ""
    untold: bool = False

    def __str__(self) -> str:
        by = f"by {day(self.until)}" if self.until else "no day is set"
        whom = f"with {self.whom}" if self.whom else ""
        untold = "the family has not been told" if self.untold else ""
        waits = "; ".join(word for word in (f"since {day(self.since)}", by, whom, untold) if word)
        return f"{text.TOPIC_NAMES[self.topic]}: {self.what} ({waits})"


OpenOf = Callable[[Me, Person, datetime], Iterable[StillOpen]]
_open_of: list[OpenOf] = [lambda me, person, at: ()]


def still_open_from(reader: OpenOf) -> None:
    """Where it is read what is open besides actions. For `config/wiring.py` only."""
    _open_of[:] = [reader]


def parts_of(telling: Telling, ring: str) -> list[Part]:
    """Every part that says something. ring: whom to ring at the area that tells. Reads within the scope of `me`."""
    found = [Part("who", "Who they are", tuple(_who(telling))), Part("ring", "Whom to ring", (ring,))]
    for key, heading, lines in (
        ("talk", "How to talk with them", _talk(telling)),
        ("words", "In their own words", _own_words(telling)),
        ("people", "Who is around them", _people(telling)),
        ("living", "How they live, learn and are looked after", _living(telling)),
        ("plan", "The plan as it was last shared", _plan(telling, card=False)),
        ("crisis", "In a crisis", _plan(telling, card=True)),
        ("rating", "How high the risk of an admission is, and why", _rating(telling)),
        ("hospital", "Time in hospital and other places", _stays(telling)),
        ("reviews", "Reviews", _reviews(telling)),
        ("actions", "What was agreed and is not done yet", _actions(telling)),
        ("open", "What is still open", _still_open(telling)),
        ("agreements", "What was agreed to, and whether it goes along", _agreements(telling)),
    ):
        told = tuple(lines)
        if told:
            found.append(Part(key, heading, told))
    return found


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _who(telling: Telling) -> Iterator[str]:
    """Name and date of birth are told in any case: without them nobody can accept responsibility (decision 33)."""
    person = telling.person
    yield f"{person.given_name} {person.family_name}".strip() or "Name not known"
    yield f"Born {day(person.birth_date)}" if person.birth_date else "Date of birth not known"
    if not telling.may(Topic.IDENTITY):
        return
    if person.preferred_name:
        yield f"Wants to be called {person.preferred_name}"
    if person.pronouns:
        yield f"Pronouns: {person.pronouns}"
    if person.nhs_number:
        yield f"NHS number {nhs_number(person.nhs_number)}"
    if person.first_language:
        yield f"First language: {person.first_language}"
    if person.interpreter:
        yield "Needs an interpreter"


def _talk(telling: Telling) -> Iterator[str]:
    if not telling.may(Topic.COMMUNICATION):
        return
    rows = Communication.objects.visible_to(telling.me).filter(about(telling.person), superseded_by=None)
    told = rows.order_by("-pk").first()
    if told is None:
        return
    for label, words in (
        ("Best way", told.best_way), ("Please don’t", told.avoid), ("What helps", told.what_helps),
        ("Adjustments", told.adjustments), ("Reach them by", told.contact_by),
    ):  # fmt: skip
        if words:
            yield f"{label}: {words}"


def _own_words(telling: Telling) -> Iterator[str]:
    if telling.may(Topic.OWN_WORDS):
        rows = OwnWords.objects.visible_to(telling.me).filter(about(telling.person), superseded_by=None)
        for said in rows.order_by("-happened_at", "-pk")[:MOST_WORDS]:
            yield f"“{said.words}” ({day(said.happened_at)})"


def _people(telling: Telling) -> Iterator[str]:
    now = Q(to_date__isnull=True) | Q(to_date__gte=telling.today)
    mine = (now, about(telling.person), Q(superseded_by=None, topic__in=telling.topics))
    for one in Relation.objects.visible_to(telling.me).filter(*mine).order_by("-carries_main_contact", "pk"):
        limits = f"Legal limits: {one.legal_limits}" if one.legal_limits else ""
        safe = f"Safe way to get in touch: {one.safe_contact}" if one.safe_contact else ""
        yield _joined(f"{one.name} ({one.relationship})", one.phone, safe, limits)
    for helper in Professional.objects.visible_to(telling.me).filter(*mine).order_by("pk"):
        yield _joined(helper.name, helper.post, helper.organisation_name, helper.contact)
    if telling.may(Topic.KEYWORKING):
        going_on = Q(to_date__isnull=True) | Q(to_date__gt=telling.today)
        held = Allocation.objects.visible_to(telling.me).filter(going_on, about(telling.person), superseded_by=None)
        for allocation in held.select_related("worker").order_by("pk"):
            yield f"{allocation.worker.name}, {allocation.get_part_display().lower()}"


def _living(telling: Telling) -> Iterator[str]:
    now = Q(to_date__isnull=True) | Q(to_date__gte=telling.today)
    mine = (about(telling.person), Q(superseded_by=None, topic__in=telling.topics))
    for home in Address.objects.visible_to(telling.me).filter(now, *mine).order_by("pk"):
        yield f"{home.get_kind_display()}: {_joined(home.lines, home.postcode)}"
    for place in Belonging.objects.visible_to(telling.me).filter(now, *mine).order_by("pk"):
        yield f"{place.get_kind_display()}: {place.name}"
    for found in Diagnosis.objects.visible_to(telling.me).filter(*mine).order_by("pk"):
        yield f"{found.get_kind_display()} ({found.get_basis_display().lower()})"
    for fact in Circumstance.objects.visible_to(telling.me).filter(now, *mine).order_by("pk"):
        since = f"since {day(fact.from_date)}" if fact.from_date else ""
        yield _joined(fact.get_kind_display(), since, fact.detail)


def _plan(telling: Telling, *, card: bool) -> Iterator[str]:
    rows = latest_parts(telling.me, telling.person)
    faces = {
        kind: row.face for kind, row in rows.items() if telling.may(row.topic) and (kind in CARD) == card and row.face
    }
    for one in shown_parts(faces, "full", own=False, name=name_of(telling.person)):
        yield f"{one['title']}: {one['text'] or ' '.join(line['words'] for line in one['easy'])}"


def _rating(telling: Telling) -> Iterator[str]:
    if not telling.may(Topic.REGISTER):
        return
    open_now = RegisterEntry.objects.visible_to(telling.me).filter(about(telling.person), removed_on=None)
    for entry in open_now.order_by("pk"):
        since = f"On the register of {entry.get_listing_display().lower()} since {day(entry.entered_on)}."
        yield f"{since} {entry.reason}".strip()
        decided = Rating.objects.visible_to(telling.me).filter(entry=entry, standing=Rating.Standing.DECIDED)
        last = decided.order_by("-rated_at", "-pk").first()
        if last is not None:
            why = [REASONS.get(reason, reason) for reason in last.reasons]
            yield f"Rated {last.get_colour_display().lower()} on {day(last.rated_at)}"
            yield from (*why, last.because) if last.because else why


def _stays(telling: Telling) -> Iterator[str]:
    if not telling.may(Topic.HOSPITAL):
        return
    rows = Stay.objects.visible_to(telling.me).filter(about(telling.person), superseded_by=None)
    for stay in rows.prefetch_related("legal_statuses").order_by("-admitted_at")[:MOST_REVIEWS]:
        until = f"to {day(stay.discharged_at)}" if stay.discharged_at else "until now"
        law = [legal_words(one.code) for one in stay.legal_statuses.all() if one.to_at is None]
        yield _joined(stay.place_name, f"{day(stay.admitted_at)} {until}", *law)


def _reviews(telling: Telling) -> Iterator[str]:
    if telling.may(Topic.REVIEW):
        rows = Review.objects.visible_to(telling.me).filter(about(telling.person), superseded_by=None)
        for review in rows.order_by("-held_at", "-pk")[:MOST_REVIEWS]:
            yield _joined(f"{review.get_kind_display()}: {day(review.held_at)}", review.outcome)


def _actions(telling: Telling) -> Iterator[str]:
    for one in list_of_person(telling.me, telling.person):
        if one.state in OPEN and telling.may(one.topic):
            whose = _joined(one.owner.name, one.place_name)
            yield f"{one.what} ({whose}), by {day(one.due_on)}: {one.get_state_display().lower()}"


def _still_open(telling: Telling) -> Iterator[str]:
    """By topic, the oldest first."""
    found = [one for one in _open_of[0](telling.me, telling.person, telling.at) if telling.may(one.topic)]
    yield from map(str, sorted(found, key=lambda one: (one.topic, one.since, one.what)))


def _agreements(telling: Telling) -> Iterator[str]:
    if not telling.may(Topic.AGREEMENT):
        return
    rows = Consent.objects.visible_to(telling.me).filter(about(telling.person), superseded_by=None)
    seen = set()
    for row in rows.order_by("-decided_on", "-pk"):
        key = (row.purpose, row.recipient_kind, row.recipient_id)
        if key in seen or row.recipient_kind:
            continue
        seen.add(key)
        goes = text.GOES_ALONG if row.purpose == Consent.Purpose.REGISTER else text.ASKED_ANEW
        on = f" on {day(row.decided_on)}" if row.decided_on else ""
        yield f"{row.get_purpose_display()}: {row.get_answer_display().lower()}{on}. {goes}"
    yield text.SHARING_ENDS
