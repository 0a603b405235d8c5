"""Who reaches actions: whoever reaches the person on the topic; steps and links follow the action.

Nothing here is changed by hand: the operations check who asks and when it may be, and write as the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, FactRows, Protection, may_read

#: The digest of the key that statements are asked with.
ASKED_WITH = "(select sha256(convert_to(current_setting('app.key', true), 'UTF8')))"


@dataclass(frozen=True)
class ActionRows(FactRows):
    """A fact like any other, agreed by whoever writes on its topic; where it stands changes by its steps alone."""

    def grants(self) -> str:
        return "select, insert, update"

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            yield (command, clause) if command != "update" else ("update", f"using ({ENGINE}) with check ({ENGINE})")


@dataclass(frozen=True)
class StepRows(Protection):
    """Read with the action, and never by the family door, which reads where an action stands and its own answers."""

    history = True

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        reached = "exists (select 1 from actions_action a where a.id = $t.action_id)"
        yield may_read(f"{ENGINE} or ({reached} and (by_id = {ACTOR} or not (select access.comes_as_family())))")
        yield "insert", f"with check ({ENGINE})"


@dataclass(frozen=True)
class LinkRows(Protection):
    """Found by whoever asks with the link itself, and by the engine, which makes, uses and ends them."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(f"{ENGINE} or token_digest = {ASKED_WITH}")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
