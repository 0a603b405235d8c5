"""Rows that somebody who came in by the family door may write."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, PEOPLE, FactRows, may_read
from alongside.foundation.topics import Topic


@dataclass(frozen=True)
class ToldRows(FactRows):
    """As any fact; and whoever came in by the family door may add a row in their own name, and read it back.

    own: only the young person themselves, and only on the topic of their own words.
    """

    own: bool = False

    def policies(self) -> Iterator[tuple[str, str]]:
        yield from super().policies()
        mine = f"$t.recorded_by_id = {ACTOR} and $t.person_id = any({PEOPLE})"
        yield may_read(mine)
        family = f"access.is_family_of($t.person_id, {str(self.own).lower()})"
        about = f" and $t.topic = {Topic.OWN_WORDS.value}" if self.own else ""
        yield "insert", f"with check ($t.recorded_by_id = {ACTOR} and {family}{about})"
