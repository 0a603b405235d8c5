"""Who reads who is who: everybody, but for families. That somebody has a child on a register is their own matter."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, Reference, may_read


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
