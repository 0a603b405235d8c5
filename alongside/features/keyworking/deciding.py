"""A person confirms lines of a plan, or overrules them with a reason. Called inside `recording()`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from alongside.features.keyworking.caseloads import Caseload, Member, caseload_rules_of, list_team
from alongside.features.keyworking.choosing import choose_keyworker, find_member, leave_waiting, lock_caseload
from alongside.features.keyworking.models import Allocation, ProposedPlace
from alongside.features.keyworking.waiting import Waiting, list_waiting
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes


def confirm_places(note: Notes, *, by: Me, icb: Organisation, lines: Sequence[ProposedPlace], today: date) -> None:
    """Each line becomes an allocation from today, all or none.

    Raises NotNow for somebody who does not wait any more, and as `choose_keyworker` does where the caseloads changed.
    """
    for worker_id in sorted({line.worker_id for line in lines if line.worker_id}):
        lock_caseload(worker_id)
    rules = caseload_rules_of(icb)
    team = {member.actor.pk: member for member in list_team(icb, today, rules)}
    waiting = {one.person_id: one for one in list_waiting(by, icb, today, rules)}
    for line in lines:
        member = find_member(list(team.values()), line.worker_id or 0)
        theirs = _still_waits(waiting, line)
        choose_keyworker(
            note,
            by=by,
            person=line.person,
            member=member,
            colour=theirs.colour,
            rules=rules,
            part=Allocation.Part.DESIGNATED,
            from_date=today,
            because=" ".join(line.because)[:300],
        )
        team[member.actor.pk] = _with(member, theirs)


def overrule(
    note: Notes,
    *,
    by: Me,
    icb: Organisation,
    line: ProposedPlace,
    worker_id: int | None,
    because: str,
    over_limit_because: str,
    today: date,
) -> None:
    """Somebody else than the plan says, or nobody yet; the reason is kept beside what was proposed."""
    if worker_id is None:
        leave_waiting(note, place=line, because=because)
        return
    lock_caseload(worker_id)
    rules = caseload_rules_of(icb)
    theirs = _still_waits({one.person_id: one for one in list_waiting(by, icb, today, rules)}, line)
    choose_keyworker(
        note,
        by=by,
        person=line.person,
        member=find_member(list_team(icb, today, rules), worker_id),
        colour=theirs.colour,
        rules=rules,
        part=Allocation.Part.DESIGNATED,
        from_date=today,
        because=because,
        over_limit_because=over_limit_because,
    )


def _still_waits(waiting: dict[int, Waiting], line: ProposedPlace) -> Waiting:
    found = waiting.get(line.person_id)
    if found is None:
        raise NotNow(
            "waits_no_more", f"{line.person.shown_name} does not wait any more. Untick them and send it again."
        )
    return found


def _with(member: Member, one: Waiting) -> Member:
    """The same keyworker with one person more."""
    held = member.caseload
    more = Caseload(held.halves + one.need.halves, held.people + 1, held.colours)
    return replace(member, caseload=more)
