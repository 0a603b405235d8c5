"""The best takers for everybody at once: the same joint plan as for a waiting list. A person looks at each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from alongside.features.keyworking.caseloads import CaseloadRules, Member, caseload_rules_of, list_team
from alongside.features.keyworking.handing_over.operations import begun_one, check_absence, choose_taker
from alongside.features.keyworking.handing_over.queries import Line, adds_of, list_lines
from alongside.features.keyworking.models import HandOver
from alongside.features.keyworking.proposing import say_why_not
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import Keyworker, fit_of, propose
from alongside.policy.counting import local_day

#: The page waits for it.
SECONDS = 4


def propose_takers(note: Notes, *, by: Me, hand_over: HandOver) -> int:
    """Fills in a taker for everybody who has none. How many; raises NotNow when nobody has room for anybody."""
    hand_over = begun_one(hand_over.pk)
    today = local_day(note.at)
    rules = caseload_rules_of(hand_over.icb)
    lines = list_lines(by, hand_over, rules, today)
    alone = {line.person_id: line for line in lines if not line.row.taker_id and not line.row.ends}
    team = _takers(hand_over, lines, rules, today)
    plan = propose([line.need(rules, today) for line in alone.values()], team, seconds=SECONDS)
    chosen = 0
    for person_id, worker_id in plan.places.items():
        if worker_id is None:
            continue
        try:
            choose_taker(note, by=by, line=alone[person_id].row, taker_id=worker_id)
            chosen += 1
        except (NotNow, Refused):
            # Away on that day, or the work beside it is too much: a person chooses.
            continue
    if not chosen:
        raise NotNow(
            "nobody", "Nobody who has room could take them. Choose one by one; a manager may go beyond limits."
        )
    return chosen


def _takers(hand_over: HandOver, lines: list[Line], rules: CaseloadRules, today: date) -> list[Keyworker]:
    """The team without whoever hands over, with what they take already."""
    taken: dict[int, int] = {}
    for line in lines:
        if line.row.taker_id:
            taken[line.row.taker_id] = taken.get(line.row.taker_id, 0) + line.need(rules, today).halves
    return [
        replace(member.keyworker, held=member.caseload.halves + taken.get(member.actor.pk, 0))
        for member in _colleagues(hand_over, list_team(hand_over.icb, today, rules))
    ]


def _colleagues(hand_over: HandOver, team: Iterable[Member]) -> list[Member]:
    return [member for member in team if member.is_proposed and member.actor.pk != hand_over.worker_id]


def why_nobody(
    hand_over: HandOver, lines: Sequence[Line], team: Iterable[Member], rules: CaseloadRules, today: date
) -> dict[int, list[str]]:
    """Of each line (by its row) for which no colleague can be proposed: what keeps all of them, in sentences.

    By what they hold with those whom they take already, and by who is there on the day.
    """
    colleagues = _colleagues(hand_over, team)
    absent = {member.actor.pk: _absence(hand_over, member) for member in colleagues}
    taken: dict[int, int] = {}
    for line in lines:
        if line.row.taker_id:
            taken[line.row.taker_id] = taken.get(line.row.taker_id, 0) + adds_of(line, hand_over, rules)
    found = {}
    for line in lines:
        if line.row.taker_id or line.row.ends:
            continue
        need = line.need(rules, today)
        need = replace(need, halves=max(need.halves, adds_of(line, hand_over, rules)))
        fits = []
        for member in colleagues:
            held = member.caseload.halves + taken.get(member.actor.pk, 0)
            fit = fit_of(need, replace(member.keyworker, held=held))
            fits.append((member, replace(fit, stopped=fit.stopped + absent[member.actor.pk])))
        if sentences := say_why_not(fits):
            found[line.row.pk] = sentences
    return found


def _absence(hand_over: HandOver, member: Member) -> tuple[str, ...]:
    try:
        check_absence(hand_over, member)
    except NotNow as problem:
        return (problem.sentence,)
    return ()
