"""Naming officers and deputies, their absence, their end. Each is called inside `recording()`.

Whose an escalation is follows at once (`following.py`).
"""

from dataclasses import dataclass
from datetime import date

from alongside.features.escalation.access import NAMES_OFFICERS
from alongside.features.escalation.models import Officer, OfficerAbsence
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words, local_day

#: What is due about an area's officers; its number is the area's.
MATTER = "officers"


def name_officer(
    note: Notes,
    *,
    by: Me,
    icb: Organisation,
    agency: str,
    level: int,
    deputy: bool,
    from_date: date,
    actor: Actor | None = None,
    name: str = "",
    post: str = "",
    place: str = "",
    reach: str = "",
    phone: str = "",
) -> Officer:
    """actor: who has an account here; else one is written down with this name and post. A deputy comes after others.

    A new officer takes the place of the one before from that day. Raises Refused, NotNow.
    """
    _check(by, icb.pk)
    who = actor or _write_down(name, post)
    before = Officer.objects.filter(icb=icb, agency=agency, level=level, to_date=None)
    if deputy:
        rank = max(before.values_list("rank", flat=True), default=1) + 1
    else:
        rank = 1
        for old in before.filter(rank=1):
            _end_before(note, old, from_date)
    made = Officer.objects.create(
        icb=icb,
        agency=agency,
        level=level,
        rank=rank,
        actor=who,
        place=place[:200] or (who.organisation.name if who.organisation else icb.name),
        reach=reach[:120],
        phone=phone[:40],
        from_date=from_date,
        named_by_id=by.id,
        named_at=note.at,
    )
    as_what = "deputy" if deputy else "officer"
    said = f"{who.name} was named {as_what} for {made.get_agency_display().lower()}, level {level}"
    _say(note, made, "officer.named", f"{said}, from {day_in_words(from_date)}.")
    return made


def _end_before(note: Notes, old: Officer, from_date: date) -> None:
    """The day before the next one begins; one who had not begun by then never was."""
    if old.from_date >= from_date:
        raise NotNow("from_date", f"{old.actor.name} is named from {day_in_words(old.from_date)}. Choose a later day.")
    old.to_date = date.fromordinal(from_date.toordinal() - 1)
    old.save(update_fields=["to_date"])
    _say(note, old, "officer.ended", f"{old.actor.name} is officer until {day_in_words(old.to_date)}.")


def end_officer(note: Notes, *, by: Me, officer: Officer, last: date) -> None:
    """Their last day. Raises NotNow for a day before they began, and when it has ended already."""
    _check(by, officer.icb_id)
    if officer.to_date is not None and officer.to_date < local_day(note.at):
        raise NotNow("ended", "They are not named any more.")
    if last < officer.from_date:
        raise NotNow("last", "Choose a day after they began.")
    officer.to_date = last
    officer.save(update_fields=["to_date"])
    _say(note, officer, "officer.ended", f"{officer.actor.name} is named until {day_in_words(last)}.")


def say_away(note: Notes, *, by: Me, officer: Officer, first: date, last: date | None) -> OfficerAbsence:
    """Their deputy is asked meanwhile. Their own absence an officer says too. Raises NotNow for a last day before."""
    if by.id != officer.actor_id:
        _check(by, officer.icb_id)
    if last is not None and last < first:
        raise NotNow("last", "The last day can't be before the first day.")
    with context.as_engine():
        made = OfficerAbsence.objects.create(
            icb_id=officer.icb_id, officer=officer, from_date=first, to_date=last, made_by_id=by.id, made_at=note.at
        )
    until = f" to {day_in_words(last)}" if last else ", until further notice"
    _say(note, officer, "officer.away", f"{officer.actor.name} is away from {day_in_words(first)}{until}.")
    return made


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who decides instead of an officer who is away: an actor with an account, or a name and how they are reached."""

    actor: Actor | None = None
    name: str = ""
    post: str = ""
    reach: str = ""
    phone: str = ""


def say_own_away(
    note: Notes, *, by: Me, officer: Officer, first: date, last: date | None, stand_in: StandIn | None = None
) -> OfficerAbsence:
    """An officer's own absence, and a deputy for those days. Raises Refused for another's, NotNow without a name."""
    if by.id != officer.actor_id:
        raise Refused("not_yours", "You write down your own absence here. Others are written down under Who decides.")
    made = say_away(note, by=by, officer=officer, first=first, last=last)
    if stand_in is not None:
        _add_deputy(note, officer, stand_in, first, last)
    return made


def _add_deputy(note: Notes, officer: Officer, stand_in: StandIn, first: date, last: date | None) -> None:
    who = stand_in.actor or _write_down(stand_in.name, stand_in.post)
    if who.pk == officer.actor_id:
        raise NotNow("who", "Choose somebody else than yourself.")
    with context.as_engine():
        beside = Officer.objects.filter(icb=officer.icb_id, agency=officer.agency, level=officer.level)
        made = Officer.objects.create(
            icb_id=officer.icb_id,
            agency=officer.agency,
            level=officer.level,
            rank=max(beside.values_list("rank", flat=True), default=1) + 1,
            actor=who,
            place=who.organisation.name if who.organisation else officer.place,
            reach=stand_in.reach[:120],
            phone=stand_in.phone[:40],
            from_date=first,
            to_date=last,
            named_by_id=note.by.id,
            named_at=note.at,
        )
    until = f" to {day_in_words(last)}" if last else ", until further notice"
    said = f"{who.name} stands in for {officer.actor.name}, level {officer.level}"
    _say(note, made, "officer.named", f"{said}, from {day_in_words(first)}{until}.")


def end_absence(note: Notes, *, by: Me, absence: OfficerAbsence, last: date) -> None:
    """They are back the day after `last`. Raises NotNow for a day before the absence began."""
    if last < absence.from_date:
        raise NotNow("last", "The last day can't be before the first day.")
    if by.id != absence.officer.actor_id:
        _check(by, absence.icb_id)
    with context.as_engine():
        absence.to_date = last
        absence.save(update_fields=["to_date"])
    _say(note, absence.officer, "officer.back", f"{absence.officer.actor.name} is away until {day_in_words(last)}.")


def _check(by: Me, icb_id: int) -> None:
    if not by.holds_in(icb_id, *NAMES_OFFICERS):
        raise Refused("may_not_name", "Officers are named by the keyworking manager or the register team of this area.")


def _write_down(name: str, post: str) -> Actor:
    if not name.strip():
        raise NotNow("name", "Write their name.")
    known = {"name": name.strip()[:120], "post": post.strip()[:120], "organisation": None, "kind": Actor.Kind.PERSON}
    with context.as_engine():
        about = {"about": "Decides on escalations; has no account"}
        return Actor.objects.create(**about, **known)


def _say(note: Notes, row: Officer, code: str, words: str) -> None:
    note(code, words=words, icb_id=row.icb_id, subject="officer", subject_id=row.pk)
    note.matter(MATTER, row.icb_id)
