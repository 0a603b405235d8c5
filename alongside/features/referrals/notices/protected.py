"""Who reaches a notice: the register team of the area, and never whoever sent it."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.referrals.protected import PERSON_OPEN
from alongside.foundation.access.protection import ENGINE, GUARDED, Protection, Reference, may_read
from alongside.foundation.access.roles import Role

#: Staff of an area who read whom to ring.
RINGS = (
    Role.KEYWORKER,
    Role.MANAGER,
    Role.COORDINATOR,
    Role.COMMISSIONER,
    Role.PARTNER_HEALTH,
    Role.PARTNER_SOCIAL_CARE,
)


@dataclass(frozen=True)
class NoticeRows(Protection):
    """Read and changed by the register team of the area it is for; what comes in is written by the engine's hand.

    A notice about somebody whose record is closed to the reader is closed too.
    """

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        team = f"icb_id = any({GUARDED})"
        yield may_read(f"{ENGINE} or ({team} and {PERSON_OPEN})")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE} or ({team} and {PERSON_OPEN})) with check ({ENGINE} or {team})"


@dataclass(frozen=True)
class RotaRows(Reference):
    """Who is on call: kept by the area's manager, read by the area's staff who may have to ring."""

    write_by: tuple[str, ...] = (Role.MANAGER.value,)
    area: str = "icb_id"
    delete: bool = True

    def policies(self) -> Iterator[tuple[str, str]]:
        _, *writes = super().policies()
        yield may_read(self._held(tuple(role.value for role in RINGS)))
        yield from writes
