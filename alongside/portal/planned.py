"""What is planned with the young person, as the family reads it: when, how, with whom and where."""

from dataclasses import dataclass
from datetime import date, datetime, time

from alongside.features.keyworking.models import Appointment, Way
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import clock_time
from alongside.portal import words
from alongside.portal.promises import promises
from alongside.portal.reading import Mine

#: So many stand on a page.
MOST = 10

#: What will happen, to the young person and to their family.
HOW: dict[Way, tuple[str, str]] = {
    Way.VISIT: ("{worker} comes to see you", "{worker} comes to see {name}"),
    Way.PHONE: ("{worker} calls you", "{worker} calls"),
    Way.VIDEO: ("A video call with {worker}", "A video call with {worker}"),
    Way.TEXT: ("{worker} writes to you", "{worker} writes"),
    Way.MEETING: ("A meeting with {worker}", "A meeting with {worker}"),
}


@dataclass(frozen=True)
class Planned:
    """One line: what, on which day and when in words; who else comes, where; or that it does not happen, and why."""

    day: date
    when: str
    what: str
    others: str = ""
    where: str = ""
    off: bool = False
    because: str = ""


def planned(mine: Mine, at: datetime) -> list[Planned]:
    """What they were told of, from today on, also what was called off. Nothing to whoever may not know where they live.

    The database says the same once more (`AppointmentRows`): a time and a place lead to the young person.
    """
    if not mine.told_where:
        return []
    rows = (
        Appointment.objects.visible_to(mine.me)
        .filter(person=mine.person, superseded_by=None, contact=None, told=True)
        .filter(starts_at__gte=datetime.combine(mine.today, time(), LONDON))
        .select_related("worker")
        .order_by("starts_at", "pk")[:MOST]
    )
    return [_line(mine, row) for row in rows]


def _line(mine: Mine, row: Appointment) -> Planned:
    on = row.starts_at.astimezone(LONDON).date()
    to_self, to_family = HOW[Way(row.way)]
    return Planned(
        day=on,
        when=f"{words.day_of_week(on)} at {clock_time(row.starts_at)}",
        what=(to_self if mine.own else to_family).format(worker=row.worker.name, name=mine.name),
        others=row.others,
        where=row.where,
        off=row.called_off_at is not None,
        because=row.called_off_because,
    )


def dates_of_plan(mine: Mine, at: datetime, review_on: date | None) -> list[Planned]:
    """The calendar of a plan, by day: what is planned, what others promised, when it is looked at again."""
    if not mine.told_where:
        return []
    found = planned(mine, at)
    for one in promises(mine):
        if not one["over"] and one["by"] >= mine.today:
            what = f"{one['what'].rstrip('.')}. {one['who']} does this by then"
            found.append(Planned(one["by"], words.day_of_week(one["by"]), what))
    if review_on:
        found.append(Planned(review_on, words.day_of_week(review_on), "We look at the plan again"))
    return sorted(found, key=lambda one: one.day)[:MOST]
