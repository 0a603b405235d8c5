"""What reading one cell gave: a value, nothing, or a sentence saying what is wrong."""

from dataclasses import dataclass, field
from typing import Any

# The row can't become a person until the sheet is put right.
REFUSE = "refuse"
# A person must decide before the row is used.
REVIEW = "review"
# The row is used; this is worth knowing.
NOTE = "note"

SEVERITIES = (REFUSE, REVIEW, NOTE)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about a cell: a stable code, a sentence for the screen, and how much it matters."""

    code: str
    sentence: str
    severity: str = NOTE


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value (None when there is nothing), what to say about it, and whether it holds all the text said.

    When `whole` is false the text of the cell says more than the value, and is kept beside it.
    """

    value: Any = None
    remarks: tuple[Remark, ...] = field(default=())
    whole: bool = True

    @property
    def refused(self) -> bool:
        """Does this cell alone stop the row?"""
        return any(remark.severity == REFUSE for remark in self.remarks)


NOTHING = Outcome()
# The cell has words, but none that is a value: 'n/a', 'TBC'. The words are kept.
NOTHING_SAID = Outcome(whole=False)


def unread(code: str, sentence: str, severity: str = NOTE) -> Outcome:
    """No value: the text could not be understood."""
    return Outcome(remarks=(Remark(code, sentence, severity),), whole=False)


def noted(value: Any, code: str, sentence: str, severity: str = NOTE, *, whole: bool = True) -> Outcome:
    """A value with something to say about it."""
    return Outcome(value, (Remark(code, sentence, severity),), whole)
