"""What the family pages show, read as the young person or parent who asks: scope and row-level security decide."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import Http404

from alongside.features.actions.models import Action
from alongside.features.keyworking.models import Allocation
from alongside.features.people.documents.text import OWN_PICTURE, OWN_RECORDING
from alongside.features.people.models import Consent, Document, OwnWords, Person, PostedChange, Relation
from alongside.features.people.queries import Reach, reach_person
from alongside.features.referrals.promised import rules_of
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import REACH, Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.models import Message
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.policy.counting import local_day
from alongside.policy.duties.reckoning import last_day
from alongside.portal import words

MOST_NEXT = 5
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Mine:
    """Whose page it is, and who reads it. `own`: the young person themselves."""

    me: Me
    reach: Reach
    own: bool
    today: date

    @property
    def person(self) -> Person:
        return self.reach.person

    @property
    def name(self) -> str:
        """What the page calls them."""
        return self.person.preferred_name or self.person.given_name or "your child"


def mine(request: Request, reference: str, page: str) -> Mine:
    """The page's person; 404 for anybody else's. The look is recorded."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    record_look(request.me, page, [reach.person.pk], at=request.at)
    return Mine(request.me, reach, request.me.holds(Role.YOUNG_PERSON), request.at.astimezone(LONDON).date())


def people_of(me: Me) -> list[Person]:
    """Whose pages this actor opens: their own, or their children's."""
    return list(Person.objects.visible_to(me).filter(survivor=None).order_by("given_name", "pk"))


def workers(mine: Mine) -> list[dict[str, Any]]:
    """The worker first, then co-workers and cover."""
    now = Q(to_date__isnull=True) | Q(to_date__gte=mine.today)
    rows = (
        Allocation.objects.visible_to(mine.me)
        .filter(now, person=mine.person, from_date__lte=mine.today, superseded_by=None)
        .select_related("worker")
        .order_by("pk")
    )
    order = list(Allocation.Part.values)
    found = [{"name": row.worker.name, "post": row.worker.post, "part": row.part} for row in rows]
    return sorted(found, key=lambda worker: order.index(worker["part"]))


def what_is_next(mine: Mine, at: datetime) -> list[dict[str, Any]]:
    """What is to happen, in the family's words; nothing that has none. Nothing is told of what is late in itself."""
    due = (
        Duty.objects.visible_to(mine.me)
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), person=mine.person)
        .select_related("owner_actor", "owner_team")
        .order_by("due", "pk")[:MOST_SHOWN]
    )
    found: list[dict[str, Any]] = []
    for duty in due:
        what = words.next_words(duty.rule_key, own=mine.own, name=mine.name)
        if what and what not in [one["what"] for one in found]:
            owner = duty.owner_actor or duty.owner_team
            late = duty.due < at
            found.append({"what": what, "by": duty.due, "who": owner.name if owner else "", "late": late})
    return found[:MOST_NEXT]


def promises(mine: Mine) -> list[dict[str, Any]]:
    """What somebody agreed to do, the next first; what is over, last."""
    rows = (
        Action.objects.visible_to(mine.me)
        .filter(person=mine.person, superseded_by=None)
        .select_related("owner", "owner_organisation")
        .order_by("due_on", "pk")[:MOST_SHOWN]
    )
    over = (Action.State.DONE, Action.State.NOT_DONE, Action.State.SUPERSEDED)
    shown = [
        {
            "what": row.what,
            "who": row.owner.name,
            "where": row.owner_organisation.name,
            "by": row.due_on,
            "state": words.PROMISE_STATE[Action.State(row.state)],
            "over": row.state in over,
            "late": row.state not in over and row.due_on < mine.today,
            "why": row.because if row.state in (Action.State.BLOCKED, Action.State.NOT_DONE) else "",
        }
        for row in rows
    ]
    return sorted(shown, key=lambda promise: (bool(promise["over"]), not promise["late"]))


def told(mine: Mine) -> list[PostedChange]:
    """What this reader told us, with what we did; the newest first. Nobody reads what somebody else told."""
    return list(
        PostedChange.objects.filter(person=mine.person, recorded_by_id=mine.me.id)
        .select_related("answered_by")
        .order_by("-pk")[:MOST_SHOWN]
    )


def looked_at_by(mine: Mine, at: datetime, *, urgent: bool) -> date:
    """The last day on which what is told now is looked at: the rule and counting of the worker's own duty."""
    ruleset, calendar = rules_of(mine.person.icb.code)
    told_on = local_day(at)
    key = "urgent_change_looked_at" if urgent else "change_looked_at"
    return ruleset.governing(key, told_on, lambda rule: last_day(rule, told_on, calendar))[1]


