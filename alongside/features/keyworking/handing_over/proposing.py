"""The best takers for everybody at once: the same joint plan as for a waiting list. A person looks at each."""

from dataclasses import replace
from datetime import date

from alongside.features.keyworking.caseloads import CaseloadRules, caseload_rules_of, list_team
from alongside.features.keyworking.handing_over.operations import begun_one, choose_taker
from alongside.features.keyworking.handing_over.queries import Line, list_lines
from alongside.features.keyworking.models import HandOver
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import Keyworker, propose
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
        for member in list_team(hand_over.icb, today, rules)
        if member.is_proposed and member.actor.pk != hand_over.worker_id
    ]
