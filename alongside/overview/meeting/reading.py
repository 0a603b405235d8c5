"""Reading meetings: the list, one with its agenda as the reader may see it, one person in it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import Http404

from alongside.features.people.scope import rule_of, values_of
from alongside.features.register.meetings import text
from alongside.features.register.models import (
    AgendaItem,
    AgendaReason,
    Meeting,
    MeetingAddendum,
    MeetingAttendance,
    MeetingDecision,
)
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import REACH
from alongside.foundation.clock import LONDON
from alongside.policy.meetings import Reason

#: So many meetings stand on the list.
SHOWN = 40


def get_meeting(me: Me, number: int, *, lock: bool = False) -> Meeting:
    """A meeting of one's areas, with its chair; 404 for any other. `lock`: nobody else changes it meanwhile."""
    rows = Meeting.objects.filter(icb_id__in={held.area for held in me.roles}).select_related("chair", "icb")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def list_meetings(me: Me) -> list[Meeting]:
    """Those of one's areas, the newest first; whoever doesn't run them sees those they were asked to."""
    areas = {held.area for held in me.roles}
    rows = Meeting.objects.filter(icb_id__in=areas).select_related("chair", "icb")
    run = Q(icb_id__in=me.agreed) | Q(attendances__actor_id=me.id, attendances__asked_at__isnull=False)
    return list(rows.filter(run).distinct().order_by("-starts_at", "-pk")[:SHOWN])


def list_attendances(meeting: Meeting) -> list[MeetingAttendance]:
    rows = MeetingAttendance.objects.filter(meeting=meeting).select_related("actor", "organisation")
    return sorted(rows, key=lambda one: (SIDE_ORDER[one.side], one.actor.name, one.pk))


SIDE_ORDER = {side: number for number, side in enumerate(MeetingAttendance.Side.values)}


@dataclass(frozen=True, slots=True)
class Line:
    """One person on an agenda or in minutes, as far as the reader may see. number: counted for this reader."""

    number: int
    item: AgendaItem
    reasons: list[AgendaReason]
    decision: MeetingDecision | None = None
    addenda: tuple[MeetingAddendum, ...] = ()
    actions: tuple[Any, ...] = ()


def read_lines(me: Me, meeting: Meeting) -> list[Line]:
    """The agenda within the reader's scope, in two statements; who is not theirs is not there and not counted."""
    items = list(
        AgendaItem.objects.visible_to(me).filter(meeting=meeting).select_related("person").order_by("place", "pk")
    )
    reasons: dict[int, list[AgendaReason]] = {one.pk: [] for one in items}
    for one in AgendaReason.objects.visible_to(me).filter(item__in=list(reasons)).order_by("pk"):
        reasons[one.item_id].append(one)
    return [Line(number, item, reasons[item.pk]) for number, item in enumerate(items, 1)]


