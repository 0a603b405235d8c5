"""Who may bring a sheet into a register.

The register team of the ICB: a sheet also holds people whose agreement is not confirmed, whom nobody else may see.
"""

from django.db import connection

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role


def may_import(me: Me, icb_id: int) -> bool:
    """Whether `me` is of the register team of this ICB."""
    return icb_id in me.guarded and icb_id in me.writes and me.holds_in(icb_id, Role.COORDINATOR)


def check_may_import(me: Me, icb_id: int) -> None:
    """Raises Refused unless `me` is of the register team of this ICB."""
    if not may_import(me, icb_id):
        raise Refused("may_not_import", "A register is imported by the register team of its ICB. Ask them.")


def import_areas(me: Me) -> dict[int, str]:
    """The ICBs whose register `me` may import, by id, with their names."""
    return {held.area: held.area_name for held in me.roles if may_import(me, held.area)}


def keeps_closed_records() -> frozenset[int]:
    """The areas for which whoever asks is named to keep closed records."""
    with connection.cursor() as cursor:
        cursor.execute("select access.custodian_areas()")
        return frozenset(cursor.fetchone()[0])
