"""What is due about a sheet that was imported: its rows that wait for a person."""

from dataclasses import dataclass

from ..counting import as_utc, day_in_words, local_day
from ..rules import computes
from .matters import Matter, MatterFacts, about


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFacts(MatterFacts):
    """A sheet in the register. `waiting`: rows about which somebody must decide, or that could not be taken."""

    file_name: str
    waiting: int


@computes("import_rows")
@about("import")
def import_duties(matter: Matter, facts: ImportFacts) -> None:
    """Rows are decided, corrected or left out by the register team. Nothing is due when none waits."""
    if not facts.waiting:
        return
    begins = local_day(facts.opened_at)
    rule, due = matter.clock("import_rows", begins)
    rows = f"{facts.waiting:,} row{'' if facts.waiting == 1 else 's'}"
    matter.due(
        rule,
        "import_rows",
        f"Decide {rows} of the sheet {facts.file_name}"[:200],
        f"Imported on {day_in_words(begins)}; {rows} could not be taken without a person.",
        due=due,
        shows=as_utc(facts.opened_at),
    )