def told_as(mine: Mine) -> str:
    """Who tells us: 'The young person', or what they are to them, like 'Their mother'."""
    if mine.own:
        return "The young person"
    with context.as_engine():
        relation = Relation.objects.filter(person=mine.person, actor_id=mine.me.id).order_by("-pk").first()
    return f"Their {relation.relationship.lower()}" if relation else "Their family"


def own_words(mine: Mine) -> list[OwnWords]:
    return list(
        OwnWords.objects.visible_to(mine.me)
        .filter(person=mine.person, superseded_by=None)
        .select_related("recorded_by")
        .order_by("-happened_at", "-pk")[:MOST_SHOWN]
    )


def pictures(mine: Mine) -> list[Document]:
    """Their own pictures and recordings, the newest first."""
    rows = Document.objects.visible_to(mine.me).filter(
        person=mine.person, topic=Topic.OWN_WORDS, kind__in=(OWN_PICTURE, OWN_RECORDING), superseded_by=None
    )
    return list(rows.order_by("-pk")[:MOST_SHOWN])


def letters(mine: Mine) -> list[Message]:
    """What was written to this reader, the newest first."""
    return list(
        Message.objects.filter(to_actor_id=mine.me.id).select_related("from_team", "by").order_by("-pk")[:MOST_SHOWN]
    )


def letter_key(mine: Mine, reference: str) -> str:
    """Where the file of a letter to this reader is kept; '' for anybody else's, or none."""
    found = Message.objects.filter(to_actor_id=mine.me.id, reference=reference).values_list("letter", flat=True)
    return found.first() or ""


def agreed(mine: Mine) -> list[dict[str, Any]]:
    """Every answer that stands, the newest first, with whom it lets know."""
    rows = list(
        Consent.objects.visible_to(mine.me)
        .filter(person=mine.person, superseded_by=None)
        .order_by("-recorded_at", "-pk")[:MOST_SHOWN]
    )
    told = [row.recipient_id for row in rows if row.recipient_kind == "organisation"]
    names = dict(Organisation.objects.filter(pk__in=told).values_list("pk", "name"))
    return [
        {
            "what": words.to_reader(words.PURPOSES[Consent.Purpose(row.purpose)], own=mine.own),
            "to": names.get(row.recipient_id, "") if row.recipient_kind == "organisation" else "",
            "answer": words.ANSWERS[Consent.Answer(row.answer)],
            "by": row.decided_by,
            "on": row.decided_on,
        }
        for row in rows
    ]


def who_sees(mine: Mine) -> list[dict[str, Any]]:
    """People who are let in one by one, each with the reason and what they see."""
    with connection.cursor() as cursor:
        cursor.execute("select * from access.who_is_with(%s)", [mine.person.pk])
        rows = cursor.fetchall()
    return [
        {
            "name": name,
            "post": post,
            "why": words.to_reader(words.BECAUSE.get(because, ""), own=mine.own),
            "sees": words.topics_in_words(topics, own=mine.own),
            "until": to_at,
        }
        for name, post, because, topics, _from_at, to_at in rows
    ]


def teams_that_see(mine: Mine) -> list[dict[str, Any]]:
    """Those whose work is the whole area, by what they do. A record that is held closely is the register team's."""
    roles = {0: list(words.TEAMS), 1: [Role.COORDINATOR]}.get(mine.person.guard, [])
    names = _names_of(mine, roles)
    return [
        {
            "who": Role(role).label,
            "names": names[role],
            "why": words.to_reader(words.TEAMS[role], own=mine.own),
            "sees": words.topics_in_words(list(REACH[role].topics), own=mine.own),
        }
        for role in roles
        if role in names
    ]


def cover(mine: Mine) -> list[str]:
    """Who helps while the worker is away: those who lead the team."""
    return _names_of(mine, [Role.MANAGER]).get(Role.MANAGER, [])


def _names_of(mine: Mine, roles: list[Role]) -> dict[str, list[str]]:
    held = (
        RoleHeld.objects.filter(
            Q(to_date__isnull=True) | Q(to_date__gte=mine.today), area_id=mine.person.icb_id, role__in=roles
        )
        .select_related("actor")
        .order_by("actor__name")
    )
    names: dict[str, list[str]] = {}
    for one in held:
        names.setdefault(one.role, []).append(one.actor.name)
    return names
