"""What moved on a register since its last meeting, as at a moment."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from alongside.features.emergency.models import EmergencyMeeting
from alongside.features.people.models import LifeEvent
from alongside.features.people.scope import rule_of, values_of
from alongside.features.register.meetings import text
from alongside.features.register.meetings.operations import Proposed
from alongside.features.register.models import Meeting
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.overview.engine.deriving import TOPIC
from alongside.policy.meetings import Late, Moved, Reason, place_on_agenda, reasons_for

#: Where no meeting was held before: what moved in so many days (local default).
FIRST_TIME = timedelta(days=28)
TOPIC_NAME = {number: name for name, number in TOPIC.items()}
NOTICES = {"notice": "A ward's notice", "alert": "An A&E alert"}

_LOOK = "d.rule_key like 'register_review%%'"
_TURNED = f"not {_LOOK} and d.late_from >= %(since)s"
_STILL = f"not {_LOOK} and d.late_from < %(since)s"


def _oldest(which: str) -> str:
    """The oldest of these duties, and how many they are; how many alone says that there is none."""
    told = "json_build_array(d.late_from, d.what, d.topic)"
    first = f"(array_agg({told} order by d.late_from, d.id) filter (where {which}))[1]"
    return f"json_build_array({first}, count(*) filter (where {which}))"


_LATE = f"""
    select d.person_id, min(d.late_from) filter (where {_LOOK}) as look,
        {_oldest(_TURNED)} as turned, {_oldest(_STILL)} as still
    from overview_duty d where d.icb_id = %(area)s and d.person_id is not null and d.late_from < %(at)s
      and d.shows_from <= %(at)s and (d.ends_at is null or d.ends_at > %(at)s) and {rule_of("duty", "d")}
    group by 1
