"""Whoever has a keyworker has a plan: written, approved, agreed or disagreed with, and looked at again."""

from datetime import date

from ..counting import Calendar, age_on, as_utc, day_in_words, local_day
from ..deciding import DECIDES_THEMSELVES
from ..decision import Decision
from ..facts import AllocationFacts, PlanFacts
from ..rules import Rule, Ruleset, computes
from .reckoning import BEGINNING, Reckoning, known_from, last_day, latest_consent, shows_before

NO = ("refused", "withdrawn")


@computes("plan_review")
def latest_plan_review(today: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The last day on which a plan that is shared today is looked at again: value is that day."""
    rule, latest = ruleset.governing("plan_review", today, lambda rule: last_day(rule, today, calendar))
    because = (
        f"A plan is looked at again within {rule.length}, a local default: choose {day_in_words(latest)} or earlier."
    )
    return Decision(latest, because, rule.source_label)


@computes("keyworker_plan_all", "plan_review", "plan_approval", "plan_agreement", "plan_disagreement")
def plan_duties(r: Reckoning) -> None:
    """For whoever is on a register and did not say no to keyworking: with a named keyworker, or with a plan."""
    agreed = latest_consent(r.facts, "keyworking")
    named = [a for a in r.facts.allocations if a.role == "designated" and a.to_date is None]
    if r.consent is None or r.consent.answer != "given" or (agreed is not None and agreed.answer in NO):
        return
    plan = r.facts.plan
    if plan.sent_at is not None:
        _approval(r, plan)
    if plan.shared_at is None:
        if named and plan.sent_at is None:
            _first(r, named)
        return
    if _is_from_before(r, plan):
        if plan.sent_at is None:
            _again(r, plan, named)
        return
    # A plan outlives its keyworker, and a manager may have written it while there was none: while nobody is named,
    # the keyworking team asks, looks again and talks about it.
    _review(r, plan)
    if not is_answered(plan, r.facts.birth_date):
        _agreement(r, plan)
    for number in plan.disagreed:
        _disagreement(r, plan, number)


def _first(r: Reckoning, named: list[AllocationFacts]) -> None:
    """Counted from the day of the keyworker who is named now: they write it with whom they have come to know.

    Never from before they were on this register. What had run out before a first import stands in its backlog; where
    the day of the keyworker is not known it counts from the day on which the register could know of them.
    """
    entry = r.open_entries[0]
    on_register = entry.entered_on or BEGINNING
    since = max(min(one.from_date or known_from(entry) for one in named), on_register)
    rule, due = r.clock("keyworker_plan_all", since)
    r.add(
        rule,
        f"plan_first:allocation:{named[0].id}",
        "Write and share the first plan",
        f"They have a named keyworker on the register since {day_in_words(since)} and no plan is shared yet; "
        f"a first plan is there within {rule.length}.",
        due=due,
        shows=since,
        owner=r.keyworker_or("keyworking"),
        doing="open_plan",
        topic="keyworking",
        subject="person",
        subject_id=r.facts.person_id,
    )


def _is_from_before(r: Reckoning, plan: PlanFacts) -> bool:
    """Whether it was shared, and was to be looked at again, before they came on this register, or came back to it."""
    entered = r.open_entries[0].entered_on
    return entered is not None and _look_again(r, plan)[1] < entered


def _back_since(r: Reckoning, named: list[AllocationFacts]) -> date:
    """From when somebody goes through the plan from before: the keyworker of now, once they are on this register."""
    entered = r.open_entries[0].entered_on or BEGINNING
    return max([entered, *(one.from_date for one in named if one.from_date)])


def _again(r: Reckoning, plan: PlanFacts, named: list[AllocationFacts]) -> None:
    """Like a first plan, counted from now: nobody is late with what ran out while they were not here."""
    assert plan.shared_at
    since, shared = _back_since(r, named), local_day(as_utc(plan.shared_at))
    rule, due = r.clock("keyworker_plan_all", since)
    r.add(
        rule,
        f"plan_again:version:{plan.version_id}:since:{since.isoformat()}",
        "Go through the plan from before, and share it anew",
        f"Their plan is of {day_in_words(shared)}, from before {day_in_words(since)}. What was so then may not be so "
        f"now; a plan of today is there within {rule.length}.",
        due=due,
        shows=since,
        owner=r.keyworker_or("keyworking"),
        doing="open_plan",
        topic="keyworking",
        subject="version",
        subject_id=plan.version_id,
    )


def _approval(r: Reckoning, plan: PlanFacts) -> None:
    assert plan.sent_at
    sent = local_day(as_utc(plan.sent_at))
    rule, due = r.clock("plan_approval", sent)
    r.add(
        rule,
        f"plan_approval:proposal:{plan.proposal_id}",
        "Approve the plan or send it back",
        f"Sent on {day_in_words(sent)}. Nobody reads it before somebody else than its writer has approved it; "
        f"that is done within {rule.length}.",
        due=due,
        shows=sent,
        owner=r.team("keyworking"),
        doing="open_plan",
        topic="keyworking",
        subject="proposal",
        subject_id=plan.proposal_id,
    )


def _look_again(r: Reckoning, plan: PlanFacts) -> tuple[Rule, date]:
    """The rule, and the day by which the plan is looked at again."""
    assert plan.shared_at
    rule, latest = r.clock("plan_review", local_day(as_utc(plan.shared_at)))
    return rule, min(plan.review_on or latest, latest)


def _review(r: Reckoning, plan: PlanFacts) -> None:
    """By the day the plan names, and never later than the rule counts from when it was shared."""
    assert plan.shared_at
    shared = local_day(as_utc(plan.shared_at))
    rule, due = _look_again(r, plan)
    r.add(
        rule,
        f"plan_review:version:{plan.version_id}",
        "Look again at the plan",
        f"The plan was shared on {day_in_words(shared)} and is looked at again by {day_in_words(due)}; "
        f"never later than {rule.length} after it was shared.",
        due=due,
        shows=shows_before(shared, due),
        owner=r.keyworker_or("keyworking"),
        doing="open_plan",
        topic="keyworking",
        subject="version",
        subject_id=plan.version_id,
    )


def is_answered(plan: PlanFacts, born: date | None) -> bool:
    """Whether everybody who is asked about a shared plan has said what they think of it.

    The young person is, or there is a reason why not. Under 16 on the day it was shared, and without an answer of
    their own, it is each of those with parental responsibility or who were invited; who cannot be asked has a reason.
    """
    if plan.own_answer:
        return True
    if not _decides(plan, born):
        return not plan.to_ask and (plan.family_answer or plan.own_reason)
    return plan.own_reason


def _decides(plan: PlanFacts, born: date | None) -> bool:
    assert plan.shared_at
    return born is None or age_on(born, local_day(as_utc(plan.shared_at))) >= DECIDES_THEMSELVES


def _agreement(r: Reckoning, plan: PlanFacts) -> None:
    assert plan.shared_at
    shared = local_day(as_utc(plan.shared_at))
    rule, due = r.clock("plan_agreement", shared)
    who = "what the young person thinks of it"
    if not _decides(plan, r.facts.birth_date):
        who = "what the young person, or else each of those with parental responsibility, thinks of it"
    r.add(
        rule,
        f"plan_agreement:version:{plan.version_id}",
        "Ask whether they agree with the plan",
        f"The plan was shared on {day_in_words(shared)}. It is not written down {who}, or why they were not asked; "
        f"that is done within {rule.length}.",
        due=due,
        shows=shared,
        owner=r.keyworker_or("keyworking"),
        doing="open_plan",
        topic="keyworking",
        subject="version",
        subject_id=plan.version_id,
    )


def _disagreement(r: Reckoning, plan: PlanFacts, number: int) -> None:
    """It stops nothing and is not taken away; somebody talks with them about it."""
    on = local_day(as_utc(plan.disagreed[number]))
    rule, due = r.clock("plan_disagreement", on)
    r.add(
        rule,
        f"plan_disagreement:answer:{number}",
        "Talk about what they do not agree with in the plan",
        f"On {day_in_words(on)} somebody said that they do not agree with the plan, or with some of it; "
        f"it is talked about within {rule.length}.",
        due=due,
        shows=on,
        owner=r.keyworker_or("keyworking"),
        doing="record_done",
        topic="keyworking",
        subject="version",
        subject_id=plan.version_id,
    )
