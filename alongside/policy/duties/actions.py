"""What is due about agreed actions: they are accepted, done, confirmed, and nobody who is silent is left alone.

The owner owes the answer and the work; whoever walks alongside the person owes everything else, so that each open
action has a day on which somebody looks at it, whatever its owner does.
"""

from datetime import date, datetime

from ..counting import day_in_words, days_after, local_day, moment_in_words
from ..facts import ActionFacts
from ..rules import Rule, computes
from .duty import Owner
from .emergency import STILL_TO_DO, task_duty
from .reckoning import Reckoning, shows_before

#: Longer than this an action is not told in what is due.
MOST_WORDS = 80
WAITING = {
    "money": "It waits for money",
    "decision": "It waits for a decision",
    "place": "It waits for a place or an appointment",
    "somebody": "It waits for somebody else's part",
}


@computes(
    "action_accepted",
    "action_done",
    "action_chased",
    "action_handed_on",
    "action_blocked_look",
    "action_confirmed",
    "action_dispute_settled",
    "support_started",
)
def action_duties(r: Reckoning) -> None:
    """One or two for each open action; on the register or not."""
    moments = r.facts.emergencies.moments if r.facts.emergencies else {}
    for action in r.facts.actions:
        if (by := moments.get(action.id)) and action.state in STILL_TO_DO:
            _by_a_moment(r, action, by)
        elif work := _BY_STATE.get(action.state):
            work(r, action)
        if action.start_asked_from is not None and action.state != "refused":
            _ask_whether_started(r, action, action.start_asked_from)


def _proposed(r: Reckoning, action: ActionFacts) -> None:
    """Row 65: the owner answers within 10 days; then somebody chases."""
    asked = local_day(action.asked_at)
    rule, due = r.clock("action_accepted", asked)
    if not action.by_link:
        _add(
            r,
            rule,
            action,
            "accept",
            f"Say yes or no, or who is better: {_what(action)}",
            f"You were asked on {day_in_words(asked)}. An answer is due within {rule.length_in_words}.",
            due=due,
            shows=action.asked_at,
            owner=Owner("actor", action.owner_id),
        )
    _chase(r, action, due, "Nobody has answered yet", f"Its owner was asked on {day_in_words(asked)}")


def _accepted(r: Reckoning, action: ActionFacts) -> None:
    """Due on the day that was agreed; after it, somebody chases."""
    asked = local_day(action.state_at)
    if not action.by_link:
        _add(
            r,
            r.ruleset.in_force("action_done", action.due_on),
            action,
            "do",
            f"Do what you agreed to: {_what(action)}",
            f"Agreed to be done by {day_in_words(action.due_on)}.",
            due=action.due_on,
            shows=shows_before(min(asked, action.due_on), action.due_on),
            owner=Owner("actor", action.owner_id),
        )
    _chase(r, action, action.due_on, "Late", f"It was to be done by {day_in_words(action.due_on)}")


def _by_a_moment(r: Reckoning, action: ActionFacts, by: datetime) -> None:
    """Agreed at an emergency meeting: nobody waits for its owner's answer, and it is chased from the day after."""
    task_duty(r, action, by)
    if action.state != "refused":
        _chase(r, action, local_day(by), "Late", f"It was to be done by {moment_in_words(by)}")


def _chase(r: Reckoning, action: ActionFacts, until: date, title: str, said: str) -> None:
    """From the day after `until`, or after the last chasing, somebody gets in touch with the owner."""
    begins = until
    if action.chased_at is not None and local_day(action.chased_at) > until:
        begins = local_day(action.chased_at)
        said += f", and was chased on {day_in_words(begins)}"
    rule, due = r.clock("action_chased", begins)
    _add(
        r,
        rule,
        action,
        f"chase:{begins.isoformat()}",
        f"{title}: {_what(action)}",
        f"{said}. Get in touch with the owner within {rule.length_in_words}, or ask somebody else.",
        due=due,
        shows=days_after(begins, 1),
        owner=_alongside(r, not_by=action.owner_id),
    )


