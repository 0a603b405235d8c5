"""Who reads who is who: everybody, but for families. That somebody has a child on a register is their own matter."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, OWN_USER, SIGNING_IN, Protection, Reference, may_read


@dataclass(frozen=True)
class ActorRows(Reference):
    """Actors of a family are read by themselves and by those who reach the person they are involved with.

    The invented cast of a demonstration is read by everybody, or nobody could choose whom to be.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        _, adding, _ = super().policies()
        yield may_read(f"kind <> 'family' or cast_key is not null or {ENGINE} or id = {ACTOR} or access.knows(id)")
        yield adding
        # By an administrator of an area where that actor holds or held a role; or to which one without any belongs.
        ours = "any((select access.areas_of('admin'))::bigint[])"
        roles = "select 1 from accounts_roleheld r where r.actor_id = $t.id"
        mine = f"exists ({roles} and r.area_id = {ours}) or (organisation_id = {ours} and not exists ({roles}))"
        yield "update", f"using ({ENGINE} or {mine}) with check ({ENGINE} or {mine})"


@dataclass(frozen=True)
class RoleRows(Reference):
    """Roles are given by an administrator of the area, and to nobody by themselves: it takes a second one."""

    def policies(self) -> Iterator[tuple[str, str]]:
        gives = f"({ENGINE} or actor_id <> {ACTOR}) and ({self._held(self.write_by)})"
        yield may_read("true")
        yield "insert", f"with check ({gives})"
        yield "update", f"using ({gives}) with check ({gives})"


@dataclass(frozen=True)
class AccountRows(Protection):
    """E-mail addresses and passwords: read by the server while somebody signs in, and each account by its holder."""

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(f"{SIGNING_IN} or id = {OWN_USER}")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({SIGNING_IN}) with check ({SIGNING_IN})"
