"""A review that is being organised: answered, dated, agreed to, its panel complete, papers out, then written up."""

from datetime import date, datetime

from ..counting import (
    Calendar,
    count,
    day_in_words,
    days_after,
    end_of_day,
    hours_after,
    local_day,
    moment_in_words,
)
from ..planned_reviews import PlannedReviewFacts, Prepared, missing_from_panel
from ..rules import Rule, Ruleset, computes
from .reckoning import Reckoning

PAGE = "open_planned_review"
_NO = ("refused", "withdrawn")


def planned_review_duties(r: Reckoning) -> None:
    for planned in r.facts.planned_reviews:
        if planned.state == "requested":
            _answer_the_request(r, planned)
        elif planned.state == "accepted":
            _set_a_day(r, planned)
        elif planned.state == "dated" and planned.starts_at is not None:
            _before_it_begins(r, planned)
            _write_up(r, planned)


def name_of(planned: PlannedReviewFacts) -> str:
    return {
        "community": "the community review",
        "post_admission": "the review after admission",
        "inpatient": "the review in hospital",
        "post_discharge": "the review after discharge",
        "independent": "the independently chaired review",
    }.get(planned.kind, "the review")


def _add(
    r: Reckoning, planned: PlannedReviewFacts, rule: Rule, stem: str, what: str, because: str, **when: object
) -> None:
    r.add(
        rule,
        f"{stem}:planned_review:{planned.id}",
        what,
        because,
        owner=r.team("review"),
        doing=PAGE,
        topic="review",
        subject="planned_review",
        subject_id=planned.id,
        **when,  # type: ignore[arg-type]
    )


@computes("review_request_answered")
def _answer_the_request(r: Reckoning, planned: PlannedReviewFacts) -> None:
    rule, due = r.clock("review_request_answered", planned.asked_on)
    _add(
        r, planned, rule, "review_request", f"Answer the request for {name_of(planned)}",
        f"Asked for on {day_in_words(planned.asked_on)}; it is answered within {rule.length}, also when it is no.",
        due=due, shows=planned.asked_on,
    )  # fmt: skip


@computes("review_day_set")
def _set_a_day(r: Reckoning, planned: PlannedReviewFacts) -> None:
    since = local_day(planned.since)
    rule, due = r.clock("review_day_set", since)
    _add(
        r, planned, rule, "review_day", f"Set a day for {name_of(planned)}",
        f"It has been without a day since {day_in_words(since)}; a day is set within {rule.length}.",
        due=due, shows=since,
    )  # fmt: skip


def _before_it_begins(r: Reckoning, planned: PlannedReviewFacts) -> None:
    """What prepares it ends when it begins: what was not done by then is told on its page (`not_in_time`)."""
    _agreement(r, planned)
    if planned.agreed not in _NO:
        _invitations(r, planned)
        _panel(r, planned)
        _papers(r, planned)


def _two_weeks_before(r: Reckoning, planned: PlannedReviewFacts) -> tuple[Rule, date, date]:
    """The rule, the day by which it is to be done, and since when the review has had its day."""
    assert planned.starts_at is not None
    since = local_day(planned.since)
    return *_invited_by(planned.starts_at, since, r.ruleset, r.calendar), since


def _invited_by(starts_at: datetime, since: date, ruleset: Ruleset, calendar: Calendar) -> tuple[Rule, date]:
    """Where less time is left than the rule asks for, it is due at once."""
    on = local_day(starts_at)
    rule = ruleset.in_force("review_invitation", on)
    return rule, max(since, count(-rule.period.number, rule.period.unit, on, calendar))


def _papers_by(starts_at: datetime, ruleset: Ruleset) -> tuple[Rule, datetime]:
    rule = ruleset.in_force("review_documents", local_day(starts_at))
    return rule, hours_after(starts_at, -rule.period.number)


@computes("review_consent_gate")
def _agreement(r: Reckoning, planned: PlannedReviewFacts) -> None:
    if planned.agreed == "given":
        return
    assert planned.starts_at is not None
    _, due, since = _two_weeks_before(r, planned)
    on = day_in_words(local_day(planned.starts_at))
    if planned.agreed in _NO:
        what = f"Ask again, or write down that {name_of(planned)} is not held"
        because = f"It is planned for {on}, and they said no. Nobody on the panel reads anything."
    else:
        what = f"Ask whether they agree to {name_of(planned)}"
        because = f"Planned for {on}. Without their agreement nobody on the panel may read anything."
    rule = r.ruleset.in_force("review_consent_gate", local_day(planned.starts_at))
    _add(r, planned, rule, "review_agreement", what, because, due=due, breach=planned.starts_at, shows=since,
         ends=planned.starts_at)  # fmt: skip


@computes("review_invitation")
def _invitations(r: Reckoning, planned: PlannedReviewFacts) -> None:
    """Also of whoever came onto the panel after the invitations went out: from that day on they are to be asked."""
    late = planned.not_asked_since
    if planned.invited_at is not None and late is None:
        return
    assert planned.starts_at is not None
    rule, due, since = _two_weeks_before(r, planned)
    what, more = f"Invite everybody to {name_of(planned)}", ""
    if planned.invited_at is not None and late is not None:
        since = local_day(late)
        due = max(due, since)
        what, more = f"Ask whoever came onto the panel of {name_of(planned)} since", " They were not asked yet."
    _add(
        r, planned, rule, "review_invitation", what,
        f"Planned for {day_in_words(local_day(planned.starts_at))}; people are asked and invited at least "
        f"{rule.length} before.{more}",
        due=due, shows=since, ends=planned.starts_at,
    )  # fmt: skip


