"""Clinically ready for discharge and still there. Each is called inside `recording()`.

Source of the codes and of what counts: policy reference 13.2 and 13.3.
"""

from datetime import date
from typing import Any

from alongside.features.hospital.discharge import text
from alongside.features.hospital.discharge.operations import about_stay, check_in_stay, check_there
from alongside.features.hospital.discharge.queries import open_period
from alongside.features.hospital.models import ReadyPeriod, Stay
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words, local_day


def begin_ready(
    note: Notes, *, stay: Stay, from_date: date, reason: str = "", body: str = "", detail: str = ""
) -> ReadyPeriod:
    """They are ready and still there from a day on; or it has another cause from that day on.

    What stood before ends as this begins, so that each night has one cause. A reason for a period that has none yet is
    written into it. Raises NotNow for a day that can't be, and where nothing is new.
    """
    check_there(stay)
    check_in_stay(stay, from_date)
    if from_date > local_day(note.at):
        raise NotNow("future", "The day can’t be in the future.")
    before = open_period(stay, lock=True)
    if before is not None:
        if from_date < before.from_date:
            since = day_in_words(before.from_date)
            raise NotNow("before_last", f"The last one began on {since}. Give that day or a later one, or withdraw it.")
        if (before.reason, before.body, before.detail) == (reason, body, detail):
            raise NotNow("same", text.SAME_CAUSE)
        if from_date == before.from_date:
            return _say_why(note, before, reason, body, detail)
        before.to_date = from_date
        before.save(update_fields=["to_date"])
    words = f"Clinically ready for discharge since {day_in_words(from_date)}, and still there. {_cause(reason, body)}"
    values: dict[str, Any] = {"from_date": from_date, "reason": reason, "body": body, "detail": detail}
    return about_stay(note, ReadyPeriod, stay, words=words, code="ready.began", **values)


def _say_why(note: Notes, period: ReadyPeriod, reason: str, body: str, detail: str) -> ReadyPeriod:
    period.reason, period.body, period.detail = reason, body, detail
    period.save(update_fields=["reason", "body", "detail"])
    note.of("ready.explained", period, words=f"Why they are still in hospital was written down. {_cause(reason, body)}")
    return period


def _cause(reason: str, body: str) -> str:
    return f"{text.reason_words(reason)}: {text.body_words(body)}." if reason else f"{text.reason_words('')}."


def end_ready(note: Notes, *, stay: Stay, on: date) -> ReadyPeriod:
    """They are not ready any more, or have left: the night that begins on this day no longer counts."""
    period = open_period(stay, lock=True)
    if period is None:
        raise NotNow("none", text.NO_PERIOD)
    if on < period.from_date:
        raise NotNow("before_start", f"It began on {day_in_words(period.from_date)}. Give that day or a later one.")
    if on > local_day(note.at):
        raise NotNow("future", "The day can’t be in the future.")
    period.to_date = on
    period.save(update_fields=["to_date"])
    note.of("ready.ended", period, words=f"No longer delayed since {day_in_words(on)}.")
    return period


def withdraw_ready(note: Notes, *, period: ReadyPeriod, because: str) -> ReadyPeriod:
    """It was wrong: it never counts, and stays to be read."""
    now = ReadyPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if now.withdrawn_because:
        raise NotNow("withdrawn", text.NO_PERIOD)
    now.withdrawn_because = because
    now.save(update_fields=["withdrawn_because"])
    note.of("ready.withdrawn", now, words=f"A time of being ready and still there was withdrawn: {because}")
    return now
