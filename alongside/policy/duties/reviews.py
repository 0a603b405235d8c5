"""The C(E)TR clocks of a stay: policy and, once commenced, statute. The earliest governs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..counting import day_in_words, first_empty_window, last_day_beginning_with, local_day
from ..facts import StayFacts
from ..rules import Rule, computes
from .planned_reviews import not_on_working_days, planned_day, replacements
from .reckoning import Reckoning, shows_before
from .stays import CETR, SECURE, Reviewed, during, held_day, is_cetr_age
from .stepping_down import consider_again

#: Not 'liable to be detained' for Part 8A (section 125A(1)): informal and short holding powers.
OUTSIDE_PART_8A = frozenset(
    {"", "informal", "s4", "s5_2", "s5_4", "s135", "s136", "cto", "guardianship", "place_of_safety"}
)


@dataclass(slots=True)
class Clock:
    """One clock running towards a C(E)TR."""

    key: str
    rule: Rule
    kind: str
    begins: date
    due: date
    breach: date
    why: str


def review_duties(r: Reckoning, stay: StayFacts, admitted: date, reviewed: Reviewed) -> None:
    clock = _policy_clock(r, stay, admitted, reviewed)
    statute = _statutory_clock(r, stay, reviewed)
    rule, due, breach, why = clock.rule, clock.due, clock.breach, clock.why
    if statute is not None:
        breach = min(breach, statute.due)
        if statute.due < due:
            rule, due, why = statute.rule, statute.due, statute.why
        else:
            why = f"{why}; by law at the latest by {day_in_words(statute.due)}"
    r.add(
        rule,
        clock.key,
        f"Hold the {clock.kind}",
        f"{why}.{not_on_working_days(r, due, breach)}{_day_set(r, stay)}{consider_again(r)}",
        due=due,
        breach=breach,
        shows=shows_before(clock.begins, due),
        owner=r.team("review"),
        doing="record_review",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


def _day_set(r: Reckoning, stay: StayFacts) -> str:
    on = planned_day(r, stay.id)
    return f" It is planned for {day_in_words(on)}." if on is not None else ""


def _policy_clock(r: Reckoning, stay: StayFacts, admitted: date, reviewed: Reviewed) -> Clock:
    """First the post-admission review; after it, or a valid community one, the repeating review.

    The post-admission kind follows the age on admission; a repeated one the age when it falls due.
    """
    key = f"post_admission_review:stay:{stay.number}"
    answer = r.answers.get(key)
    replaced = {day: words for day, words in replacements(r, stay.id).items() if day >= admitted}
    last = max([*reviewed.days, *replaced], default=reviewed.community)
    if last is None and answer is not None:
        last = max(answer.on or admitted, admitted)
    if last is None:
        return _post_admission(r, key, admitted)
    decided = {day: words for day, words in replaced.items() if day not in reviewed.days}
    return _repeated(r, stay, last, decided)


@computes("post_admission_cetr", "post_admission_cetr_target", "post_admission_ctr")
def _post_admission(r: Reckoning, key: str, admitted: date) -> Clock:
    why = f"In hospital since {day_in_words(admitted)} without a valid community "
    if is_cetr_age(r.facts, admitted):
        rule, due = r.clock("post_admission_cetr_target", admitted)
        limit, breach = r.clock("post_admission_cetr", admitted)
        why += f"CETR; the target is {rule.length}, the limit {limit.length}"
        return Clock(key, rule, "post-admission CETR", admitted, min(due, breach), breach, why)
    rule, due = r.clock("post_admission_ctr", admitted)
    why += f"CTR; the limit is {rule.length}"
    return Clock(key, rule, "post-admission CTR", admitted, due, due, why)


@computes("inpatient_cetr", "inpatient_ctr", "inpatient_ctr_secure")
def _repeated(r: Reckoning, stay: StayFacts, last: date, decided: Mapping[date, str]) -> Clock:
    """decided: what a commissioner decided instead of a review, on days on which none was held."""
    key, base = r.cycle(f"inpatient_review:stay:{stay.number}", last)
    rule, due = r.clock("inpatient_cetr", base)
    kind = "CETR"
    if not is_cetr_age(r.facts, due):
        kind = "CTR"
        secure = stay.security in SECURE
        rule, due = r.clock("inpatient_ctr_secure" if secure else "inpatient_ctr", base)
    before = decided.get(base, f"The last one was on {day_in_words(base)}")
    why = f"{before}; in hospital one is held every {rule.length}"
    return Clock(key, rule, f"inpatient {kind}", base, due, due, why)


@computes("statutory_first_cetr", "statutory_first_ctr")
def _statutory_clock(r: Reckoning, stay: StayFacts, reviewed: Reviewed) -> Clock | None:
    """None until Part 8A commences, or when not detained. Nobody's clock begins before commencement."""
    if not r.ruleset.has_commenced("statutory_first_cetr"):
        return None
    applicable = _applicable_day(stay)
    if applicable is None:
        return None
    child = is_cetr_age(r.facts, applicable)
    rule = r.ruleset.in_force("statutory_first_cetr" if child else "statutory_first_ctr", applicable)
    begins = max(applicable, rule.begun_on)
    held = [day for day in reviewed.statutory if day >= begins]
    if held:
        return _further(r, held)
    due = last_day_beginning_with(begins, rule.period.number)
    why = f"Detained, counted from {day_in_words(begins)}; the law gives {rule.length} beginning with that day"
    return Clock("", rule, "", begins, due, due, why)