def _refused(r: Reckoning, action: ActionFacts) -> None:
    on = local_day(action.state_at)
    rule, due = r.clock("action_handed_on", on)
    _add(
        r,
        rule,
        action,
        f"hand:{on.isoformat()}",
        f"Ask somebody else: {_what(action)}",
        f"Its owner does not do it, since {day_in_words(on)}. Somebody else is asked within {rule.length_in_words}.",
        due=due,
        shows=action.state_at,
        owner=_alongside(r),
    )


def _blocked(r: Reckoning, action: ActionFacts) -> None:
    on = local_day(max(action.state_at, action.chased_at or action.state_at))
    rule, due = r.clock("action_blocked_look", on)
    waits = WAITING.get(action.waits_for, "It can't go on")
    _add(
        r,
        rule,
        action,
        f"unblock:{on.isoformat()}",
        f"Blocked: {_what(action)}",
        f"{waits}, since {day_in_words(local_day(action.state_at))}. Looked at again within {rule.length_in_words}.",
        due=due,
        shows=shows_before(on, due),
        owner=_alongside(r),
    )


def _said_done(r: Reckoning, action: ActionFacts) -> None:
    """Whoever did it doesn't confirm it: where that is the keyworker, the team does, unless the family has."""
    on = local_day(action.state_at)
    rule, due = r.clock("action_confirmed", on)
    _add(
        r,
        rule,
        action,
        f"confirm:{on.isoformat()}",
        f"Ask whether it happened: {_what(action)}",
        f"Said to be done on {day_in_words(on)}. The keyworker or the family confirms within {rule.length_in_words}.",
        due=due,
        shows=action.state_at,
        owner=_alongside(r, not_by=action.owner_id),
    )


def _disputed(r: Reckoning, action: ActionFacts) -> None:
    on = local_day(action.state_at)
    rule, due = r.clock("action_dispute_settled", on)
    _add(
        r,
        rule,
        action,
        f"settle:{on.isoformat()}",
        f"Settle what is disputed: {_what(action)}",
        f"Somebody said on {day_in_words(on)} that it is not right. Settled within {rule.length_in_words}.",
        due=due,
        shows=action.state_at,
        owner=_alongside(r, not_by=action.owner_id),
    )


def _ask_whether_started(r: Reckoning, action: ActionFacts, since: date) -> None:
    rule, due = r.clock("support_started", since)
    _add(
        r,
        rule,
        action,
        f"started:{since.isoformat()}",
        f"Ask the family whether it has started: {_what(action)}",
        f"Support was to be there from {day_in_words(since)}. The family is asked within {rule.length_in_words}.",
        due=due,
        shows=since,
        owner=_alongside(r),
    )


_BY_STATE = {
    "proposed": _proposed,
    "accepted": _accepted,
    "refused": _refused,
    "blocked": _blocked,
    "said_done": _said_done,
    "disputed": _disputed,
}


def _add(
    r: Reckoning,
    rule: Rule,
    action: ActionFacts,
    part: str,
    what: str,
    because: str,
    *,
    due: date,
    shows: date | datetime,
    owner: Owner,
) -> None:
    r.add(
        rule,
        f"action:{action.id}:{part}",
        what,
        because,
        due=due,
        shows=shows,
        owner=owner,
        doing="open_action",
        topic=action.topic,
        subject="action",
        subject_id=action.id,
    )


def _alongside(r: Reckoning, not_by: int = 0) -> Owner:
    """The keyworker; the keyworking team where there is none, or where it is about the keyworker's own work."""
    owner = r.keyworker_or("keyworking")
    return r.team("keyworking") if owner == Owner("actor", not_by) else owner


def _what(action: ActionFacts) -> str:
    return action.what if len(action.what) <= MOST_WORDS else f"{action.what[: MOST_WORDS - 1].rstrip()}…"
