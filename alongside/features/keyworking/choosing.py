"""Naming a keyworker after looking: room, training, and what a person decided about a proposal.

Each operation is called inside `recording()`. What stands in the way is said in a sentence; a manager goes beyond a
hard limit with a reason that is kept.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from alongside.features.keyworking.caseloads import Member
from alongside.features.keyworking.models import Allocation, ProposedPlace
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import CaseloadRules, in_points
from alongside.policy.allocation.caseload import BESIDE

#: One naming at a time for each keyworker, or two would each see the same room.
LOCK = 7_301


def lock_caseload(worker_id: int) -> None:
    """Waits for whoever names the same keyworker now. Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, worker_id % 2**31])


def choose_keyworker(
    note: Notes,
    *,
    by: Me,
    person: Person,
    member: Member,
    colour: str,
    rules: CaseloadRules,
    part: str,
    from_date: date,
    because: str = "",
    over_limit_because: str = "",
) -> Allocation:
    """Names a keyworker, co-worker or cover. Call `lock_caseload` before reading the team.

    Raises NotNow while required training is missing, and Refused beyond the hard limit unless a manager says why.
    """
    over = check_may_take(by, person.icb_id, member, part, rules.halves_of(colour, from_date, part), over_limit_because)
    made = allocate(
        note,
        person=person,
        worker=member.actor,
        part=part,
        from_date=from_date,
        because=because,
        over_limit_because=over_limit_because if over else "",
    )
    if part == Allocation.Part.DESIGNATED:
        _close_proposals(note, made, because)
    return made


def check_may_take(by: Me, icb_id: int, member: Member, part: str, adds: int, over_limit_because: str) -> bool:
    """Whether so many halves of a point bring this keyworker beyond their hard limit.

    Raises NotNow while required training is missing, and Refused beyond the limit unless a manager says why.
    """
    if member.missing and part not in BESIDE:
        courses = " and ".join(member.missing)
        raise NotNow(
            "untrained",
            f"{member.actor.name} can't be given anybody yet: {courses} is missing or out of date. "
            "Record the training, or choose somebody else.",
        )
    then = member.caseload.halves + adds
    if then <= member.limits.most:
        return False
    _check_override(by, icb_id, member, then, over_limit_because)
    return True


def _check_override(by: Me, icb_id: int, member: Member, then: int, because: str) -> None:
    limit = f"{member.actor.name} would hold {in_points(then)} points; the limit is {in_points(member.limits.most)}."
    if not by.holds_in(icb_id, Role.MANAGER):
        raise Refused("over_limit", f"{limit} Choose somebody else, or ask a keyworking manager.")
    if not because.strip():
        raise Refused("over_limit", f"{limit} Choose somebody else, or say why it has to be them.")


def _close_proposals(note: Notes, made: Allocation, because: str) -> None:
    """What had been proposed for this person and not been decided is decided by this."""
    for place in ProposedPlace.objects.filter(person_id=made.person_id, decision=ProposedPlace.Decision.OPEN):
        taken = place.worker_id == made.worker_id
        place.decision = ProposedPlace.Decision.TAKEN if taken else ProposedPlace.Decision.OTHER
        place.decided_by_id, place.decided_at = note.by.id, note.at
        place.decided_because = because[:300] or ("" if taken else "Named on the person's own page")
        # A person may have been in several plans; the last one is the one that was read.
        place.allocation = made if not ProposedPlace.objects.filter(allocation=made).exists() else None
        place.save(update_fields=["decision", "decided_by", "decided_at", "decided_because", "allocation"])


def find_member(team: Sequence[Member], worker_id: int) -> Member:
    """The keyworker with this id. Raises NotNow for somebody who isn't in the team any more."""
    for member in team:
        if member.actor.pk == worker_id:
            return member
    raise NotNow("not_in_team", "They do not work as a keyworker here now. Choose somebody else.")


def leave_waiting(note: Notes, *, place: ProposedPlace, because: str) -> None:
    """Somebody decided against what was proposed; the person waits on, with the reason kept."""
    place.decision = ProposedPlace.Decision.LEFT
    place.decided_by_id, place.decided_at, place.decided_because = note.by.id, note.at, because[:300]
    place.save(update_fields=["decision", "decided_by", "decided_at", "decided_because"])
    note(
        "proposal.left",
        words=f"A proposed keyworker was not taken up: {because}",
        person_id=place.person_id,
        icb_id=place.recorded_icb_id,
        topic=place.topic,
        subject="proposedplace",
        subject_id=place.pk,
    )
