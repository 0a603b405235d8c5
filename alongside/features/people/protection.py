"""Which area holds a person: written by whoever adds them, and from then on by the engine."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ENGINE, FactRows


@dataclass(frozen=True)
class HeldRows(FactRows):
    """Read as any fact. The first row of a person is written by those who add them, each later one by the engine.

    Otherwise an area could say of anybody in the country that it had held them once, and read them from then on.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        reading, _, _ = super().policies()
        yield reading
        yield "insert", f"with check ({ENGINE} or access.begins_with(person_id, icb_id))"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
