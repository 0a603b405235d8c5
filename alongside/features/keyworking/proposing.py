"""A joint plan for an area's waiting list: asked for by a person, worked out by a job, kept with its proof or gap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from alongside.features.keyworking.caseloads import Member, caseload_rules_of, list_team
from alongside.features.keyworking.models import Proposal, ProposedPlace
from alongside.features.keyworking.waiting import Waiting, list_waiting
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import Topic
from alongside.policy.allocation import Fit, Plan, propose
from alongside.policy.allocation.matching import fit_of

#: How long the job looks for proof.
SECONDS = 60
#: What a better plan may change in a line, and what a line says of somebody who was on the list and is no more.
GONE: dict[str, Any] = {
    "worker": None,
    "place": 0,
    "score": 0,
    "halves": 0,
    "held": 0,
    "because": ["They do not wait any more."],
}
FOUND = tuple(GONE)
#: A plan that nobody worked out for so long no longer keeps anybody from asking again.
GIVEN_UP = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """A plan with what it was made of."""

    plan: Plan
    waiting: list[Waiting]
    team: list[Member]

    @property
    def over_limit(self) -> int:
        """Keyworkers whom the plan would bring beyond their hard limit: never any."""
        added: dict[int, int] = {}
        for one in self.waiting:
            if (worker := self.plan.places[one.person_id]) is not None:
                added[worker] = added.get(worker, 0) + one.need.halves
        return sum(
            1
            for member in self.team
            if member.actor.pk in added and member.caseload.halves + added[member.actor.pk] > member.limits.most
        )

    @property
    def untrained(self) -> int:
        """People whom the plan gives to somebody without required training: never any."""
        lacking = {member.actor.pk for member in self.team if member.missing}
        return sum(1 for worker in self.plan.places.values() if worker in lacking)


def plan_for(
    icb: Organisation,
    at: datetime,
    *,
    seconds: float = SECONDS,
    me: Me | None = None,
    first: Callable[[Asked], None] | None = None,
) -> Asked:
    """Reads the list and the team, and finds the plan. `me` None: call as the engine.

    first: is told a plan that was found quickly, while a better one is looked for.
    """
    today = at.astimezone(LONDON).date()
    rules = caseload_rules_of(icb)
    waiting = list_waiting(me, icb, today, rules)
    team = [member for member in list_team(icb, today, rules) if member.is_proposed]

    def tell(plan: Plan) -> None:
        if first:
            first(Asked(plan, waiting, team))

    needs, keyworkers = [one.need for one in waiting], [member.keyworker for member in team]
    plan = propose(needs, keyworkers, seconds=seconds, first=tell)
    return Asked(plan, waiting, team)


def ask_proposal(note: Notes, *, icb: Organisation) -> Proposal:
    """Asks for a plan; the worker finds it. Raises NotNow while one is being worked out, for an hour at most."""
    before = Proposal.objects.select_for_update().filter(icb=icb, state=Proposal.State.WAITING).first()
    if before is not None and not is_being_worked_out(before, note.at):
        before.state = Proposal.State.FAILED
        before.save(update_fields=["state"])
    elif before is not None:
        raise NotNow("being_worked_out", "A plan is being worked out already. It will be shown when it is ready.")
    asked = Proposal.objects.create(icb=icb, asked_by_id=note.by.id, asked_at=note.at)
    note("proposal.asked", words="A joint plan for the waiting list was asked for.", icb_id=icb.pk, proposal=asked.pk)
    return asked


def is_being_worked_out(proposal: Proposal, at: datetime) -> bool:
    """Whether a plan is still to be waited for."""
    return proposal.state == Proposal.State.WAITING and at - proposal.asked_at <= GIVEN_UP


def work_out(proposal_id: int, at: datetime, *, seconds: float = SECONDS) -> Asked | None:
    """For the worker: finds the plan and keeps it. In the name of whoever asked; read as the engine.

    A first plan is kept as soon as there is one, to be looked at; decided is the last one only.
    None for a plan that was worked out before: done again after a crash it does no harm.
    """
    with context.as_engine():
        proposal = Proposal.objects.select_related("icb", "asked_by").get(pk=proposal_id)
        if proposal.state != Proposal.State.WAITING:
            return None

        def keep_first(found: Asked) -> None:
            with recording(by=proposal.asked_by, at=at) as note:
                _keep_first(note, proposal, found)

        try:
            found = plan_for(proposal.icb, at, seconds=seconds, first=keep_first)
        except Exception:
            _fail(proposal, at)
            raise
        with recording(by=proposal.asked_by, at=at) as note:
            _keep(note, proposal, found)
        return found


def _fail(proposal: Proposal, at: datetime) -> None:
    with recording(by=proposal.asked_by, at=at) as note:
        proposal.state = Proposal.State.FAILED
        proposal.save(update_fields=["state"])
        note("proposal.failed", words="A joint plan could not be worked out.", icb_id=proposal.icb_id)


def _keep_first(note: Notes, proposal: Proposal, found: Asked) -> None:
    """The plan so far: it stays one that is being worked out."""
    proposal.first_at = clock.now()
    _write(note, proposal, found)
    words = "A first joint plan for the waiting list was found; a better one is looked for."
    note("proposal.first", words=words, icb_id=proposal.icb_id, proposal=proposal.pk)


def _keep(note: Notes, proposal: Proposal, found: Asked) -> None:
    proposal.state, proposal.ready_at = Proposal.State.READY, note.at
    _write(note, proposal, found)
    note(
        "proposal.ready",
        words="A joint plan for the waiting list was worked out.",
        icb_id=proposal.icb_id,
        proposal=proposal.pk,
    )


def _write(note: Notes, proposal: Proposal, found: Asked) -> None:
    """The plan and its lines, over those of a plan found before; what a person decided meanwhile stays."""
    plan = found.plan
    proposal.waiting, proposal.keyworkers, proposal.placed = len(found.waiting), len(found.team), plan.placed
    proposal.optimal, proposal.gap, proposal.seconds = plan.optimal, plan.gap, plan.seconds
    (worth, fit), (worth_most, fit_most) = (plan.worth, plan.fit), plan.bounds
    proposal.reached = {"worth": worth, "worth_most": worth_most, "fit": fit, "fit_most": fit_most}
    proposal.save()
    members = {member.actor.pk: member for member in found.team}
    lines = [_line(note, proposal, one, number, plan, members) for number, one in enumerate(found.waiting, 1)]
    before = {line.person_id: line for line in ProposedPlace.objects.filter(proposal=proposal)}
    ProposedPlace.objects.bulk_create(line for line in lines if line.person_id not in before)
    now = {line.person_id: line for line in lines}
    for person_id, line in before.items():
        for name in FOUND:
            setattr(line, name, getattr(now[person_id], name) if person_id in now else GONE[name])
    still_open = [line for line in before.values() if line.decision == ProposedPlace.Decision.OPEN]
    ProposedPlace.objects.bulk_update(still_open, FOUND, batch_size=200)


def _line(
    note: Notes, proposal: Proposal, one: Waiting, number: int, plan: Plan, members: dict[int, Member]
) -> ProposedPlace:
    worker = plan.places[one.person_id]
    fit = plan.fits.get(one.person_id)
    because: Sequence[str] = fit.because[:-1] if fit else why_not(one, list(members.values()))
    return ProposedPlace(
        person_id=one.person_id,
        topic=Topic.KEYWORKING,
        recorded_icb_id=proposal.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        proposal=proposal,
        worker=members[worker].actor if worker is not None else None,
        place=number,
        score=fit.score if fit else 0,
        halves=one.need.halves,
        held=fit.held if fit else 0,
        because=list(because),
    )


def why_not(one: Waiting, team: Sequence[Member]) -> list[str]:
    """Why somebody has nobody in a plan, in sentences."""
    return say_why_not([(member, fit_of(one.need, member.keyworker)) for member in team]) or [
        "Whoever has room is needed for people at greater risk, or who have waited longer."
    ]


def say_why_not(fits: Sequence[tuple[Member, Fit]]) -> list[str]:
    """What keeps all of these keyworkers from taking somebody; nothing where one could."""
    if not fits:
        return ["There is no keyworker in the team yet."]
    if all(member.missing for member, _ in fits):
        return ["No keyworker has the required training in date."]
    able = [fit for _, fit in fits if not fit.stopped]
    if not able:
        return ["No keyworker can take them now: leave, training or wishes speak against each."]
    if all(fit.full for fit in able):
        return ["Every keyworker who could take them is full."]
    return []


def ask_and_work_out(icb: Organisation, by: Actor, at: datetime, seconds: float) -> tuple[Proposal, Asked | None]:
    """Both at once, for a command. Call as the engine."""
    with recording(by=by, at=at) as note:
        proposal = ask_proposal(note, icb=icb)
    return proposal, work_out(proposal.pk, at, seconds=seconds)
