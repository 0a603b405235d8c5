"""What is due after a C(E)TR was held: telling the person, writing it up, the report, what each body does with it."""

from datetime import date

from ..counting import Calendar, day_in_words, days_after
from ..decision import Decision
from ..held_reviews import CaseFacts, HeldReviewFacts, RegardFacts
from ..rules import Ruleset, computes
from .reckoning import Reckoning, last_day, shows_before

PAGE = "open_review"


def held_review_duties(r: Reckoning) -> None:
    """Until the report is issued, told, answered and asked about. Each of them opens the review."""
    for review in r.facts.review_reports:
        _told(r, review)
        _written_up(r, review)
        _reported(r, review)
        _feedback(r, review)
        for regard in review.regards:
            _regard(r, review, regard)
        for case in review.cases:
            _oversight(r, review, case)


def _held(review: HeldReviewFacts) -> str:
    return f"The review was held on {day_in_words(review.held_on)}"


@computes("review_told")
def _told(r: Reckoning, review: HeldReviewFacts) -> None:
    if review.told:
        return
    rule, due = r.clock("review_told", review.held_on)
    r.add(
        rule,
        f"review_told:review:{review.id}",
        "Tell them what the review found",
        f"{_held(review)}. What was found is told to the person and family on the day.",
        due=due,
        shows=review.held_on,
        owner=r.team("review"),
        doing=PAGE,
        topic="review",
        subject="review",
        subject_id=review.id,
    )


@computes("review_written_up")
def _written_up(r: Reckoning, review: HeldReviewFacts) -> None:
    if review.written_up_on is not None or review.reported_on is not None:
        return
    rule, due = r.clock("review_written_up", review.held_on)
    r.add(
        rule,
        f"review_written_up:review:{review.id}",
        "Write up the review",
        f"{_held(review)}. Findings and recommendations are written up within {rule.length}.",
        due=due,
        shows=review.held_on,
        owner=r.team("review"),
        doing=PAGE,
        topic="review",
        subject="review",
        subject_id=review.id,
    )


@computes("review_report", "review_report_limit")
def _reported(r: Reckoning, review: HeldReviewFacts) -> None:
    if review.reported_on is not None:
        return
    rule, due = r.clock("review_report", review.held_on)
    limit, breach = r.clock("review_report_limit", review.held_on)
    r.add(
        rule,
        f"review_report:review:{review.id}",
        "Issue the report of the review",
        f"{_held(review)}. The report goes to the person, the family and everybody who took part within "
        f"{rule.length}, at the latest within {limit.length}.",
        due=min(due, breach),
        breach=breach,
        shows=shows_before(review.held_on, due),
        owner=r.team("review"),
        doing=PAGE,
        topic="review",
        subject="review",
        subject_id=review.id,
    )


def report_due(held_on: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The last day on which the report is in time, by the rule of the duty itself: value is that day."""
    rule, limit = (ruleset.in_force(key, held_on) for key in ("review_report", "review_report_limit"))
    due = min(last_day(rule, held_on, calendar), last_day(limit, held_on, calendar))
    why = f"The review was held on {day_in_words(held_on)}; the report is due within {rule.length}, by "
    return Decision(due, f"{why}{day_in_words(due)}.", rule.source_label)


@computes("review_feedback_asked")
def _feedback(r: Reckoning, review: HeldReviewFacts) -> None:
    if review.feedback or review.reported_on is None:
        return
    rule, due = r.clock("review_feedback_asked", review.reported_on)
    r.add(
        rule,
        f"review_feedback_asked:review:{review.id}",
        "Ask how the review was for them",
        f"The report was issued on {day_in_words(review.reported_on)}. The person and family are asked how the "
        f"review was within {rule.length}.",
        due=due,
        shows=review.reported_on,
        owner=r.keyworker_or("review"),
        doing=PAGE,
        topic="review",
        subject="review",
        subject_id=review.id,
    )


@computes("review_regard")
def _regard(r: Reckoning, review: HeldReviewFacts, regard: RegardFacts) -> None:
    rule, due = r.clock("review_regard", regard.sent_on)
    r.add(
        rule,
        f"review_regard:recipient:{regard.id}",
        f"Find out what {regard.name} does with the review",
        f"The report was sent to {regard.name} on {day_in_words(regard.sent_on)}. Within {rule.length} it says "
        "whether it accepts what was recommended, or why not.",
        due=due,
        shows=shows_before(regard.sent_on, due),
        owner=r.team("review"),
        doing=PAGE,
        topic="review",
        subject="review",
        subject_id=review.id,
    )


@computes("oversight_panel")
def _oversight(r: Reckoning, review: HeldReviewFacts, case: CaseFacts) -> None:
    """By the area's cycle: so long after its last panel; where that is past, or none was held, after raising it."""
    base = case.raised_on
    if case.last_panel is not None and r.day("oversight_panel", case.last_panel) >= case.raised_on:
        base = case.last_panel
    rule, due = r.clock("oversight_panel", base)
    r.add(
        rule,
        f"oversight_panel:case:{case.id}",
        "Bring the review to the oversight panel",
        f"It was raised to the panel on {day_in_words(case.raised_on)}; the panel meets every {rule.length}.",
        due=due,
        shows=max(case.raised_on, days_after(due, -28)),
        owner=r.team("commissioning"),
        doing=PAGE,
        topic="review",
        subject="review",
        subject_id=review.id,
    )
