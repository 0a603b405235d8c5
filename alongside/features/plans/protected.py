"""Who reads and writes the parts of a plan, beyond what holds for any fact."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, PEOPLE_TOPICS, FactRows, Protection, may_read
from alongside.foundation.access.roles import Role
from alongside.foundation.topics import Topic

PLANNING = Topic.KEYWORKING.value
#: Those who write plans. A commissioner may change some records of an area, and writes no plan.
WRITERS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR)
# Why somebody was not asked is written down by those who work with them.
_OF_THEIR_OWN = " and $t.answer <> 'unasked'"
_WRITES_PLANS = "(" + " or ".join(f"(select access.holds('{role}'))" for role in WRITERS) + ")"


@dataclass(frozen=True)
class DraftRows(Protection):
    """What is being written: for those who write plans, of people and on topics that they may write on.

    No history is kept of it, and it lies outside `recording()`: nobody was shown it yet.
    """

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        mine = f"{ENGINE} or ({_WRITES_PLANS} and access.may_write($t.person_id, $t.topic))"
        yield may_read(mine)
        yield "insert", f"with check ({mine})"
        yield "update", f"using ({mine}) with check ({mine})"
        yield "delete", f"using ({mine})"


@dataclass(frozen=True)
class ProposalRows(FactRows):
    """As any fact, and only for those who write plans: what is not shared yet is read by nobody else."""

    def policies(self) -> Iterator[tuple[str, str]]:
        (_, reading), *writing = super().policies()
        yield may_read(f"{ENGINE} or ({_WRITES_PLANS} and ({reading.removeprefix('using ')}))")
        yield from writing

    def _writes(self, topic: str) -> tuple[str, str]:
        writes, adds = super()._writes(topic)
        return f"({_WRITES_PLANS} and {writes})", f"({_WRITES_PLANS} and {adds})"


@dataclass(frozen=True)
class VoiceRows(FactRows):
    """As any fact; and whoever came in by the family door adds rows in their own name, in their own voice.

    own_only: of the family, each reads back their own rows and nobody else's.
    """

    own_only: bool = False

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select" and self.own_only:
                own = f"not (select access.comes_as_family()) or $t.recorded_by_id = {ACTOR}"
                yield may_read(f"({own}) and ({clause.removeprefix('using ')})")
            else:
                yield command, clause
        voice = "case when access.is_family_of($t.person_id, true) then 'young_person' else 'family' end"
        yield (
            "insert",
            f"with check ($t.recorded_by_id = {ACTOR} and $t.topic = {PLANNING} and $t.voice = {voice} "
            f"and $t.person_id * 64 + {PLANNING} = any({PEOPLE_TOPICS}) "
            f"and access.is_family_of($t.person_id, false){_OF_THEIR_OWN if self.own_only else ''})",
        )
