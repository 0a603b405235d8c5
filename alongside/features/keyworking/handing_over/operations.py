"""A hand-over from the first word to the last: begun, prepared person by person, agreed, called off.

Each is called inside `recording()` by somebody who runs the team. How it takes effect is `effect.py`.
"""

from datetime import date, timedelta
from typing import Any

from alongside.features.keyworking.caseloads import CaseloadRules, Member, caseload_rules_of, list_team
from alongside.features.keyworking.choosing import check_may_take, find_member, lock_caseload
from alongside.features.keyworking.handing_over import text
from alongside.features.keyworking.handing_over.queries import Line, adds_of, list_lines, open_allocations, unsettled
from alongside.features.keyworking.handing_over.work import list_open_work
from alongside.features.keyworking.models import Allocation, HandOver, HandOverLine, KeyworkerProfile, Leave
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words, local_day

MATTER = "hand_over"
ONE_DAY = timedelta(days=1)


def begin_hand_over(
    note: Notes, *, icb: Organisation, worker: Actor, reason: str, from_date: date, to_date: date | None = None
) -> HandOver:
    """Begins it with a line for each person they hold. Leave is written down, and whoever leaves takes nobody new.

    Raises NotNow while another one of theirs is under way.
    """
    if HandOver.objects.filter(icb=icb, worker=worker, state__in=("begun", "agreed")).exists():
        raise NotNow("under_way", f"A hand-over from {worker.name} is under way already. Finish it or call it off.")
    if reason == HandOver.Reason.LEAVE:
        _leave(icb, worker, from_date, to_date)
    else:
        profile, _ = KeyworkerProfile.objects.get_or_create(icb=icb, worker=worker)
        profile.leaves_on = from_date - ONE_DAY
        profile.version += 1
        profile.save(update_fields=["leaves_on", "version"])
    begun = HandOver.objects.create(
        icb=icb,
        worker=worker,
        reason=reason,
        from_date=from_date,
        to_date=to_date if reason == HandOver.Reason.LEAVE else None,
        begun_by_id=note.by.id,
        begun_at=note.at,
    )
    add_missing_lines(note, begun)
    words = f"A hand-over from {worker.name} was begun, for {day_in_words(from_date)}."
    note("hand_over.begun", words=words, icb_id=icb.pk, hand_over=begun.pk)
    note.matter(MATTER, begun.pk)
    return begun


def _leave(icb: Organisation, worker: Actor, first: date, last: date | None) -> None:
    """The leave itself, unless it is written down already."""
    there = Leave.objects.filter(icb=icb, worker=worker, from_date__lte=last or date.max)
    if not any(row.to_date is None or row.to_date >= first for row in there):
        Leave.objects.create(icb=icb, worker=worker, from_date=first, to_date=last)


def add_missing_lines(note: Notes, hand_over: HandOver) -> int:
    """A line for everybody they hold by now and who has none: also for those whom this reader can't see. How many."""
    with context.as_engine():
        listed = set(hand_over.lines.values_list("allocation_id", flat=True))
        new = [row for row in open_allocations(hand_over) if row.pk not in listed]
        HandOverLine.objects.bulk_create(
            HandOverLine(
                hand_over=hand_over,
                allocation=row,
                person_id=row.person_id,
                topic=Topic.KEYWORKING,
                recorded_icb_id=hand_over.icb_id,
                recorded_by_id=note.by.id,
                recorded_at=note.at,
                happened_at=note.at,
            )
            for row in new
        )
    return len(new)