def _panel(r: Reckoning, planned: PlannedReviewFacts) -> None:
    missing = missing_from_panel(planned.panel)
    if not missing:
        return
    assert planned.starts_at is not None
    rule, due, since = _two_weeks_before(r, planned)
    _add(
        r, planned, rule, "review_panel", f"Complete the panel of {name_of(planned)}",
        f"Planned for {day_in_words(local_day(planned.starts_at))}; it still needs {_joined(missing)}.",
        due=due, breach=planned.starts_at, shows=since, ends=planned.starts_at,
    )  # fmt: skip


@computes("review_documents")
def _papers(r: Reckoning, planned: PlannedReviewFacts) -> None:
    if planned.papers_at is not None:
        return
    assert planned.starts_at is not None
    rule, due = _papers_by(planned.starts_at, r.ruleset)
    _add(
        r, planned, rule, "review_papers", f"Send the papers for {name_of(planned)}",
        f"Planned for {moment_in_words(planned.starts_at)}; papers reach the panel {rule.length} before.",
        due=due, breach=due, shows=max(local_day(planned.since), days_after(local_day(due), -7)),
        ends=planned.starts_at,
    )  # fmt: skip


@computes("review_held_or_not")
def _write_up(r: Reckoning, planned: PlannedReviewFacts) -> None:
    assert planned.starts_at is not None
    on = local_day(planned.starts_at)
    rule, due = r.clock("review_held_or_not", on)
    _add(
        r, planned, rule, "review_write_up", f"Write down whether {name_of(planned)} was held",
        f"It was planned for {day_in_words(on)}. Held, adjourned, or not held and why: {rule.length} after its day.",
        due=due, shows=planned.starts_at,
    )  # fmt: skip


@computes("review_invitation", "review_documents", "review_consent_gate")
def not_in_time(prepared: Prepared, ruleset: Ruleset, calendar: Calendar) -> tuple[str, ...]:
    """What was to be done before a review and was not, or was later, in sentences: once it began or was called off."""
    since = local_day(prepared.since)
    _, on = _invited_by(prepared.starts_at, since, ruleset, calendar)
    _, papers = _papers_by(prepared.starts_at, ruleset)
    late = []
    if prepared.missing and end_of_day(on) < prepared.until:
        late.append(f"A full panel by {day_in_words(on)}. It needed {_joined(prepared.missing)}.")
    for what, by, done, words in (
        ("Agreement asked for", end_of_day(on), prepared.agreed_at, _on_the_day),
        ("Everybody invited", end_of_day(on), prepared.invited_at, _on_the_day),
        ("Papers with the panel", papers, prepared.papers_at, moment_in_words),
    ):
        if by < prepared.until and (done is None or done > by):
            late.append(f"{what} by {words(by)}. {f'It was {words(done)}.' if done else 'It was not done.'}")
    return tuple(late)


def _on_the_day(moment: datetime) -> str:
    return day_in_words(local_day(moment))


def _joined(words: tuple[str, ...]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


# What the clocks of a stay ask of it


#: So much of what was typed stands in a reason; the whole stands on the page of the review.
_MOST_TYPED = 80


def replacements(r: Reckoning, stay_id: int) -> dict[date, str]:
    """By the day of it: that a commissioner decided that something else takes the place of a review of this stay."""
    return {
        planned.decided_on: f"{_cut(planned.decided_by)} decided on {day_in_words(planned.decided_on)} that "
        f"‘{_cut(planned.instead)}’ takes the place of the review"
        for planned in sorted(r.facts.planned_reviews, key=lambda planned: planned.id)
        if planned.state == "replaced" and planned.stay_id == stay_id and planned.decided_on is not None
    }


def _cut(typed: str) -> str:
    """What somebody typed, inside a sentence: without its full stop, and not longer than a line."""
    words = " ".join(typed.split()).rstrip(".")
    return words if len(words) <= _MOST_TYPED else f"{words[: _MOST_TYPED - 1].rstrip()}…"


def planned_day(r: Reckoning, stay_id: int) -> date | None:
    """The earliest day that is set for a review in this stay."""
    days = [
        local_day(planned.starts_at)
        for planned in r.facts.planned_reviews
        if planned.state == "dated" and planned.starts_at is not None and planned.stay_id == stay_id
    ]
    return min(days, default=None)


def has_day_after(r: Reckoning, day: date) -> bool:
    """Whether a care, education and treatment review has a day later than this one (row 71)."""
    return any(
        planned.state == "dated" and planned.starts_at is not None and local_day(planned.starts_at) > day
        for planned in r.facts.planned_reviews
    )


def not_on_working_days(r: Reckoning, *days: date) -> str:
    """Of each day of these that is no working day: which is the last one before it. Moves no clock.

    What falls due on a weekend or bank holiday is held, or visited, on that day.
    """
    off = [(day, last_working_day(day, r.calendar)) for day in sorted(set(days))]
    return "".join(
        f" {day_in_words(day)} is no working day; the last before it is {day_in_words(working)}."
        for day, working in off
        if working != day
    )


def last_working_day(day: date, calendar: Calendar) -> date:
    """The day itself if it is a working day, else the last one before it."""
    while not calendar.is_working_day(day):
        day = days_after(day, -1)
    return day