@computes("statutory_further_review")
def _further(r: Reckoning, held: list[date]) -> Clock:
    rule = r.ruleset.in_force("statutory_further_review", held[0])
    first, due = first_empty_window(held[0], rule.period.number, held[1:])
    why = f"By law one is held in the {rule.length} from {day_in_words(first)}"
    return Clock("", rule, "", first, due, due, why)


def _applicable_day(stay: StayFacts) -> date | None:
    """The first day liable to be detained in this stay; None when not detained now."""
    counted = [status for status in stay.legal if legal_code(status.code) not in OUTSIDE_PART_8A]
    if not any(status.to_at is None for status in counted):
        return None
    days = [local_day(status.from_at) for status in counted if status.from_at is not None]
    if not days and stay.admitted_at is not None:
        days = [local_day(stay.admitted_at)]
    return min(days, default=None)


def legal_code(code: str) -> str:
    """s2, s3, s5_2, ... from the ways people write them: 'Section 2', 's.2', '5(2)'."""
    text = (code or "").strip().lower().removeprefix("section").removeprefix("s.").strip()
    text = text.replace("(", "_").replace(")", "").replace(" ", "_").strip("_")
    return f"s{text}" if text[:1].isdigit() else text


@computes("statutory_report")
def report_duties(r: Reckoning, stay: StayFacts, admitted: date) -> None:
    """Copies of the report of each Part 8A review, once it has commenced."""
    if not r.ruleset.has_commenced("statutory_report"):
        return
    issued = {one.id for one in r.facts.review_reports if one.reported_on is not None}
    written = {one.id for one in r.facts.review_reports}
    for review in r.facts.reviews:
        if review.id in issued or not (review.statutory and review.kind in CETR and during(review, stay, admitted)):
            continue
        held = held_day(review)
        rule, due = r.clock("statutory_report", held)
        if held < rule.begun_on:
            continue
        r.add(
            rule,
            f"statutory_report:review:{review.id}",
            "Send copies of the C(E)TR report",
            f"The meeting was on {day_in_words(held)}; the law gives {rule.length} beginning with that day.",
            due=due,
            breach=due,
            shows=held,
            owner=r.team("review"),
            doing="open_review" if review.id in written else "record_done",
            topic="hospital",
            subject="review" if review.id in written else "stay",
            subject_id=review.id if review.id in written else stay.id,
        )