def choose_taker(
    note: Notes,
    *,
    by: Me,
    line: HandOverLine,
    taker_id: int,
    because: str = "",
    over_limit_because: str = "",
    beside_until: date | None = None,
) -> None:
    """Who takes one person. Raises NotNow and Refused as naming a keyworker does."""
    hand_over = begun_one(line.hand_over_id)
    if taker_id == hand_over.worker_id:
        raise NotNow("same", f"{hand_over.worker.name} is who hands over. Choose somebody else.")
    today = local_day(note.at)
    rules = caseload_rules_of(hand_over.icb)
    member = find_member(list_team(hand_over.icb, today, rules), taker_id)
    lines = list_lines(None, hand_over, rules, today)
    own = next((one for one in lines if one.row.pk == line.pk), None)
    if own is None:
        gone = (
            f"{hand_over.worker.name} doesn’t work with them any more, so nobody has to take over. Load the page again."
        )
        raise NotNow("gone", gone)
    others = sum(adds_of(one, hand_over, rules) for one in lines if one.row.taker_id == taker_id and one is not own)
    check_absence(hand_over, member)
    over = check_may_take(
        by, hand_over.icb_id, member, own.part, others + adds_of(own, hand_over, rules), over_limit_because
    )
    line.taker, line.ends, line.because, line.beside_until = member.actor, False, because, beside_until
    line.over_limit_because = over_limit_because if over else ""
    line.save(update_fields=["taker", "ends", "because", "beside_until", "over_limit_because"])
    note.of("hand_over.taker_chosen", line, words=f"{member.actor.name} was chosen to take over.")


def check_absence(hand_over: HandOver, member: Member) -> None:
    """Nobody is handed to somebody who is away or gone on that day."""
    gone = member.profile.leaves_on
    if gone and gone < (hand_over.to_date or hand_over.from_date):
        raise NotNow("leaves", f"{member.actor.name} leaves on {day_in_words(gone)}. Choose somebody else.")
    away = next((row for row in (member.away, member.next_leave) if row and _meets(row, hand_over)), None)
    if away:
        raise NotNow("away", f"{member.actor.name} is away on {day_in_words(hand_over.from_date)}. Choose another.")


def _meets(row: Leave, hand_over: HandOver) -> bool:
    return row.from_date <= hand_over.from_date and (row.to_date is None or row.to_date >= hand_over.from_date)


def end_without_taker(note: Notes, *, line: HandOverLine, because: str) -> None:
    """A co-worker or cover ends and nobody follows. Raises NotNow for a designated keyworker: somebody always does."""
    begun_one(line.hand_over_id)
    if line.allocation.part in (Allocation.Part.DESIGNATED, Allocation.Part.INCOMING):
        raise NotNow("designated", "They need a named keyworker. Choose who it is.")
    line.taker, line.ends, line.because, line.beside_until = None, True, because, None
    line.save(update_fields=["taker", "ends", "because", "beside_until"])
    note.of("hand_over.nobody_needed", line, words=f"Nobody follows as {line.allocation.part}: {because}")


def give_rest(note: Notes, *, hand_over: HandOver, to: Actor) -> None:
    """Who takes what is about nobody whom anybody takes."""
    hand_over.rest_to = to
    hand_over.save(update_fields=["rest_to"])
    note("hand_over.rest_given", words=f"{to.name} takes the other work.", icb_id=hand_over.icb_id)


def agree_hand_over(note: Notes, *, by: Me, hand_over: HandOver) -> None:
    """Everything has a taker and every family was told: cover is named ahead, and whoever comes in may meet them.

    Raises NotNow with what is missing. Nothing is left behind: a person added meanwhile is missing too.
    """
    hand_over = begun_one(hand_over.pk)
    today = local_day(note.at)
    if add_missing_lines(note, hand_over):
        raise NotNow("more_came", "They were given somebody more meanwhile. Choose who takes them too.")
    rules = caseload_rules_of(hand_over.icb)
    lines = list_lines(None, hand_over, rules, today)
    if missing := unsettled(hand_over, lines):
        raise NotNow("unsettled", " ".join(missing))
    _check_rooms(by, hand_over, lines, rules, today)
    with context.as_engine():
        for line in lines:
            if line.row.taker_id:
                _name_ahead(note, hand_over, line, today)
        hand_over.state, hand_over.agreed_by_id, hand_over.agreed_at = HandOver.State.AGREED, note.by.id, note.at
        hand_over.save(update_fields=["state", "agreed_by", "agreed_at"])
    words = f"The hand-over from {hand_over.worker.name} was agreed."
    note("hand_over.agreed", words=words, icb_id=hand_over.icb_id, hand_over=hand_over.pk)
    note.matter(MATTER, hand_over.pk)


