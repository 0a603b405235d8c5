"""What is due about escalations: they are raised or it is written why not, decided level by level, and never nobody's.

An officer who opens nothing here is rung by the keyworking team; where nobody is named, the team decides who decides.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ..counting import day_in_words, days_after, local_day, start_of_day
from ..escalating import (
    AGENCIES,
    LEVELS,
    OUTSIDE,
    HeldBack,
    OpenEscalation,
    OpenRefusal,
    Post,
    Stretch,
    first_level,
    gaps,
    ladder,
)
from ..facts import ActionFacts
from ..rules import Rule, computes
from .duty import Duty, Owner
from .going_up import PASSED
from .matters import Matter, MatterFacts, about
from .reckoning import Reckoning, shows_before
from .register import current_rating

RAISE, OPEN, REFUSAL = "raise_escalation", "open_escalation", "open_refusal"
MOST_WORDS = 80
_STUCK = {"blocked": "It has been blocked", "refused": "It has had nobody to do it"}


def escalation_duties(r: Reckoning) -> None:
    """Last of all: what others say is due may have to go up. Of one thing due twice, as by two bodies, once."""
    raised = {(one.about, one.about_id) for one in r.facts.escalations.running}
    for action in r.facts.actions:
        if ("action", action.id) not in raised:
            _propose_action(r, action)
    for duty in sorted((duty for duty in r.duties if duty.rule_key in PASSED), key=_passes_on):
        it = (f"duty:{duty.rule_key}", duty.subject_id or 0)
        if it not in raised:
            raised.add(it)
            _propose_passed(r, duty)
    for one in r.facts.escalations.running:
        _running(r, one)
    for refusal in r.facts.escalations.refusals:
        _refusal(r, refusal)


@computes("escalation_level_0", "escalation_raised", "escalation_days_left")
def _propose_action(r: Reckoning, action: ActionFacts) -> None:
    """Level 0 is the keyworker's own time to sort it out; what is left after it goes up."""
    if action.state in _STUCK:
        base = local_day(action.state_at)
        said = f"{_STUCK[action.state]} since {day_in_words(base)}"
    elif action.state in ("proposed", "accepted"):
        base = action.due_on
        said = f"It was to be done by {day_in_words(base)}"
    else:
        return
    own, until = r.clock("escalation_level_0", base)
    shows = days_after(until, 1)
    if action.state == "proposed":
        few, early = _few_days_left(r, action)
        if early < shows:
            shows = early
            said = f"It is to be done by {day_in_words(action.due_on)}, and nobody had said yes {few.length} before"
    said += f". What can't be sorted out within {own.length_in_words} is escalated, or it is written why not."
    if action.of_review:
        said += f" {first_level(action.due_on, action.due_on, r.ruleset, r.calendar, action.times).because}"
    _propose(r, "action", action.id, base, shows, said, words(action.what), action.topic)


def _few_days_left(r: Reckoning, action: ActionFacts) -> tuple[Rule, date]:
    """So long before its day an action without an answer goes up, but not before level 0's time since it was asked."""
    rule = r.ruleset.in_force("escalation_days_left", action.due_on)
    _, own = r.clock("escalation_level_0", local_day(action.asked_at))
    return rule, max(days_after(action.due_on, -rule.period.number), days_after(own, 1))


def _propose_passed(r: Reckoning, duty: Duty) -> None:
    """A review, a discharge, money or a place out of time, and somebody red whose plan is late."""
    if duty.rule_key == "keyworker_plan_all":
        rating = current_rating(r.open_entries[0]) if r.open_entries else None
        if rating is None or rating.colour != "red":
            return
    base = _passes_on(duty)
    _, until = r.clock("escalation_level_0", base)
    said = f"Its day is {day_in_words(base)}. If it is not done soon after, it goes up, or it is written why not."
    kind = f"duty:{duty.rule_key}"
    _propose(r, kind, duty.subject_id, base, days_after(until, 1), said, words(duty.what), duty.topic)


def _passes_on(duty: Duty) -> date:
    return local_day(duty.breach or duty.due)


def _propose(
    r: Reckoning, kind: str, number: int, base: date, shows: date, because: str, what: str, topic: str
) -> None:
    for one in r.facts.escalations.held_back:
        if (one.about, one.about_id) == (kind, number):
            shows = max(shows, *_not_before(r, one))
    rule, due = r.clock("escalation_raised", days_after(shows, -1))
    r.add(
        rule,
        f"escalate:{kind}:{number}:{base.isoformat()}:{shows.isoformat()}",
        f"Escalate, or write why not: {what}",
        because,
        due=due,
        shows=shows,
        owner=r.keyworker_or("keyworking"),
        doing=RAISE,
        topic=topic,
        subject=kind.partition(":")[0],
        subject_id=number,
    )


def _not_before(r: Reckoning, one: HeldBack) -> list[date]:
    """The day after a written reason runs out; and after a decision, level 0's time anew to do what was decided."""
    days = [one.until] if one.until else []
    if one.over_on:
        days.append(r.clock("escalation_level_0", one.over_on)[1])
    return [days_after(day, 1) for day in days] or [date.min]


