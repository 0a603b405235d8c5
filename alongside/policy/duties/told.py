"""What a family, a school or a ward told us that has changed is looked at, and they are answered."""

from ..counting import day_in_words, local_day
from ..rules import computes
from .reckoning import Reckoning


@computes("change_looked_at", "urgent_change_looked_at")
def told_duties(r: Reckoning) -> None:
    """One for each change that nobody has answered; on the register or not."""
    agreed = r.consent is not None and r.consent.answer == "given"
    for change in r.facts.told:
        rule, due = r.clock("urgent_change_looked_at" if change.urgent else "change_looked_at", local_day(change.at))
        wait = " They say it can't wait." if change.urgent else ""
        r.add(
            rule,
            f"change_looked_at:change:{change.id}",
            f"Look at what {change.told_as[:1].lower()}{change.told_as[1:]} told us",
            f"Told on {day_in_words(local_day(change.at))}: {change.kind.lower()}.{wait}",
            due=due,
            shows=change.at,
            owner=r.keyworker_or("keyworking" if agreed else "register"),
            doing="answer_told",
            topic=change.topic,
            subject="change",
            subject_id=change.id,
        )
