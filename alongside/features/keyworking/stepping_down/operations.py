"""Stepping down and ending keyworking; who leads in adult services. Each is called inside `recording()`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.models import (
    AdultLead,
    Allocation,
    CriterionMark,
    Ending,
    JointMeeting,
    StepDown,
    StepDownCriterion,
)
from alongside.features.keyworking.operations import end_allocation
from alongside.features.keyworking.stepping_down import text
from alongside.features.keyworking.stepping_down.queries import (
    find_adult_lead,
    going_on,
    last_keyworker,
    newest_marks,
    open_plan,
    rated_now,
)
from alongside.features.people.checks import check_decider
from alongside.features.people.models import Consent, Person
from alongside.features.people.operations import correct_fact, record_consent, record_fact
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words, local_day
from alongside.policy.stepping_down import AT_RISK, JUDGED, Step, problem_of

LEAD = ("lead_name", "lead_post", "lead_organisation", "lead_reach")


def plan_step_down(
    note: Notes,
    *,
    person: Person,
    starts_on: date,
    ends_on: date,
    steps: Sequence[Step],
    seen: int | None = None,
    family_says: str = "",
    **lead: str,
) -> StepDown:
    """Less and less contact from a day on. A change of what was planned is a new row; the one before is kept.

    seen: the plan that the form was opened with, 0 for none. Raises NotNow for a plan that can't be, without a
    keyworker, or when somebody changed it meanwhile.
    """
    if problem := problem_of(steps, starts_on, ends_on):
        raise NotNow("steps", problem)
    if not any(one.part == Allocation.Part.DESIGNATED for one in going_on(person)):
        raise NotNow("no_keyworker", text.NO_KEYWORKER)
    before = open_plan(person, lock=True)
    if seen is not None and seen != (before.pk if before else 0):
        raise NotNow("stale", text.STALE)
    values: dict[str, Any] = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "steps": [[step.since.isoformat(), step.days] for step in steps],
        "family_says": family_says,
        **{name: lead.get(name, "") for name in LEAD},
    }
    words = (
        f"Contact becomes less from {day_in_words(starts_on)}; keyworking is planned to end on {day_in_words(ends_on)}."
    )
    if before is not None:
        return correct_fact(note, before, words=words, **values)
    return record_fact(
        note, StepDown, person=person, topic=Topic.KEYWORKING, words=words, code="step_down.planned", **values
    )


def stop_stepping_down(note: Notes, *, plan: StepDown, because: str) -> StepDown:
    """It goes on as before: the area's own lengths count again."""
    current = open_plan(plan.person, lock=True)
    if current is None or current.pk != plan.pk:
        raise NotNow("stale", text.STALE)
    on = local_day(note.at)
    return correct_fact(note, current, words="Stepping down was stopped.", closed_on=on, closed_because=because)


def mark_criteria(note: Notes, *, person: Person, marks: Iterable[tuple[str, bool, str]]) -> list[CriterionMark]:
    """Whether each is met, with how that is known. What says the same as before is not written again.

    Raises NotNow where nothing is new.
    """
    known = newest_marks(person)
    made = []
    for code, met, evidence in marks:
        last = known.get(code)
        if last is not None and (last.met, last.evidence) == (met, evidence):
            continue
        made.append(_mark(note, person, code, met, evidence))
    if not made:
        raise NotNow("nothing", text.NOTHING_NEW)
    return made


def _mark(note: Notes, person: Person, code: str, met: bool, evidence: str) -> CriterionMark:
    mark = CriterionMark.objects.create(
        person=person,
        topic=Topic.KEYWORKING,
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        code=code,
        met=met,
        evidence=evidence,
    )
    note.of("step_down.marked", mark, words="What speaks for or against stepping down was written down.")
    return mark


