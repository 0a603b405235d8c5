"""What is due about a commissioner's inpatient file: its rows that wait for a person."""

from dataclasses import dataclass

from ..counting import as_utc, day_in_words, local_day
from ..rules import computes
from .matters import Matter, MatterFacts, about


@dataclass(frozen=True, slots=True, kw_only=True)
class InpatientFileFacts(MatterFacts):
    """A file that was compared. `waiting`: rows in which it and the record differ, and nobody has decided."""

    waiting: int


@computes("inpatient_file")
@about("inpatient_file")
def inpatient_file_duties(matter: Matter, facts: InpatientFileFacts) -> None:
    """Nothing is due when none waits."""
    if not facts.waiting:
        return
    begins = local_day(facts.opened_at)
    rule, due = matter.clock("inpatient_file", begins)
    rows = f"{facts.waiting:,} row{'' if facts.waiting == 1 else 's'}"
    matter.due(
        rule,
        "inpatient_file",
        f"Decide {rows} of the inpatient file",
        f"Compared on {day_in_words(begins)}; in {rows} the file and the record differ.",
        due=due,
        shows=as_utc(facts.opened_at),
        owner=matter.team("commissioning"),
        topic="hospital",
    )
