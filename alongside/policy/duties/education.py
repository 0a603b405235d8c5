"""What is due because somebody has an education, health and care plan."""

from datetime import date

from ..counting import birthday, count, day_in_words, local_day, school_year_turning
from ..facts import CircumstanceFacts
from ..rules import Rule, computes
from ..rules.rule import MONTHS_OF_YEAR
from .reckoning import Reckoning, shows_before
from .stepping_down import consider_again

#: Ages turned in the last school year of a phase that row 52 covers: before school, and Year 6.
PHASES = {4: "starts school", 11: "leaves primary school"}


def education_duties(r: Reckoning, begins: date) -> None:
    held = sorted(local_day(v.held_at) for v in r.facts.reviews if v.kind == "ehc_plan" and v.held_at)
    for plan in r.facts.circumstances:
        if plan.kind != "ehc_plan":
            continue
        if plan.to_date is None or plan.to_date >= begins:
            _review(r, plan, held, begins)
            if held:
                _report(r, plan, held[-1], begins)
                _decided(r, plan, held[-1], begins)
            if r.facts.birth_date is not None:
                _growing_up(r, plan, r.facts.birth_date, begins)


@computes("ehc_review", "ehc_review_under_5", "ehc_review_under_5_limit", "ehc_invitations")
def _review(r: Reckoning, plan: CircumstanceFacts, held: list[date], begins: date) -> None:
    """Counted from the last review, else from the issue of the plan, else from when we knew of them.

    Under 5 on the day the shorter interval ends: the shorter interval.
    """
    last = held[-1] if held else plan.from_date or begins
    if plan.from_date is not None and plan.from_date > last:
        last = plan.from_date
    key, base = r.cycle(f"ehc_review:circumstance:{plan.id}", last)
    born = r.facts.birth_date
    rule, due = r.clock("ehc_review_under_5", base)
    if born is not None and due < birthday(born, 5):
        breach = r.day("ehc_review_under_5_limit", base)
    else:
        rule, due = r.clock("ehc_review", base)
        breach = due
    year_9 = born is not None and due >= school_year_turning(born, 14)[0]
    r.add(
        rule,
        key,
        "Check that the EHC plan review happens",
        f"The EHC plan was issued or last reviewed on {day_in_words(base)}; "
        f"it is reviewed within {rule.length}."
        + (" From Year 9 the review prepares for adulthood." if year_9 else "")
        + consider_again(r),
        due=due,
        breach=breach,
        shows=shows_before(base, due),
        ends=plan.to_date,
        owner=r.keyworker_or(),
        doing="record_review",
        topic="education",
        subject="circumstance",
        subject_id=plan.id,
    )
    _invitations(r, plan, base, due)


def _invitations(r: Reckoning, plan: CircumstanceFacts, base: date, review_due: date) -> None:
    rule = r.ruleset.in_force("ehc_invitations", review_due)
    due = count(-rule.period.number, rule.period.unit, review_due, r.calendar)
    r.add(
        rule,
        f"ehc_invitations:circumstance:{plan.id}:after:{base.isoformat()}",
        "Check that invitations and papers for the EHC plan review are out",
        f"The review is due by {day_in_words(review_due)}; invitations and papers go out "
        f"at least {rule.length} before.",
        due=due,
        breach=due,
        shows=shows_before(base, due),
        ends=review_due if plan.to_date is None else min(review_due, plan.to_date),
        owner=r.keyworker_or(),
        doing="record_done",
        topic="education",
        subject="circumstance",
        subject_id=plan.id,
    )


@computes("ehc_report", "ehc_report_school_days")
def _report(r: Reckoning, plan: CircumstanceFacts, held: date, begins: date) -> None:
    """The earlier of two weeks and ten school days; it stops mattering when the council has to decide."""
    decision = r.day("ehc_decision", held)
    if decision < begins:
        return
    rule, due = min((r.clock(k, held) for k in ("ehc_report", "ehc_report_school_days")), key=lambda c: c[1])
    r.add(
        rule,
        f"ehc_report:circumstance:{plan.id}:after:{held.isoformat()}",
        "Check that the report of the EHC plan review is out",
        f"The review was held on {day_in_words(held)}; the report is due within 2 weeks, or 10 school days "
        "if that is sooner (counted in working days, because term dates are not known).",
        due=due,
        breach=due,
        shows=held,
        ends=decision,
        owner=r.keyworker_or(),
        doing="record_done",
        topic="education",
        subject="circumstance",
        subject_id=plan.id,
    )