def end_keyworking(
    note: Notes,
    *,
    by: Me,
    person: Person,
    on: date,
    reason: str,
    told: str,
    told_words: str,
    despite: str = "",
    peer: str = Ending.Peer.NOT_NOW,
    ask: Mapping[str, Any] | None = None,
    **said: str,
) -> Ending:
    """Keyworking ends, of every part of it, and who stays is named. The register stays as it is.

    on: the first day without a keyworker; where theirs ended without this, the day of that counts. said: columns of
    `Ending` by name: who stays, warning signs, how to come back, the peer mentor, where the question goes. despite: why
    it ends although they are rated red, amber or blue. ask: whether they may be asked afterwards (answer, basis,
    decided_by), None when nobody asked them. Whoever stays with somebody who moves on to adult services leads there,
    unless a lead is named already.
    Raises Refused for anybody but those who run the service, NotNow for what is missing. Source: policy reference 4.7.
    """
    if not by.holds_in(person.icb_id, *NAMES):
        raise Refused("not_theirs", text.NOT_THEIRS)
    last = _ends_now(person, on, local_day(note.at))
    _check_words(reason, told_words, peer, said)
    rated = rated_now(person)
    if rated and reason in JUDGED and rated.colour in AT_RISK and not despite.strip():
        raise NotNow("despite", text.AT_RISK.format(colour=rated.colour))
    if ask is not None and ask["answer"] == Consent.Answer.GIVEN and not said.get("ask_reach", "").strip():
        raise NotNow("ask_reach", text.NO_WAY)
    for one in going_on(person):
        end_allocation(note, allocation=one, on=max(on, one.from_date))
    plan = open_plan(person, lock=True)
    if plan is not None:
        correct_fact(
            note, plan, words="Stepping down is over.", closed_on=on, closed_because=Ending.Reason(reason).label
        )
    if ask is not None:
        _keep_answer(note, person, on, ask)
    values: dict[str, Any] = dict(said)
    if reason == Ending.Reason.ADULT and find_adult_lead(person) is None:
        name_adult_lead(note, person=person, **{name: said.get(name, "") for name in LEAD})
    who = f" {said['lead_name']}, {said['lead_organisation']}, stays with them." if said.get("lead_name") else ""
    return record_fact(
        note,
        Ending,
        person=person,
        topic=Topic.KEYWORKING,
        words=f"Keyworking ended: {Ending.Reason(reason).label.lower()}.{who}",
        code="keyworking.ended",
        allocation=last,
        ended_on=last.to_date or max(on, last.from_date),
        reason=reason,
        told=told,
        told_words=told_words,
        colour=rated.colour if rated else "",
        despite=despite,
        peer=peer,
        **values,
    )


def _ends_now(person: Person, on: date, today: date) -> Allocation:
    """The keyworker whose time this ends, or ended already without anything written down."""
    last = last_keyworker(person, lock=True)
    if last is None:
        raise NotNow("never", text.NEVER)
    if Ending.objects.filter(allocation=last).exists():
        raise NotNow("ended", text.ENDED_ALREADY)
    if on > today:
        raise NotNow("future", text.IN_FUTURE)
    if last.to_date is None and on < last.from_date:
        raise NotNow("before", text.BEFORE.format(day=day_in_words(last.from_date)))
    return last


def _check_words(reason: str, told_words: str, peer: str, said: Mapping[str, str]) -> None:
    named = said.get("lead_name", "").strip() and said.get("lead_organisation", "").strip()
    if reason != Ending.Reason.DIED and not named:
        raise NotNow("lead", text.NO_LEAD)
    if not told_words.strip():
        raise NotNow("told", text.NOT_TOLD)
    if peer == Ending.Peer.MATCHED and not said.get("peer_name", "").strip():
        raise NotNow("peer", text.NO_PEER)


def _keep_answer(note: Notes, person: Person, on: date, ask: Mapping[str, Any]) -> None:
    """Whether they may be asked one question later: an agreement of its own, in the one ledger."""
    given = ask["answer"] == Consent.Answer.GIVEN
    if given:
        check_decider(person, ask["basis"], on)
    record_consent(
        note,
        person=person,
        purpose=Consent.Purpose.AFTERWARDS,
        answer=ask["answer"],
        basis=ask["basis"] if given else Consent.Basis.NOT_STATED,
        decided_on=on,
        decided_by=ask["decided_by"],
        evidenced=True,
        evidence="Said when keyworking ended",
    )


def set_criterion(note: Notes, *, icb: Organisation, code: str, words: str, is_used: bool) -> StepDownCriterion:
    """An area's own word on one criterion, from now on. What was said of it before stays."""
    made = StepDownCriterion.objects.create(
        icb=icb, code=code, words=words, is_used=is_used, set_at=note.at, decided_by_id=note.by.id
    )
    said = "counts" if is_used else "is left out"
    note("criterion.set", words=f"For stepping down in {icb.name} this {said} from now on: {words}", icb_id=icb.pk)
    return made


# Turning 18


def name_adult_lead(note: Notes, *, person: Person, **lead: str) -> AdultLead:
    """A person and an organisation. NotNow without both."""
    if not (lead.get("lead_name", "").strip() and lead.get("lead_organisation", "").strip()):
        raise NotNow("lead", "Name a person and an organisation.")
    values: dict[str, Any] = dict(lead)
    return record_fact(
        note,
        AdultLead,
        person=person,
        topic=Topic.ADULTHOOD,
        words=f"{lead['lead_name']}, {lead['lead_organisation']}, leads in adult services.",
        code="adult_lead.named",
        **values,
    )


def record_joint_meeting(
    note: Notes, *, person: Person, held_on: date, who_came: str, young_person_came: bool, agreed: str
) -> JointMeeting:
    """A meeting of children's and adult services. NotNow for one that is still to come."""
    if held_on > local_day(note.at):
        raise NotNow("future", "A meeting that is still to come is planned as an appointment.")
    at = min(datetime.combine(held_on, time(12), LONDON), note.at)
    return record_fact(
        note,
        JointMeeting,
        person=person,
        topic=Topic.ADULTHOOD,
        words="Children’s and adult services met about them.",
        code="joint_meeting.held",
        happened_at=at,
        who_came=who_came,
        young_person_came=young_person_came,
        agreed=agreed,
    )
