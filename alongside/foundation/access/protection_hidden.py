"""What is not to be read: keys, and the audit stores but for information governance."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ENGINE, Protection, may_read

# Information governance reads who looked and what changed where its own areas are concerned.
GOVERNED_ACTORS = "(select access.governed_actors())::bigint[]"
GOVERNED_PEOPLE = "(select access.governed_people())::bigint[]"
WITHIN = {
    "look": f"actor_id = any({GOVERNED_ACTORS}) or person_ids && {GOVERNED_PEOPLE}",
    "history": f"person_id = any({GOVERNED_PEOPLE}) or (person_id is null and actor_id = any({GOVERNED_ACTORS}))",
}


@dataclass(frozen=True)
class Hidden(Protection):
    """Not to be read: keys and the audit stores. Information governance reads what concerns its areas (see WITHIN)."""

    read_by: tuple[str, ...] = ()
    rule: str = ""

    def grants(self) -> str:
        return "select" if self.read_by or self.rule else ""

    def policies(self) -> Iterator[tuple[str, str]]:
        if self.rule:
            yield may_read(f"{ENGINE} or {WITHIN[self.rule]}")
        if self.read_by:
            yield may_read(" or ".join([ENGINE, *(f"(select access.holds('{role}'))" for role in self.read_by)]))
