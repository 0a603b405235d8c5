"""What the family pages show, read as the young person or parent who asks: scope and row-level security decide."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from alongside.features.keyworking.contacts.queries import find_out_of_hours
from alongside.features.keyworking.handing_over.photos import newest_photo
from alongside.features.keyworking.models import Allocation, OutOfHours
from alongside.features.people.documents.text import OWN_PICTURE, OWN_RECORDING
from alongside.features.people.models import Document, OwnWords, Person, PostedChange, Relation
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.told_where import TELL_WHERE
from alongside.features.referrals.promised import rules_of
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import REACH, Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.policy.counting import local_day
from alongside.policy.duties.reckoning import last_day
from alongside.portal import words
from alongside.portal.after_death import STILL_READ, HasDied

MOST_NEXT = 5
MOST_SHOWN = 30
#: The keyworker, and those whose work is the whole area: their names lead nowhere but to the area's office.
OF_THE_AREA = (Involvement.Because.ALLOCATION, *(str(role) for role in words.LOOKED))


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
    def told_where(self) -> bool:
        """Whether the reader may know where they live or stay; a court order keeps some parents from it.

        Whoever may not reads nothing that was typed for others: no machine can tell what leads there. They read what
        was written to them by somebody who was told so at the point of writing (decision 10).
        """
        return self.own or self.reach.sees(TELL_WHERE)

    def may_name(self, because: str) -> bool:
        """Whether somebody who is there because of this is named: others than the area's own lead to where they are."""
        return self.told_where or because in OF_THE_AREA

    @property
    def name(self) -> str:
        """What the page calls them."""
        return self.person.preferred_name or self.person.given_name or "your child"


def mine(request: Request, reference: str, page: str) -> Mine:
    """The page's person; 404 for anybody else's. The look is recorded. HasDied for a page that plans or asks."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    if reach.person.died_on and page not in STILL_READ:
        raise HasDied
    record_look(request.me, page, [reach.person.pk], at=request.at)
    return Mine(request.me, reach, request.me.holds(Role.YOUNG_PERSON), request.at.astimezone(LONDON).date())


def people_of(me: Me) -> list[Person]:
    """Whose pages this actor opens: their own, or their children's."""
    return list(Person.objects.visible_to(me).filter(survivor=None).order_by("given_name", "pk"))


def workers(mine: Mine) -> list[dict[str, Any]]:
    """The worker first, then co-workers and cover; whoever comes in soon is there before."""
    now = Q(to_date__isnull=True) | Q(to_date__gt=mine.today)
    rows = (
        Allocation.objects.visible_to(mine.me)
        .filter(now, person=mine.person, from_date__lte=mine.today, superseded_by=None)
        .annotate(picture=newest_photo("worker"))
        .select_related("worker")
        .order_by("pk")
    )
    order = list(Allocation.Part.values)
    found = [
        {
            "id": row.worker_id,
            "name": row.worker.name,
            "post": row.worker.post,
            "part": row.part,
            "photo": bool(row.picture),
        }
        for row in rows
    ]
    return sorted(found, key=lambda worker: order.index(worker["part"]))


def last_worker(mine: Mine) -> str:
    """The name of whoever walked alongside last, for a family that may want to talk with them; '' for nobody."""
    rows = Allocation.objects.visible_to(mine.me).filter(person=mine.person, superseded_by=None, worker__left_on=None)
    named = rows.filter(part=Allocation.Part.DESIGNATED).order_by("-from_date", "-pk")
    return named.values_list("worker__name", flat=True).first() or ""


def out_of_hours(mine: Mine) -> OutOfHours | None:
    """Whom to ring when the worker isn't there: typed for this family, so it may name where they stay."""
    return find_out_of_hours(mine.me, mine.person) if mine.told_where else None


def what_is_next(mine: Mine, at: datetime, workers: Collection[int]) -> list[dict[str, Any]]:
    """What is to happen, in the family's words; nothing that has none. Nothing is told of what is late in itself.

    workers: their numbers; besides teams they are named to whoever may not know where the young person is.
    """
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
            if duty.owner_actor and not mine.told_where and duty.owner_actor_id not in workers:
                owner = None
            late = duty.due < at
            found.append({"what": what, "by": duty.due, "who": owner.name if owner else "", "late": late})
    return found[:MOST_NEXT]


def told(mine: Mine) -> list[PostedChange]:
    """What this reader told us, with what we did; the newest first. Nobody reads what somebody else told."""
    found = list(
        PostedChange.objects.filter(person=mine.person, recorded_by_id=mine.me.id)
        .select_related("answered_by")
        .order_by("-pk")[:MOST_SHOWN]
    )
    for one in found:
        if one.answered_at and not mine.told_where and not one.checked_where:
            one.answer = words.ASK_ANSWER  # Shown, never saved: it was written when they might know where.
    return found


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
    """The young person's own pictures and recordings, the newest first; to a parent those that they added."""
    every = Document.objects.visible_to(mine.me) if mine.own else Document.objects.filter(recorded_by_id=mine.me.id)
    rows = every.filter(
        person=mine.person, topic=Topic.OWN_WORDS, kind__in=(OWN_PICTURE, OWN_RECORDING), superseded_by=None
    )
    return list(rows.order_by("-pk")[:MOST_SHOWN])


def _letters(mine: Mine) -> QuerySet[Message]:
    """To this reader, and not about another child of theirs: of one they may know less."""
    asked = PostedChange.objects.filter(person=mine.person, recorded_by_id=mine.me.id)
    answers = asked if mine.told_where else asked.filter(checked_where=True)
    about = Q(once__in=[f"told:{number}" for number in answers.values_list("pk", flat=True)])
    fixed = ~Q(kind="told_answered") if mine.told_where else Q(kind="hand_over")
    return Message.objects.filter(fixed | about, to_actor_id=mine.me.id)


def letters(mine: Mine) -> list[Message]:
    """What was written to this reader, the newest first."""
    return list(_letters(mine).select_related("from_team", "by").order_by("-pk")[:MOST_SHOWN])


def letter_key(mine: Mine, reference: str) -> str:
    """Where the file of a letter to this reader is kept; '' for anybody else's, or none."""
    return _letters(mine).filter(reference=reference).values_list("letter", flat=True).first() or ""


def who_sees(mine: Mine) -> list[dict[str, Any]]:
    """People who are let in one by one, each with the reason and what they see."""
    with connection.cursor() as cursor:
        cursor.execute("select * from access.who_is_with(%s)", [mine.person.pk])
        rows = cursor.fetchall()
    return [
        {
            "name": name if named else words.NOT_NAMED,
            "post": post if named else "",
            "why": words.to_reader(words.BECAUSE.get(because, ""), own=mine.own),
            "sees": words.topics_in_words(topics, own=mine.own),
            "until": to_at,
        }
        for name, post, because, topics, _from_at, to_at in rows
        for named in [mine.may_name(because)]
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
