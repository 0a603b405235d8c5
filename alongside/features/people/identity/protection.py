"""A row about two people at once is shown to whoever reaches both of them, and written by the engine only."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ENGINE, Protection, may_read


@dataclass(frozen=True)
class PairRows(Protection):
    """`first_id` and `second_id` name the two. Row-level security of the people's own table decides about each."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        reaches = "exists (select 1 from people_person p where p.id = $t.{side})"
        both = f"{reaches.format(side='first_id')} and {reaches.format(side='second_id')}"
        yield may_read(f"{ENGINE} or ({both})")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
