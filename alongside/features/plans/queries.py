"""Reading plans: what was shared, what each says to it, goals with their scores, and the crisis card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.features.keyworking.models import Allocation, KeyworkerProfile, OutOfHours
from alongside.features.people.models import Communication, Document, Person, Relation
from alongside.features.people.queries import about
from alongside.features.plans.models import Goal, GoalScore, PlanAnswer, PlanPart, PlanProposal, PlanVersion
from alongside.features.plans.on_call import list_on_call
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.topics import Topic
from alongside.policy.plans import CARD, PARTS

MOST = 50


def list_versions(me: Me, person: Person) -> list[PlanVersion]:
    """The newest first."""
    found = PlanVersion.objects.visible_to(me).filter(about(person), superseded_by=None)
    return list(found.select_related("writer", "recorded_by").order_by("-pk")[:MOST])


def latest_version(me: Me, person: Person) -> PlanVersion | None:
    return PlanVersion.objects.visible_to(me).filter(about(person), superseded_by=None).order_by("-pk").first()


def parts_of(me: Me, version: PlanVersion) -> dict[str, PlanPart]:
    """By part, as far as this reader may read the topic of each."""
    return {row.kind: row for row in PlanPart.objects.visible_to(me).filter(version=version)}


def latest_parts(me: Me, person: Person, kinds: Iterable[str] = tuple(PARTS)) -> dict[str, PlanPart]:
    """The newest row of each part, also for whoever reads its topic and not that of keyworking.

    Never joined with the version: it is about keyworking, and would take the row away with it.
    """
    found = PlanPart.objects.visible_to(me).filter(about(person), kind__in=list(kinds))
    return {row.kind: row for row in found.order_by("kind", "-pk").distinct("kind")}


def open_proposal(me: Me, person: Person) -> PlanProposal | None:
    """What waits for approval, or was sent back last; None once it was shared. Only those who write plans read it."""
    newest = (
        PlanProposal.objects.visible_to(me)
        .filter(about(person))
        .select_related("recorded_by", "decided_by")
        .order_by("-pk")
    )
    row = newest.first()
    return row if row and row.state in (PlanProposal.State.WAITING, PlanProposal.State.RETURNED) else None


def answers_to(me: Me, version: PlanVersion) -> list[PlanAnswer]:
    """The newest answer of each who answered. Of the family each reads their own."""
    rows = PlanAnswer.objects.visible_to(me).filter(version=version, superseded_by=None)
    newest = {(row.voice, row.relation_id or row.name): row for row in rows.order_by("pk")[:MOST]}
    return list(newest.values())


@dataclass(slots=True)
class GoalLine:
    """A goal with its scores by voice, the oldest first."""

    goal: Goal
    scores: dict[tuple[str, str], list[GoalScore]] = field(default_factory=dict)

    @property
    def voices(self) -> list[dict[str, object]]:
        """For each who scored: first, last, and the change between them."""
        return [
            {
                "voice": voice,
                "name": name,
                "first": rows[0],
                "last": rows[-1],
                "all": rows,
                "change": rows[-1].score - rows[0].score if len(rows) > 1 else None,
            }
            for (voice, name), rows in sorted(self.scores.items(), key=lambda item: _VOICES.index(item[0][0]))
        ]


_VOICES = ("young_person", "family", "keyworker")


def list_goals(me: Me, person: Person) -> list[GoalLine]:
    """Those that stand first, then those that ended."""
    goals = Goal.objects.visible_to(me).filter(about(person), superseded_by=None).order_by("ended_on", "pk")
    lines = {goal.pk: GoalLine(goal) for goal in goals[:MOST]}
    rows = GoalScore.objects.visible_to(me).filter(goal_id__in=lines, superseded_by=None).order_by("happened_at", "pk")
    for row in rows:
        lines[row.goal_id].scores.setdefault((row.voice, row.name), []).append(row)
    return sorted(lines.values(), key=lambda line: (line.goal.ended_on is not None, line.goal.pk))


#: Somebody to ring: name, who they are, telephone, and what is safe when ringing.
Line = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """What is read in a crisis. `on` is the day on which its parts were shared; None where no plan is.

    ring: name, who they are, telephone, and what is safe when ringing.
    barred: name, who they are, and the legal limits. Limits are free text: whoever has any never stands among those
    to ring.
    """

    person: Person
    parts: tuple[PlanPart, ...]
    on: date | None
    talk: tuple[tuple[str, str], ...]
    ring: tuple[Line, ...]
    barred: tuple[tuple[str, str, str], ...] = ()


#: Who the one is who was agreed on for evenings, weekends and leave.
NOT_THERE = "When the keyworker is not there"
KEYWORKER = "Keyworker"
#: What was written down of talking with them that is needed first.
HELPS, WORSE = "Helps", "Avoid"


def card_of(me: Me, person: Person, today: date) -> Card:
    """One card as it is today: also with who is on call in the area, after the keyworker and whoever stands in."""
    card = cards_of(me, [person], today)[0]
    workers = sum(1 for _, what, _, _ in card.ring if what in (KEYWORKER, NOT_THERE))
    on_call = tuple((name, "On call today", phone, "") for name, phone in list_on_call(person.icb_id, today))
    return replace(card, ring=(*card.ring[:workers], *on_call, *card.ring[workers:]))


def _whose(me: Me, people: Sequence[Person]) -> dict[int, int]:
    """For each record of these people, also of those merged into theirs: whose it is."""
    ids = [person.pk for person in people]
    merged = Person.objects.visible_to(me).filter(survivor_id__in=ids).values_list("pk", "survivor_id")
    return {number: number for number in ids} | {number: whose for number, whose in merged if whose}


def _ring_first(me: Me, people: Sequence[Person], ids: dict[int, int], today: date) -> dict[int, list[Line]]:
    """The keyworker, and whoever was agreed on for when they are not there.

    Of a record that is open in an emergency as the engine: the emergency opens nothing else of keyworking, and whoever
    stands there tonight has to know whom to ring.
    """
    ring = _workers(Allocation.objects.visible_to(me), OutOfHours.objects.visible_to(me), ids, today)
    opened = {one.reference for one in me.emergencies}
    if urgent := {person.pk for person in people if person.reference in opened}:
        theirs = {number: whose for number, whose in ids.items() if whose in urgent}
        with context.as_engine():
            ring |= _workers(Allocation.objects.all(), OutOfHours.objects.all(), theirs, today)
    return ring


def _workers(
    held: QuerySet[Allocation], away: QuerySet[OutOfHours], ids: dict[int, int], today: date
) -> dict[int, list[Line]]:
    ring: dict[int, list[Line]] = {}
    # An allocation's last date is the first day on which they are it no more; a relation's is its last day.
    named = Q(to_date__isnull=True) | Q(to_date__gt=today)
    now = held.filter(named, person_id__in=list(ids), part="designated", from_date__lte=today, superseded_by=None)
    known = KeyworkerProfile.objects.filter(worker=OuterRef("worker_id"), icb=OuterRef("recorded_icb_id"))
    for one in now.select_related("worker").annotate(phone=Subquery(known.values("phone"))):
        ring.setdefault(ids[one.person_id], []).append((one.worker.name, KEYWORKER, one.phone or "", ""))
    newest = away.filter(person_id__in=list(ids), superseded_by=None, to_date=None).order_by("person_id", "-pk")
    for who in newest.distinct("person_id"):
        ring.setdefault(ids[who.person_id], []).append((who.who, NOT_THERE, who.phone, who.arrangement))
    return ring


def cards_of(me: Me, people: Sequence[Person], today: date) -> list[Card]:
    """In six statements, however many people. What stands on a record that was merged into theirs is theirs."""
    ids = _whose(me, people)
    parts: dict[int, dict[str, PlanPart]] = {}
    rows = PlanPart.objects.visible_to(me).filter(person_id__in=list(ids), kind__in=CARD)
    for row in rows.order_by("person_id", "kind", "-pk").distinct("person_id", "kind"):
        known = parts.setdefault(ids[row.person_id], {})
        if row.face and (row.kind not in known or known[row.kind].pk < row.pk):
            known[row.kind] = row
    now = Q(to_date__isnull=True) | Q(to_date__gte=today)
    talk: dict[int, Communication] = {}
    for told in Communication.objects.visible_to(me).filter(person_id__in=list(ids), superseded_by=None).order_by("pk"):
        talk[ids[told.person_id]] = told
    ring = _ring_first(me, people, ids, today)
    barred: dict[int, list[tuple[str, str, str]]] = {}
    family = Relation.objects.visible_to(me).filter(now, person_id__in=list(ids), superseded_by=None)
    for kin in family.order_by("-carries_main_contact", "pk"):
        if kin.legal_limits:
            barred.setdefault(ids[kin.person_id], []).append((kin.name, kin.relationship, kin.legal_limits))
        else:
            ring.setdefault(ids[kin.person_id], []).append((kin.name, kin.relationship, kin.phone, kin.safe_contact))
    return [
        Card(
            person=person,
            parts=tuple(parts.get(person.pk, {})[kind] for kind in CARD if kind in parts.get(person.pk, {})),
            on=max((row.recorded_at.date() for row in parts.get(person.pk, {}).values()), default=None),
            talk=_talk(person, talk.get(person.pk)),
            ring=tuple(ring.get(person.pk, ())),
            barred=tuple(barred.get(person.pk, ())),
        )
        for person in people
    ]


def _talk(person: Person, told: Communication | None) -> tuple[tuple[str, str], ...]:
    lines = [("Likes to be called", person.preferred_name)]
    if told:
        lines += [("How", told.best_way), (HELPS, told.what_helps), (WORSE, told.avoid)]
        lines += [("Adjustments", told.adjustments)]
    lines += [("First language", person.first_language)]
    if person.interpreter:
        lines.append(("Interpreter", "Needed"))
    return tuple((label, text) for label, text in lines if text)


def my_caseload(me: Me, today: date) -> list[Person]:
    """Whose keyworker this actor is now, in whatever part, by name."""
    now = Q(to_date__isnull=True) | Q(to_date__gt=today)
    mine = Allocation.objects.visible_to(me).filter(now, worker_id=me.id, from_date__lte=today, superseded_by=None)
    named = Q(pk__in=mine.values("person_id")) | Q(pk__in=mine.values("person__survivor"))
    found = Person.objects.visible_to(me).filter(named, survivor=None, died_on=None)
    return list(found.order_by("family_name", "given_name", "pk"))


#: Kinds of paper that assess something.
ASSESSING = ("assessment", "report")
#: What is usually assessed before a plan is written. Local default: no national list was found.
USUALLY = (Topic.COMMUNICATION, Topic.HEALTH, Topic.EDUCATION, Topic.SOCIAL_CARE)
#: As old, somebody asks whether it still holds. Local default.
OLD_DAYS = 730


@dataclass(frozen=True, slots=True)
class Assessed:
    """Papers that assess something, the newest first, which of them are old, and what none is filed about."""

    papers: list[Document]
    old: frozenset[int]
    none_about: tuple[str, ...]


def assessed(me: Me, person: Person, today: date) -> Assessed:
    """What there is: read before anybody asks again. And what there is not."""
    found = Document.objects.visible_to(me).filter(person=person, kind__in=ASSESSING, superseded_by=None)
    papers = list(found.order_by("-happened_at", "-pk")[:MOST])
    about = {one.topic for one in papers}
    return Assessed(
        papers,
        frozenset(one.pk for one in papers if (today - one.happened_at.date()).days > OLD_DAYS),
        tuple(str(topic.label).lower() for topic in USUALLY if topic not in about),
    )
