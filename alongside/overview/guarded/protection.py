"""How the tables of guarded records are protected: by information governance of the area, and whoever else is named."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, PEOPLE, Protection, may_read

GOVERNED = "icb_id = any((select access.governed_areas())::bigint[])"
MANAGED = "icb_id = any((select access.areas_of('manager'))::bigint[])"
COORDINATED = "icb_id = any((select access.areas_of('coordinator'))::bigint[])"


@dataclass(frozen=True)
class OpeningRows(Protection):
    """Read by governance of the area, by its managers where a record was opened, and by whoever opened it.

    What did not open anything is governance's alone: it would tell that a record exists. Only the database's own
    function adds one; what was found is written by those who look at it, never by whoever opened.
    """

    history = True

    def grants(self) -> str:
        return "select, update (reviewed_at, reviewed_by_id, justified, finding, told, told_words)"

    def policies(self) -> Iterator[tuple[str, str]]:
        opened = "outcome = 'opened'"
        yield may_read(f"{ENGINE} or {GOVERNED} or ({opened} and ({MANAGED} or actor_id = {ACTOR}))")
        reviews = f"{opened} and actor_id <> {ACTOR} and ({GOVERNED} or {MANAGED})"
        yield "update", f"using ({reviews}) with check ({reviews})"


@dataclass(frozen=True)
class RestrictionRows(Protection):
    """Read by governance of the area and by whoever is named on the record. Nobody else can tell that there is one."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        named = f"person_id = any({PEOPLE})"
        within = f"{ENGINE} or {GOVERNED} or ({COORDINATED} and {named})"
        yield may_read(f"{ENGINE} or {GOVERNED} or {named}")
        yield "insert", f"with check ({within})"
        yield "update", f"using ({within}) with check ({within})"


@dataclass(frozen=True)
class GovernedRows(Protection):
    """Information governance of the area reads and writes; `second` names a column: whose yes is asked for as well.

    `of` is the table with `icb_id` (and `second`) to which a row of this one belongs by `by`.
    """

    second: str = ""
    first: str = ""
    of: str = ""
    by: str = ""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        theirs = GOVERNED + (f" or {self.second} = {ACTOR}" if self.second else "")
        if self.of:
            whose = f"o.{GOVERNED}" + (f" or o.{self.second} = {ACTOR}" if self.second else "")
            theirs = f"exists (select 1 from {self.of} o where o.id = $t.{self.by} and ({whose}))"
        adds = GOVERNED + (f" and {self.first} = {ACTOR}" if self.first else "")
        if self.of:
            adds = f"exists (select 1 from {self.of} o where o.id = $t.{self.by} and o.{GOVERNED})"
        yield may_read(f"{ENGINE} or {theirs}")
        # Whoever is asked for their yes begins nothing, and whoever begins does it in their own name.
        yield "insert", f"with check ({ENGINE} or ({adds}))"
        yield "update", f"using ({ENGINE} or {theirs}) with check ({ENGINE} or {theirs})"
