"""Who reads a message, and who sees whether it arrived. Only the engine's hand writes either."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, FactRows, Protection, may_read
from alongside.foundation.topics import Topic

_TEAMS = (
    "(select array_agg(h.team_id) from accounts_roleheld h join organisations_team t on t.id = h.team_id "
    f"and t.icb_id = h.area_id where h.actor_id = {ACTOR} and h.team_id is not null "
    "and h.from_date <= access.today() and (h.to_date is null or h.to_date >= access.today()))::bigint[]"
)
#: Those who see in their areas what could not be delivered.
LOOKS_AFTER = ("coordinator", "manager", "admin")
_LOOKED_AFTER = " or ".join(f"$t.icb_id = any((select access.areas_of('{role}'))::bigint[])" for role in LOOKS_AFTER)


def _reached(topic: str | int = "topic") -> str:
    """The clause for whoever reaches the person on this topic: the same as for any fact."""
    ((_, clause), *_) = FactRows(recorded_by="icb_id", topic=topic).policies()
    return clause.removeprefix("using ")


@dataclass(frozen=True)
class MessageRows(Protection):
    """Read by whoever it is to or from, personally or as one of a team.

    A message about a person is read by whoever reaches that person on its topic, and by nobody else: when agreement
    ends, it leaves the inboxes that relied on it.
    """

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        theirs = (
            f"$t.to_actor_id = {ACTOR} or $t.by_id = {ACTOR} or $t.to_team_id = any({_TEAMS}) "
            f"or $t.from_team_id = any({_TEAMS})"
        )
        yield may_read(f"{ENGINE} or ($t.person_id is null and ({theirs})) or {_reached()}")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"


@dataclass(frozen=True)
class OpenedRows(Protection):
    """Each actor's own sign of having opened a message."""

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        message = "exists (select 1 from inbox_message m where m.id = $t.message_id)"
        yield may_read(message)
        yield "insert", f"with check ($t.actor_id = {ACTOR} and {message})"


@dataclass(frozen=True)
class DeliveryRows(Protection):
    """Seen by those who look after an area's service: where it went and whether it arrived, never what it says.

    One about a person only by those of them who reach that person.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        person = f"($t.person_id is null or {_reached(Topic.CONTACT.value)})"
        # A link or code that lets somebody in is nobody's to read while it waits.
        secret = "($t.notice <> 'new_message' and $t.filling <> '{}')"
        yield may_read(f"{ENGINE} or (({_LOOKED_AFTER}) and not {secret} and {person})")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
