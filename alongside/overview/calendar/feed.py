"""What stands in the calendar: one line for each day and person on which something is due, each appointment, and each
register meeting that somebody runs or was asked to."""

from datetime import datetime

from django.db.models import Q

from alongside.features.keyworking.contacts.calendar import AHEAD, BACK, MOST, Entry, planned
from alongside.features.register.models import Meeting
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.overview.models import Duty


def read_entries(me: Me, at: datetime) -> tuple[list[Entry], list[int]]:
    """(lines, the people in them). Three statements. What is late stands on today, so that it is not overlooked."""
    rows = planned(me, at)
    duties = (
        Duty.objects.visible_to(me)
        .filter(owner_actor_id=me.id, due__lt=at + AHEAD, shows_from__lte=at + AHEAD)
        .exclude(ends_at__lte=at)
        .exclude(late_from=None)
        .order_by("due", "id")
        .values_list("due", "person_id", "person__reference")[:MOST]
    )
    today = at.astimezone(LONDON).date()
    many: dict[tuple[object, int | None, str], int] = {}
    for due, person_id, reference in duties:
        key = (max(due.astimezone(LONDON).date(), today), person_id, reference or "")
        many[key] = many.get(key, 0) + 1
    lines = [entry for _, entry in rows]
    # By time alone: the feed lies on other people's servers.
    found = list_my_meetings(me, at - BACK, at + AHEAD)
    lines += [Entry(f"meeting-{one.pk}", "Meeting", one.starts_at, one.minutes) for one in found]
    for (day, person_id, reference), count in many.items():
        says = f"Due: {reference}" if reference else "Due"
        says += f" ({count})" if count > 1 else ""
        lines.append(Entry(f"due-{day:%Y%m%d}-{person_id or 0}", says, day))  # type: ignore[arg-type]
    return lines, sorted({number for number, _ in rows} | {key[1] for key in many if key[1] is not None})


def list_my_meetings(me: Me, since: datetime, until: datetime) -> list[Meeting]:
    """Register meetings that one chairs or was sent the agenda of; not those that were called off."""
    asked = Q(attendances__actor_id=me.id, attendances__asked_at__isnull=False)
    rows = Meeting.objects.filter(asked | Q(chair_id=me.id), icb_id__in={held.area for held in me.roles})
    rows = rows.exclude(state=Meeting.State.CALLED_OFF).filter(starts_at__gte=since, starts_at__lt=until)
    return list(rows.distinct().order_by("starts_at", "pk")[:MOST])