"""
# Whom a spreadsheet carried over was on the register before, unless it names a day since the meeting before. Where it
# names none, the entry has the day of the import.
_NEW = """e.recorded_at > %(since)s and (e.imported_at is null
    or (e.entered_on >= (%(since)s at time zone 'Europe/London')::date
        and e.entered_on < (e.imported_at at time zone 'Europe/London')::date))"""
_NEWEST_STAY = "not exists (select 1 from hospital_stay later where later.supersedes_id = s.id)"
_BEFORE = """(select r.colour from register_rating r where r.entry_id = t.entry_id and r.standing = 'decided'
    and r.recorded_at <= %(closed)s order by r.rated_at desc, r.id desc limit 1)"""
# How the last meeting that was to be about them ended for them: one that was held, or called off.
_CARRIED = """(select json_build_array(i.state, m.state, (select w.words from register_agendareason w
        where w.item_id = i.id and w.code = 'left' order by w.id desc limit 1))
    from register_agendaitem i join register_meeting m on m.id = i.meeting_id
    where i.entry_id = t.entry_id and m.state in ('closed', 'called_off') and m.id <> %(meeting)s
    order by coalesce(m.closed_at, m.starts_at) desc, m.id desc limit 1)"""

MOVED = f"""
    with late as materialized ({_LATE})
    select t.entry_id, t.person_id, t.reference, t.given_name, t.family_name, t.birth_date, t.colour, t.rated_on,
        t.proposal, {_NEW}, e.entered_on, e.came_back_from_id is not null, {_BEFORE},
        late.look, late.turned, late.still,
        (select json_agg(s.admitted_at order by s.id) from hospital_stay s where s.person_id = t.person_id
            and s.kind = 'mental_health_hospital' and s.admitted_at > %(since)s and {_NEWEST_STAY}),
        (select json_agg(s.discharged_at order by s.id) from hospital_stay s where s.person_id = t.person_id
            and s.kind = 'mental_health_hospital' and s.discharged_at > %(since)s and {_NEWEST_STAY}),
        (select json_agg(json_build_array(n.came_at, n.kind) order by n.id) from referrals_notice n
            where n.person_id = t.person_id and n.came_at > %(since)s),
        (select json_agg(json_build_array(l.happened_at, l.kind, l.topic) order by l.happened_at, l.id)
            from people_lifeevent l where l.person_id = t.person_id and l.recorded_at > %(since)s
            and not exists (select 1 from people_lifeevent later where later.supersedes_id = l.id)),
        {_CARRIED},
        (select json_agg(json_build_array(x.happened_at, x.outcome) order by x.happened_at, x.id)
            from emergency_emergencymeeting x where x.person_id = t.person_id and x.recorded_at > %(since)s
            and {rule_of("opened", "x")}
            and not exists (select 1 from emergency_emergencymeeting later where later.supersedes_id = x.id))
    from overview_registerrow t join register_registerentry e on e.id = t.entry_id
    left join late on late.person_id = t.person_id
    where t.icb_id = %(area)s and t.listing = %(listing)s and {rule_of("line", "t")}
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who comes on the agenda, and why."""

    entry_id: int
    person_id: int
    reference: str
    name: str
    family_name: str
    birth_date: date | None
    colour: str
    place: tuple[int, int, date]
    reasons: tuple[Reason, ...]

    def as_proposed(self) -> Proposed:
        return Proposed(
            self.entry_id, self.person_id, [(TOPIC[one.topic], one.code, one.words) for one in self.reasons]
        )


class Before(NamedTuple):
    """The meeting before. What moved after it opened is new to the next one; but the ratings that it gave are not."""

    opened: datetime
    closed: datetime


def before(meeting: Meeting, at: datetime) -> Before:
    """Of the same register; where there was none, so many days before now."""
    held = Meeting.objects.filter(icb_id=meeting.icb_id, listing=meeting.listing, opened_at__isnull=False)
    last = held.exclude(pk=meeting.pk).order_by("-opened_at").values_list("opened_at", "closed_at").first()
    opened, closed = last or (None, None)
    opened = opened or at - FIRST_TIME
    return Before(opened, closed or opened)


def read_moved(me: Me, meeting: Meeting, at: datetime) -> list[Candidate]:
    """Everybody on the register about whom something moved, in the order of the agenda. Two statements."""
    last = before(meeting, at)
    asked = values_of(me) | {
        "area": meeting.icb_id, "listing": meeting.listing, "meeting": meeting.pk, "since": last.opened,
        "closed": last.closed, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(MOVED, asked)
        found = [one for one in map(_candidate, cursor.fetchall()) if one.reasons]
    return sorted(found, key=lambda one: (one.place, one.family_name, one.entry_id))


def _candidate(row: Sequence[Any]) -> Candidate:
    entry, person, reference, given, family, born, colour, rated_on, proposal, new, entered, back, was, *more = row
    look, turned, still, admitted, discharged, notices, events, carried, emergencies = more
    moved = Moved(
        colour=colour,
        colour_before=was or "",
        rated_on=rated_on,
        proposal=proposal,
        new_on=entered if new else None,
        came_back=back,
        turned_late=_late(_list(turned)),
        still_late=_late(_list(still)),
        look_late_since=_day(look),
        admitted=tuple(_days(admitted)),
        discharged=tuple(_days(discharged)),
        notices=tuple((_known_day(at), NOTICES[kind]) for at, kind in _list(notices)),
        events=tuple(
            (_known_day(at), str(LifeEvent.Kind(kind).label), TOPIC_NAME[number]) for at, kind, number in _list(events)
        ),
        carried=_carried(_list(carried)),
        emergencies=tuple(
            (_known_day(at), EmergencyMeeting.Outcome(how).label.lower()) for at, how in _list(emergencies)
        ),
    )
    name = f"{given} {family}".strip()
    place, why = place_on_agenda(moved), reasons_for(moved)
    return Candidate(entry, person, reference, name, family, born, colour, place, why)


def _late(found: Sequence[Any]) -> Late | None:
    if not found or not found[0]:
        return None
    (since, what, topic), many = found
    return Late(_known_day(since), what, TOPIC_NAME[topic], many)


def _carried(found: Sequence[Any]) -> str:
    """How the meeting before left them; '' where it talked about them."""
    if not found or found[0] == "discussed":
        return ""
    state, meeting, because = found
    if state == "left":
        return text.LEFT.format(because=because or "no reason was given")
    return text.CALLED_OFF if meeting == "called_off" else text.NOT_REACHED


def _list(value: Any) -> list[Any]:
    return (json.loads(value) if isinstance(value, str) else value) or []


def _days(values: Any) -> Iterator[date]:
    return (_known_day(at) for at in _list(values))


def _known_day(at: str | datetime) -> date:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(LONDON).date()


def _day(at: datetime | None) -> date | None:
    return _known_day(at) if at else None
