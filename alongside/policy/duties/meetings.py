"""What is due about a register meeting itself: its agenda, its day, its minutes, and the next one."""

from dataclasses import dataclass
from datetime import date, datetime

from ..counting import day_in_words, days_after, local_day
from ..rules import computes
from .matters import Matter, MatterFacts, about


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts(MatterFacts):
    """A meeting that is planned, goes on, or is over and its minutes are not sent.

    opened_at is when it was planned; over_at when it was closed.
    """

    starts_at: datetime
    agenda_sent: bool
    over_at: datetime | None = None


@about("meeting")
@computes("meeting_agenda_sent", "meeting_held", "meeting_minutes_sent")
def meeting_duties(matter: Matter, facts: MeetingFacts) -> None:
    """Agenda sent some days before; held on its day by its chair; then minutes."""
    on = local_day(facts.starts_at)
    said = day_in_words(on)
    if facts.over_at:
        rule, due = matter.clock("meeting_minutes_sent", local_day(facts.over_at))
        matter.due(
            rule, "meeting_minutes_sent", "Send the minutes of the register meeting",
            f"It was on {said}; its minutes are sent within {rule.length}.",
            due=due, shows=facts.over_at, owner=matter.team("register"),
        )  # fmt: skip
        return
    if not facts.agenda_sent:
        rule = matter.ruleset.in_force("meeting_agenda_sent", on)
        planned = local_day(facts.opened_at)
        due = max(planned, days_after(on, -rule.period.number))
        matter.due(
            rule, "meeting_agenda_sent", "Send the agenda of the register meeting",
            f"It is on {said}; its agenda is sent {rule.length} before.",
            due=due, shows=max(planned, days_after(due, -7)), breach=on, owner=matter.team("register"),
        )  # fmt: skip
    matter.due(
        matter.ruleset.in_force("meeting_held", on), "meeting_held", "Hold the register meeting",
        f"It is on {said}. If it can’t be, move it or call it off.", due=on, shows=days_after(on, -2),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCycleFacts(MatterFacts):
    """An area's cycle of meetings. last_on: the last that was closed; next_planned: another one has a day."""

    last_on: date | None = None
    next_planned: bool = False


@about("meeting_cycle")
@computes("meeting_next_planned")
def meeting_cycle_duties(matter: Matter, facts: MeetingCycleFacts) -> None:
    """There is always a next meeting: without one somebody owes the planning of it."""
    if facts.next_planned:
        return
    begun = facts.last_on or local_day(facts.opened_at)
    rule, due = matter.clock("meeting_next_planned", begun)
    last = f"The last one was on {day_in_words(facts.last_on)}" if facts.last_on else "None has been held yet"
    matter.due(
        rule, "meeting_next_planned", "Plan the next register meeting",
        f"{last}, and no other has a day.", due=due, shows=begun, owner=matter.team("register"),
    )  # fmt: skip
