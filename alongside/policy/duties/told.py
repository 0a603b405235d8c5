"""What a family, a school or a ward told us that has changed is looked at, and they are answered."""

from datetime import date
from typing import Any

from ..counting import day_in_words, local_day, start_of_day, working_hours_after
from ..facts import ToldFacts
from ..rules import computes
from .duty import Owner
from .reckoning import Reckoning

#: What a question about who looked, or who can see what, is called among the kinds of change.
SEEING = "Who can see what"


def who_told(told_as: str) -> str:
    """As it stands inside a sentence: 'their mother', 'the young person'; a name keeps its capital."""
    return told_as[:1].lower() + told_as[1:] if told_as.startswith(("Their ", "The ")) else told_as


@computes("change_looked_at", "urgent_change_looked_at")
def told_duties(r: Reckoning) -> None:
    """One for each change that nobody has answered; on the register or not."""
    agreed = r.consent is not None and r.consent.answer == "given"
    for change in r.facts.told:
        # Whoever asks why somebody looked may mean their keyworker: whoever leads the team answers that.
        owner = r.keyworker_or("keyworking" if agreed else "register")
        if change.kind == SEEING and agreed:
            owner = r.team("keyworking")
        rule, due = r.clock("urgent_change_looked_at" if change.urgent else "change_looked_at", local_day(change.at))
        wait = " They say it can't wait." if change.urgent else ""
        r.add(
            rule,
            f"change_looked_at:change:{change.id}",
            f"Look at what {who_told(change.told_as)} told us",
            f"Told on {day_in_words(local_day(change.at))}: {change.kind.lower()}.{wait}",
            due=due,
            shows=change.at,
            owner=owner,
            doing="answer_told",
            topic=change.topic,
            subject="change",
            subject_id=change.id,
        )
        if change.urgent and owner.kind == "actor":
            _covered(r, change, due)


@computes("urgent_change_lifted")
def _covered(r: Reckoning, change: ToldFacts, due: date) -> None:
    """What can't wait never waits for one person only: whoever stands in has it at once, the team after some hours.

    A keyworker may be ill without anybody having written it down, so the team's comes whether they are known to be
    away or not; an answer ends all three.
    """
    what = f"{who_told(change.told_as)} told us"
    told = f"Told on {day_in_words(local_day(change.at))}: {change.kind.lower()}. They say it can't wait."
    begins = change.at
    rule, _ = r.ruleset.governing(
        "urgent_change_lifted",
        local_day(begins),
        lambda rule: local_day(working_hours_after(begins, rule.period.number, r.calendar)),
    )
    known: dict[str, Any] = {
        "due": due,
        "doing": "answer_told",
        "topic": change.topic,
        "subject": "change",
        "subject_id": change.id,
    }
    for cover in r.facts.allocations:
        over = cover.to_date is not None and cover.to_date < local_day(begins)
        if cover.role == "cover" and cover.sees_person and not over:
            r.add(
                rule,
                f"change_looked_at:change:{change.id}:cover:{cover.id}",
                f"For their keyworker: look at what {what}",
                f"{told} You stand in for their keyworker.",
                shows=max(begins, start_of_day(cover.from_date)) if cover.from_date else begins,
                ends=cover.to_date,
                owner=Owner("actor", cover.actor_id),
                **known,
            )
    r.add(
        rule,
        f"change_looked_at:change:{change.id}:team",
        f"For their keyworker: look at what {what}",
        f"{told} It is the team's work too where their keyworker has not answered within {rule.length_in_words}.",
        shows=working_hours_after(begins, rule.period.number, r.calendar),
        owner=r.team("keyworking"),
        **known,
    )
