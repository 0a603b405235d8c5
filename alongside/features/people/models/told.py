"""Rows that somebody who came in by the family door may write."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, PEOPLE, FactRows, may_read
from alongside.foundation.access.roles import Role
from alongside.foundation.topics import Topic

#: Somebody of another organisation, who tells about a person whose record is open to them.
PARTNER = " or ".join(
    f"(select access.holds('{role}'))"
    for role in (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)
)


@dataclass(frozen=True)
class ToldRows(FactRows):
    """As any fact; and whoever came in by the family door may add a row in their own name, and read it back.

    So may a partner about somebody whose record is open to them.

    own: only on the topic of their own words, and only the young person themselves; `or_parent` also those who came in
    for their child.
    """

    own: bool = False
    or_parent: bool = False

    def policies(self) -> Iterator[tuple[str, str]]:
        yield from super().policies()
        mine = f"$t.recorded_by_id = {ACTOR} and $t.person_id = any({PEOPLE})"
        yield may_read(mine)
        family = f"access.is_family_of($t.person_id, {str(self.own and not self.or_parent).lower()})"
        about = f" and $t.topic = {Topic.OWN_WORDS.value}" if self.own else ""
        yield "insert", f"with check ($t.recorded_by_id = {ACTOR} and {family}{about})"
        if not self.own:
            yield "insert", f"with check ({mine} and ({PARTNER}))"