def _check_rooms(by: Me, hand_over: HandOver, lines: list[Line], rules: CaseloadRules, today: date) -> None:
    """Each taker's room once more, as it is now. Waits for whoever names the same keyworkers."""
    adds: dict[int, int] = {}
    for line in lines:
        if line.row.taker_id:
            adds[line.row.taker_id] = adds.get(line.row.taker_id, 0) + adds_of(line, hand_over, rules)
    for worker_id in sorted(adds):
        lock_caseload(worker_id)
    team = list_team(hand_over.icb, today, rules)
    for worker_id, more in adds.items():
        why = max(one.row.over_limit_because for one in lines if one.row.taker_id == worker_id)
        check_may_take(by, hand_over.icb_id, find_member(team, worker_id), "designated", more, why)


def _name_ahead(note: Notes, hand_over: HandOver, line: Line, today: date) -> None:
    """Cover for the time away; for a later day, a keyworker who comes in and meets the family before."""
    assert line.row.taker is not None
    said = line.row.because or text.BECAUSE[HandOver.Reason(hand_over.reason)].format(name=hand_over.worker.name)
    known: dict[str, Any] = {
        "person": line.row.person,
        "worker": line.row.taker,
        "because": said[:300],
        "over_limit_because": line.row.over_limit_because,
    }
    first = hand_over.from_date
    if hand_over.reason == HandOver.Reason.LEAVE:
        ends = hand_over.to_date + ONE_DAY if hand_over.to_date else None
        made = allocate(note, part=Allocation.Part.COVER, from_date=first, to_date=ends, **known)
    elif line.part == Allocation.Part.DESIGNATED and first > today:
        made = allocate(note, part=Allocation.Part.INCOMING, from_date=today, **known)
    else:
        return
    line.row.made = made
    line.row.save(update_fields=["made"])


def call_off(note: Notes, *, hand_over: HandOver, because: str) -> None:
    """It does not happen. Cover and whoever came in end; who left after all is asked anew."""
    hand_over = open_one(hand_over.pk)
    today = local_day(note.at)
    with context.as_engine():
        for line in hand_over.lines.select_related("made__worker").exclude(made=None):
            if line.made and (line.made.to_date is None or line.made.to_date > today):
                end_allocation(note, allocation=line.made, on=max(today, line.made.from_date))
        hand_over.state, hand_over.closed_at = HandOver.State.CALLED_OFF, note.at
        hand_over.save(update_fields=["state", "closed_at"])
        if hand_over.reason == HandOver.Reason.LEAVING:
            KeyworkerProfile.objects.filter(icb=hand_over.icb_id, worker=hand_over.worker_id).update(leaves_on=None)
    words = f"The hand-over from {hand_over.worker.name} was called off: {because}"
    note("hand_over.called_off", words=words, icb_id=hand_over.icb_id, hand_over=hand_over.pk)
    note.matter(MATTER, hand_over.pk)


def begun_one(hand_over_id: int) -> HandOver:
    """The hand-over, locked, while it is prepared. Raises NotNow afterwards."""
    found = open_one(hand_over_id)
    if found.state != HandOver.State.BEGUN:
        raise NotNow("agreed", "It is agreed already. Call it off to change it.")
    return found


def open_one(hand_over_id: int) -> HandOver:
    """The hand-over, locked, while it is not over. Raises NotNow afterwards."""
    found = HandOver.objects.select_for_update(of=("self",)).select_related("icb", "worker").get(pk=hand_over_id)
    if found.closed_at is not None:
        raise NotNow("over", "This hand-over is over. Nothing was changed.")
    return found


def open_work_of(hand_over: HandOver) -> list:
    """Work besides the people: all of it for good; for a time away only what can't wait for the return."""
    away = hand_over.reason == HandOver.Reason.LEAVE
    return list_open_work(hand_over.worker_id, hand_over.icb_id, until=hand_over.to_date if away else None)