@computes("ehc_decision", "ehc_final_plan")
def _decided(r: Reckoning, plan: CircumstanceFacts, held: date, begins: date) -> None:
    """What the council decides after the review, and the changed plan, counted from the day it said so."""
    rule, due = r.clock("ehc_decision", held)
    key = f"ehc_decision:circumstance:{plan.id}:after:{held.isoformat()}"
    if due >= begins:
        _asked_of_council(
            r, plan, rule, key, "Check that the council has decided about the EHC plan",
            f"The review was held on {day_in_words(held)}; within {rule.length} the council says whether the plan "
            "is kept, changed or ended.",
            due=due, shows=shows_before(held, due),
        )  # fmt: skip
    answer = r.answers.get(key)
    if answer is not None and answer.answer == "done" and answer.on is not None:
        rule, due = r.clock("ehc_final_plan", answer.on)
        _asked_of_council(
            r, plan, rule, f"ehc_final_plan:circumstance:{plan.id}:after:{held.isoformat()}",
            "Check that the changed EHC plan is out",
            f"The council decided by {day_in_words(answer.on)}. Where it changes the plan, the final one is out within "
            f"{rule.length} of the notice. Where it does not, say that this is not needed.",
            due=due, shows=shows_before(answer.on, due),
        )  # fmt: skip


def _asked_of_council(
    r: Reckoning, plan: CircumstanceFacts, rule: Rule, key: str, what: str, because: str, *, due: date, shows: date
) -> None:
    r.add(
        rule,
        key,
        what,
        because,
        due=due,
        breach=due,
        shows=shows,
        ends=plan.to_date,
        owner=r.keyworker_or(),
        doing="record_done",
        topic="education",
        subject="circumstance",
        subject_id=plan.id,
    )


def _growing_up(r: Reckoning, plan: CircumstanceFacts, born: date, begins: date) -> None:
    year_11 = school_year_turning(born, 16)
    _phase(r, plan, "phase_transfer_post_16", 16, year_11, "finishes Year 11", begins)
    for age, phase in PHASES.items():
        _phase(r, plan, "phase_transfer", age, school_year_turning(born, age), phase, begins)
    _adulthood(r, plan, school_year_turning(born, 14), begins)


@computes("phase_transfer_post_16", "phase_transfer")
def _phase(
    r: Reckoning,
    plan: CircumstanceFacts,
    rule_key: str,
    age: int,
    year: tuple[date, date],
    phase: str,
    begins: date,
) -> None:
    first, last = year
    rule = r.ruleset.in_force(rule_key, first)
    due = day_in_year(rule, last.year)
    if due < begins or _over_by(plan, due):
        return
    r.add(
        rule,
        f"{rule_key}:{age}:circumstance:{plan.id}",
        "Check that the EHC plan names the next school or college",
        f"This person {phase} in summer {last.year}; the plan is amended by {day_in_words(due)}.",
        due=due,
        breach=due,
        shows=max(first, begins),
        ends=last,
        owner=r.keyworker_or(),
        doing="record_done",
        topic="education",
        subject="circumstance",
        subject_id=plan.id,
    )


@computes("preparing_for_adulthood")
def _adulthood(r: Reckoning, plan: CircumstanceFacts, year: tuple[date, date], begins: date) -> None:
    """Starts on the rule's day of Year 9 and is due by the end of that school year."""
    first, last = year
    rule = r.ruleset.in_force("preparing_for_adulthood", first)
    starts = day_in_year(rule, first.year)
    if last < begins or _over_by(plan, starts):
        return
    r.add(
        rule,
        f"preparing_for_adulthood:circumstance:{plan.id}",
        "Make sure the EHC plan review in Year 9 prepares for adulthood",
        f"Year 9 begins on {day_in_words(starts)}; every review from then on looks at work, living "
        "independently, health and community.",
        due=last,
        shows=max(starts, begins),
        ends=plan.to_date,
        owner=r.keyworker_or(),
        doing="record_done",
        topic="education",
        subject="circumstance",
        subject_id=plan.id,
    )


def day_in_year(rule: Rule, year: int) -> date:
    """The day of the year that a rule's length names."""
    return date(year, MONTHS_OF_YEAR[rule.period.unit], rule.period.number)


def _over_by(plan: CircumstanceFacts, day: date) -> bool:
    return plan.to_date is not None and plan.to_date < day