@computes("escalation_told", "escalation_question", *(f"escalation_level_{level}" for level in (1, 2, 3, 4, OUTSIDE)))
def _running(r: Reckoning, one: OpenEscalation) -> None:
    """Each stretch of the ladder is due to whoever has it then."""
    stretches = ladder(
        level=one.level,
        agency=one.agency,
        asked_at=one.asked_at,
        posts=() if one.closed else r.facts.escalations.posts,
        pauses=one.pauses,
        ruleset=r.ruleset,
        calendar=r.calendar,
    )
    for stretch in stretches:
        if stretch.post is None or stretch.post.has_account:
            _decide(r, one, stretch)
        else:
            _by_voice(r, one, stretch, stretch.post)
    if one.returned_at:
        rule, due = r.clock("escalation_question", local_day(one.returned_at))
        _add(
            r,
            one,
            rule,
            f"question:{local_day(one.returned_at).isoformat()}",
            f"Answer what was asked back: {words(one.what)}",
            f"Asked on {day_in_words(local_day(one.returned_at))}. The clock stands still until it is answered, for "
            f"{rule.length_in_words} at most.",
            due=due,
            shows=one.returned_at,
            owner=r.keyworker_or("keyworking"),
            ends=None,
        )


def _decide(r: Reckoning, one: OpenEscalation, stretch: Stretch) -> None:
    because = _since(one, stretch)
    if one.closed:
        because += " The record is held closely, so no officer is asked."
        owner, what = (
            r.keyworker_or("keyworking"),
            f"Decide among yourselves, or take it back: {words(one.what)}",
        )
    elif stretch.post:
        owner, what = Owner("actor", stretch.post.actor_id), f"Decide: {words(one.what)}"
    elif stretch.level == OUTSIDE:
        owner, what = r.team("commissioning"), f"Tell whoever watches over the system: {words(one.what)}"
    elif stretch.level == 1:
        owner, what = r.team("keyworking"), f"Decide: {words(one.what)}"
    else:
        owner, what = r.team("keyworking"), f"Nobody is named who decides. Find somebody: {words(one.what)}"
    paused = start_of_day(days_after(one.paused_until, 1)) if one.paused_until else stretch.from_at
    due = max(stretch.due_on, local_day(stretch.from_at))
    _add(
        r,
        one,
        stretch.rule,
        f"decide:{stretch.level}:{owner.kind}{owner.id}:{local_day(stretch.from_at).isoformat()}",
        what,
        because,
        due=due,
        shows=max(stretch.from_at, paused),
        owner=owner,
        ends=stretch.to_at,
    )


def _by_voice(r: Reckoning, one: OpenEscalation, stretch: Stretch, post: Post) -> None:
    """No mailbox here: somebody of ours rings; then somebody of ours asks for the answer."""
    begins = local_day(stretch.from_at)
    told = post.id in one.told
    rule, due = (stretch.rule, max(stretch.due_on, begins)) if told else r.clock("escalation_told", begins)
    what = f"Ask {post.name} for the decision" if told else f"Ring {post.name}"
    _add(
        r,
        one,
        rule,
        f"{'ask' if told else 'ring'}:{stretch.level}:{post.id}:{begins.isoformat()}",
        f"{what}: {words(one.what)}",
        f"{_since(one, stretch)} {post.name} has no account here: somebody tells them, and writes down what they say.",
        due=due,
        shows=shows_before(begins, due) if told else stretch.from_at,
        owner=r.team("keyworking"),
        ends=stretch.to_at,
    )


def _since(one: OpenEscalation, stretch: Stretch) -> str:
    asked = day_in_words(local_day(one.asked_at))
    if stretch.level == one.level:
        said = f"Put to level {stretch.level} on {asked}"
    else:
        said = f"Put to level {one.level} on {asked}, and not decided in time, so it is level {stretch.level} now"
    end = f"; decided by {day_in_words(stretch.due_on)}" if stretch.rule.length else ""
    return f"{said} ({LEVELS[stretch.level].lower()}){end}."


def _add(
    r: Reckoning,
    one: OpenEscalation,
    rule: Rule,
    part: str,
    what: str,
    because: str,
    *,
    due: date,
    shows: date | datetime,
    owner: Owner,
    ends: datetime | None,
) -> None:
    r.add(
        rule,
        f"escalation:{one.id}:{part}",
        what,
        because,
        due=due,
        shows=shows,
        ends=ends,
        owner=owner,
        doing=OPEN,
        topic=one.topic,
        subject="escalation",
        subject_id=one.id,
    )


@computes("refusal_next_step")
def _refusal(r: Reckoning, one: OpenRefusal) -> None:
    r.add(
        r.ruleset.in_force("refusal_next_step", one.then_on),
        f"refusal:{one.id}:{one.then_on.isoformat()}",
        f"After a no: {words(one.then_what)}",
        f"{one.who} said no on {day_in_words(one.said_on)}: {words(one.what)}",
        due=one.then_on,
        shows=shows_before(min(one.said_on, one.then_on), one.then_on),
        owner=r.keyworker_or("keyworking"),
        doing=REFUSAL,
        topic=one.topic,
        subject="refusal",
        subject_id=one.id,
    )


def words(what: str) -> str:
    return what if len(what) <= MOST_WORDS else f"{what[: MOST_WORDS - 1].rstrip()}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersFacts(MatterFacts):
    """An area's officers. opened_at: when it first named or needed one."""

    posts: tuple[Post, ...] = ()


@about("officers")
@computes("officers_named")
def officers_duties(matter: Matter, facts: OfficersFacts) -> None:
    """A gap is seen before it comes, where it is known."""
    for agency, called in AGENCIES.items():
        for first, last in gaps(facts.posts, agency, local_day(facts.opened_at)):
            rule, due = matter.clock("officers_named", first)
            matter.due(
                rule,
                f"officers_named:{agency}:{first.isoformat()}",
                f"Name a senior responsible officer for {called.lower()}, or a deputy",
                f"From {day_in_words(first)} nobody is there whom an escalation could be put to for {called.lower()}.",
                due=due,
                shows=days_after(first, -14),
                owner=matter.team("keyworking"),
                ends=start_of_day(days_after(last, 1)) if last else None,
            )