def count_reasons(agenda: Iterable[Sequence[AgendaReason | Reason]]) -> list[tuple[str, int]]:
    """How many are there for what, each counted once by the first of their reasons; in the order of the agenda."""
    first = Counter(text.WHY.get(reasons[0].code, text.OTHER_WHY) if reasons else text.OTHER_WHY for reasons in agenda)
    return [(words, first[words]) for words in dict.fromkeys((*text.WHY.values(), text.OTHER_WHY)) if first[words]]


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody asked, and what they may hear of the person who is talked about. `hears`: anything at all."""

    id: int
    actor_id: int
    name: str
    post: str
    organisation: str
    side: str
    there: bool
    topics: frozenset[int]

    @property
    def hears(self) -> bool:
        return bool(self.topics)

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.name, self.post, self.organisation) if part)


@dataclass(frozen=True, slots=True)
class Spot:
    """One person in the meeting: who, why, who may hear of them, what stands, and where to go next."""

    id: int
    entry_id: int
    person_id: int
    state: str
    reference: str
    name: str
    birth_date: date | None
    came_later: bool
    reasons: list[tuple[int, str, str]]
    attendees: list[Attendee]
    decision: dict[str, Any] | None
    drafts: list[dict[str, Any]]
    previous: int | None
    next: int | None
    next_waiting: int | None
    done: int
    number: int
    total: int
    last_decided_at: datetime | None

    @property
    def here(self) -> list[Attendee]:
        """Those who came and may hear of this person."""
        return [one for one in self.attendees if one.there and one.hears]

    @property
    def shared(self) -> frozenset[int]:
        """The topics that everybody of them may read; none where nobody is there."""
        topics = [one.topics for one in self.here]
        return frozenset.intersection(*topics) if topics else frozenset()


_NOW = "o.from_at <= statement_timestamp() and (o.to_at is null or o.to_at > statement_timestamp())"
SPOT = f"""
    with agenda as (select x.id, x.state, row_number() over (order by x.place, x.id) as number
        from register_agendaitem x where x.meeting_id = %(meeting)s and {rule_of("agenda", "x")})
    select i.id, i.entry_id, i.person_id, i.state, p.reference, p.preferred_name, p.given_name, p.family_name,
        p.birth_date, p.guard, p.closed_topics, i.came_later,
        (select json_agg(json_build_array(r.topic, r.code, r.words) order by r.id) from register_agendareason r
            where r.item_id = i.id and {rule_of("working", "r")}),
        (select json_agg(json_build_array(a.id, a.actor_id, c.name, c.post, g.name, a.side, a.came,
            array(select distinct u from access_opentopics o, unnest(o.topics) u
                where o.actor_id = a.actor_id and o.person_id = i.person_id and {_NOW}),
            array(select distinct h.role from accounts_roleheld h where h.actor_id = a.actor_id
                and h.area_id = a.icb_id and h.from_date <= %(today)s
                and (h.to_date is null or h.to_date >= %(today)s))) order by c.name, a.id)
            from register_meetingattendance a join accounts_actor c on c.id = a.actor_id
            join organisations_organisation g on g.id = a.organisation_id where a.meeting_id = i.meeting_id),
        (select json_build_object('id', d.id, 'decided', d.decided, 'dissent', d.dissent, 'present', d.present,
            'quorate', d.quorate, 'quorum', d.quorum, 'by', c.name, 'at', d.recorded_at, 'colour', r.colour)
            from register_meetingdecision d join accounts_actor c on c.id = d.recorded_by_id
            left join register_rating r on r.id = d.rating_id
            where d.item_id = i.id and not exists
                (select 1 from register_meetingdecision later where later.supersedes_id = d.id)),
        (select json_agg(json_build_object('actor', f.actor_id, 'name', c.name, 'answers', f.answers, 'at', f.saved_at)
            order by f.saved_at) from register_meetingdraft f join accounts_actor c on c.id = f.actor_id
            where f.item_id = i.id),
        (select max(x.id) filter (where x.number = n.number - 1) from agenda x),
        (select max(x.id) filter (where x.number = n.number + 1) from agenda x),
        (select x.id from agenda x where x.state = 'waiting' and x.id <> i.id order by x.number < n.number, x.number
            limit 1),
        (select count(*) from agenda x where x.state = 'discussed'), n.number, (select count(*) from agenda),
        (select max(d.recorded_at) from register_meetingdecision d join register_agendaitem x on x.id = d.item_id
            where x.meeting_id = i.meeting_id)
    from register_agendaitem i join people_person p on p.id = i.person_id join agenda n on n.id = i.id
    where i.id = %(item)s and i.meeting_id = %(meeting)s
"""


def read_spot(me: Me, meeting: Meeting, item: int, today: date) -> Spot:
    """One person of the meeting with all that its page needs, in one statement. 404 outside scope."""
    with connection.cursor() as cursor:
        cursor.execute(SPOT, values_of(me) | {"meeting": meeting.pk, "item": item, "today": today})
        row = cursor.fetchone()
    if row is None:
        raise Http404
    pk, entry, person, state, reference, preferred, given, family, born, guard, closed, later, *more = row
    reasons, attendees, decision, drafts, previous, following, waiting, done, number, total, last = more
    return Spot(
        id=pk,
        entry_id=entry,
        person_id=person,
        state=state,
        reference=reference,
        name=f"{preferred or given} {family}".strip(),
        birth_date=born,
        came_later=later,
        reasons=[(topic, code, words) for topic, code, words in _list(reasons)],
        attendees=sorted(
            (_attendee(one, guard, closed) for one in _list(attendees)), key=lambda one: SIDE_ORDER[one.side]
        ),
        decision=_with_moment(_load(decision)),
        drafts=[_with_moment(one) or {} for one in _list(drafts)],
        previous=previous,
        next=following,
        next_waiting=waiting,
        done=done,
        number=number,
        total=total,
        last_decided_at=last,
    )


def _attendee(values: Sequence[Any], guard: int, closed_topics: int) -> Attendee:
    pk, actor, name, post, place, side, came, topics, roles = values
    own = frozenset(topics)
    for role in roles:
        own |= _by_role(role, guard, closed_topics)
    return Attendee(pk, actor, name, post, place, side, came == "there", own)


def _by_role(role: str, guard: int, closed_topics: int) -> frozenset[int]:
    """What the role reads of somebody of its area who is held so closely."""
    reach = REACH[role]
    if reach.reach != "area" or guard > (1 if reach.guarded else 0):
        return frozenset()
    left_out = () if reach.guarded else tuple(topic for topic in reach.topics if closed_topics >> topic & 1)
    return frozenset(reach.topics) - frozenset(left_out)


def _list(value: Any) -> list[Any]:
    return _load(value) or []


def _load(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _with_moment(found: dict[str, Any] | None) -> dict[str, Any] | None:
    if found:
        found["at"] = datetime.fromisoformat(found["at"]).astimezone(LONDON)
    return found
