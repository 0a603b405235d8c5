"""Who reads what of a register meeting. Nothing of it is read through the family door."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, PEOPLE_TOPICS, FactRows, Protection, may_read
from alongside.foundation.topics import Topic

_NOT_FAMILY = "not (select access.comes_as_family())"


@dataclass(frozen=True)
class MeetingRows(FactRows):
    """As any fact on its topic, written by those who run the register; never for a family.

    `to_asked`: also read, by who was asked to the meeting, of people whom they work with and whose agreement stands.
    """

    to_asked: bool = False

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                read = clause.removeprefix("using ")
                if self.to_asked:
                    read = f"({read} or {self._asked()})"
                clause = f"using ({_NOT_FAMILY} and {read})"
            yield command, clause

    @staticmethod
    def _asked() -> str:
        return (
            f"($t.person_id * 64 + {Topic.IDENTITY.value} = any({PEOPLE_TOPICS}) "
            f"and exists (select 1 from register_meetingattendance a where a.meeting_id = $t.meeting_id "
            f"and a.actor_id = {ACTOR} and a.asked_at is not null) "
            "and exists (select 1 from people_person p where p.id = $t.person_id and p.guard = 0))"
        )


@dataclass(frozen=True)
class MeetingDraftRows(Protection):
    """What is being typed in a meeting: for those who run the register of that person. No history: nobody was told."""

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        runs = f"{ENGINE} or access.runs_register($t.person_id)"
        mine = f"{ENGINE} or (actor_id = {ACTOR} and access.runs_register($t.person_id))"
        yield may_read(runs)
        yield "insert", f"with check ({mine})"
        yield "update", f"using ({mine}) with check ({mine})"
        # Whoever closes the meeting clears what others typed and did not save.
        yield "delete", f"using ({runs})"
