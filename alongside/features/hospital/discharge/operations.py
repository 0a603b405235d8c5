"""The discharge plan of a stay, from its first day. Each is called inside `recording()`."""

from datetime import date, datetime, time
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action
from alongside.features.hospital.discharge import text
from alongside.features.hospital.discharge.queries import newest_date, newest_plan
from alongside.features.hospital.models import (
    DischargeCondition,
    DischargeDate,
    DischargeMeeting,
    DischargePlan,
    HeadingMark,
    Stay,
)
from alongside.features.people.ended import check_living
from alongside.features.people.operations import correct_fact, record_fact
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words, local_day

LEAD = ("lead_name", "lead_post", "lead_organisation", "lead_reach")


def hold(stay: Stay) -> Stay:
    """The stay as it is now; nobody else writes about it until the act is done."""
    return Stay.objects.select_for_update(of=("self",)).get(pk=stay.pk)


def check_there(stay: Stay) -> None:
    """Raises NotNow when they have left, or died. The stay is held until the act is done."""
    if hold(stay).discharged_at is not None:
        raise NotNow("has_left", text.HAS_LEFT)
    check_living(stay.person)


def check_in_stay(stay: Stay, on: date) -> None:
    """Raises NotNow for a day before the admission."""
    admitted = local_day(stay.admitted_at)
    if on < admitted:
        raise NotNow("before_stay", text.NOT_BEFORE_ADMISSION.format(day=day_in_words(admitted)))


def about_stay(note: Notes, model: Any, stay: Stay, *, words: str, code: str, **values: Any) -> Any:
    """One fact about a stay."""
    person = stay.holder
    return record_fact(note, model, person=person, topic=Topic.HOSPITAL, words=words, code=code, stay=stay, **values)


def write_plan(
    note: Notes, *, stay: Stay, seen: int, where_to: str = "", they_say: str = "", **lead: str
) -> DischargePlan:
    """Who leads it and where they are to go. seen: the number of the plan that was read, 0 for none.

    Raises NotNow after they left, or when somebody changed it meanwhile.
    """
    check_there(stay)
    before = newest_plan(stay)
    if seen != (before.pk if before else 0):
        raise NotNow("stale", text.STALE)
    values: dict[str, Any] = {"where_to": where_to, "they_say": they_say, **{name: lead[name] for name in LEAD}}
    words = f"{lead['lead_name']}, {lead['lead_organisation']}, leads the discharge."
    if before is not None:
        return correct_fact(note, before, words=words, happened_at=note.at, **values)
    return about_stay(note, DischargePlan, stay, words=words, code="discharge_plan.begun", **values)


def mark_heading(
    note: Notes, *, stay: Stay, heading: str, standing: str, known: str, seen: int | None = None
) -> HeadingMark:
    """What is known under one heading. seen: the newest mark of the plan when the form was opened, 0 for none."""
    check_there(stay)
    if seen is not None and HeadingMark.objects.filter(stay=stay, heading=heading, pk__gt=seen).exists():
        raise NotNow("stale", text.STALE)
    words = f"Discharge plan, {text.heading_words(heading)}: {HeadingMark.Standing(standing).label.lower()}."
    code = "discharge_plan.heading"
    values = {"heading": heading, "standing": standing, "known": known}
    return about_stay(note, HeadingMark, stay, words=words, code=code, **values)


def say_date(note: Notes, *, stay: Stay, expected_on: date | None, because: str, seen: int) -> DischargeDate:
    """When they are expected to leave; without a day, why nobody can say. seen: the date that was read, 0 for none.

    Raises NotNow for a day that has passed, and for one that moved without a reason.
    """
    check_there(stay)
    before = newest_date(stay)
    if seen != (before.pk if before else 0):
        raise NotNow("stale", text.STALE)
    today = local_day(note.at)
    if expected_on is not None and expected_on < today:
        raise NotNow("past", text.NOT_PAST)
    moved = before is not None and before.expected_on is not None and before.expected_on != expected_on
    if moved and not because.strip():
        raise NotNow("because", text.WHY_MOVED)
    if expected_on is None:
        words = f"No date of discharge can be said: {because}"
    else:
        words = f"Expected to leave hospital on {day_in_words(expected_on)}" + (f": {because}" if because else ".")
    values = {"expected_on": expected_on, "because": because}
    made: DischargeDate = about_stay(note, DischargeDate, stay, words=words, code="discharge_date.said", **values)
    return made


def agree_condition(
    note: Notes,
    *,
    by: Me,
    stay: Stay,
    heading: str,
    what: str,
    owner: NewOwner,
    due_on: date,
    how_known: str = "",
) -> DischargeCondition:
    """What has to be so before they leave, with its owner and day, in the ledger of actions."""
    check_there(stay)
    action = agree_action(
        note,
        by=by,
        person=stay.person,
        topic=Topic.HOSPITAL,
        what=what,
        owner=owner,
        due_on=due_on,
        origin=Action.Origin.DISCHARGE,
        origin_id=stay.pk,
        how_known=how_known,
    )
    words = f"Before they leave hospital: {what}"
    return about_stay(
        note, DischargeCondition, stay, words=words, code="discharge_condition.agreed", heading=heading, action=action
    )


def record_meeting(
    note: Notes,
    *,
    stay: Stay,
    held_on: date,
    who_came: str,
    young_person_came: bool,
    family_came: bool,
    agreed: str,
    next_on: date | None = None,
) -> DischargeMeeting:
    """A meeting about the discharge. Raises NotNow for one before the admission or still to come."""
    check_in_stay(stay, held_on)
    if held_on > local_day(note.at):
        raise NotNow("future", "A meeting that is still to come can’t be written up yet.")
    at: datetime = max(stay.admitted_at, min(datetime.combine(held_on, time(12), LONDON), note.at))
    return about_stay(
        note,
        DischargeMeeting,
        stay,
        words="A meeting about leaving hospital was held.",
        code="discharge_meeting.held",
        happened_at=at,
        who_came=who_came,
        young_person_came=young_person_came,
        family_came=family_came,
        agreed=agreed,
        next_on=next_on,
    )
