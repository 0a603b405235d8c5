"""The on-call rota: the manager names people and takes them off. Called inside `recording()`."""

from datetime import date, timedelta

from alongside.features.referrals.notices.models import OnCall
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.recording.recording import Notes

#: Local default: nobody is named further ahead than this.
AHEAD = timedelta(days=366)


def latest_day(today: date) -> date:
    """The last day on which somebody can be named."""
    return today + AHEAD


def is_on_call(actor_id: int, icb_id: int, on: date) -> bool:
    return OnCall.objects.filter(actor_id=actor_id, icb_id=icb_id, from_date__lte=on, to_date__gte=on).exists()


def add(note: Notes, *, icb_id: int, actor_id: int, phone: str, from_date: date, to_date: date, by: Me) -> OnCall:
    """Somebody is on call from a day to a day. Raises NotNow where they are already, or where it is too far ahead."""
    _check(by, icb_id)
    if to_date > (last := latest_day(note.at.astimezone(LONDON).date())):
        raise NotNow("too_far", f"Nobody is named more than a year ahead. Choose {day(last)} or an earlier day.")
    same = OnCall.objects.filter(icb_id=icb_id, actor_id=actor_id, from_date__lte=to_date, to_date__gte=from_date)
    if same.exists():
        raise NotNow("on_call", "They are on call already on one of these days. Choose other days, or take that off.")
    made = OnCall.objects.create(
        icb_id=icb_id,
        actor_id=actor_id,
        phone=phone,
        from_date=from_date,
        to_date=to_date,
        added_by_id=by.id,
        added_at=note.at,
    )
    note("on_call.added", words="Somebody was named on call.", icb_id=icb_id, subject="on_call", subject_id=made.pk)
    return made


def remove(note: Notes, *, on_call: OnCall, by: Me) -> None:
    """Takes somebody off the list. What it said stays in the history."""
    _check(by, on_call.icb_id)
    number = on_call.pk
    if not OnCall.objects.filter(pk=number).delete()[0]:
        raise NotNow("gone", "They are off the list already.")
    words = "Somebody was taken off the on-call list."
    note("on_call.removed", words=words, icb_id=on_call.icb_id, subject="on_call", subject_id=number)


def _check(by: Me, icb_id: int) -> None:
    if not by.holds_in(icb_id, Role.MANAGER):
        raise Refused("not_manager", "The on-call list is kept by the manager of the keyworking service.")
