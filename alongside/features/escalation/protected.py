"""Who reads escalations: whoever reads the topic of the person; and whoever is asked, this question and no record.

Nothing here is changed by hand: the operations check who asks and when it may be, and write as the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.people.models.untold import UntoldRows
from alongside.foundation.access.protection import ACTOR, ENGINE, FactRows, Protection, may_read

_NOT_FAMILY = "not (select access.comes_as_family())"
_TOLD = f"($t.told or {_NOT_FAMILY})"
_NOW = "{a}.from_at <= statement_timestamp() and ({a}.to_at is null or {a}.to_at > statement_timestamp())"
_ASKED = f"exists (select 1 from escalation_addressee d where d.escalation_id = {{row}} and d.actor_id = {ACTOR} and "


def _asked(row: str) -> str:
    return _ASKED.format(row=row) + _NOW.format(a="d") + ")"


@dataclass(frozen=True)
class RefusalRows(UntoldRows):
    """As any fact; but nobody who came in by the family door reads a row that they are not told of."""

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in FactRows.policies(self):
            if command == "select":
                clause = f"using ({_TOLD} and ({self._reading(clause.removeprefix('using '))}))"
            yield command, clause

    def _reading(self, as_a_fact: str) -> str:
        return as_a_fact


@dataclass(frozen=True)
class EscalationRows(RefusalRows):
    """The same, written by the operations alone; and whoever is asked now reads this one row."""

    def _reading(self, as_a_fact: str) -> str:
        return f"{as_a_fact} or {_asked('$t.id')}"

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "insert":
                clause = f"with check ({ENGINE})"
            elif command == "update":
                clause = f"using ({ENGINE}) with check ({ENGINE})"
            yield command, clause


@dataclass(frozen=True)
class EscalationStepRows(Protection):
    """Read with the escalation, and never through the family door."""

    history = True

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        reached = "exists (select 1 from escalation_escalation e where e.id = $t.escalation_id)"
        yield may_read(f"{ENGINE} or ({_NOT_FAMILY} and {reached})")
        yield "insert", f"with check ({ENGINE})"


@dataclass(frozen=True)
class AddresseeRows(Protection):
    """Who has it when, worked out by the operations. Read by the team on its topic, and by whoever is named in it."""

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        _, clause = next(FactRows().policies())
        yield may_read(f"{_NOT_FAMILY} and ({clause.removeprefix('using ')} or actor_id = {ACTOR})")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
        yield "delete", f"using ({ENGINE})"


@dataclass(frozen=True)
class TryRows(Protection):
    """That a link was tried: counted by the engine. A look: no act is needed."""

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(ENGINE)
        yield "insert", f"with check ({ENGINE})"
