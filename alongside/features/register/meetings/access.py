"""Who runs a register meeting, and who reads of it."""

from alongside.features.register.access import RUNS
from alongside.features.register.meetings.models import Meeting
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role

PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)
#: Each reads their own agenda and their own minutes, within their scope.
ATTENDS = (*RUNS, Role.KEYWORKER, Role.COMMISSIONER, *PARTNERS)


def runs_meetings(me: Me, icb_id: int) -> bool:
    return any(held.area == icb_id and held.role in RUNS for held in me.roles) and icb_id in me.writes


def check_runs(me: Me, meeting: Meeting) -> None:
    """Raises Refused unless `me` runs the register of the meeting's area."""
    if not runs_meetings(me, meeting.icb_id):
        raise Refused("may_not_run_meeting", "The register meeting is run by the register team of this ICB.")
