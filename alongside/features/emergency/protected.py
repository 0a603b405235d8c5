"""Who reads and writes what comes of an emergency, beyond what holds for any fact."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.people.teams_own import TeamsOwnRows
from alongside.foundation.access.protection import ACTOR, ENGINE, Protection, may_read
from alongside.foundation.topics import Topic

REVIEW = Topic.REVIEW.value
KEYWORKING = Topic.KEYWORKING.value
#: Whether whoever asks has opened this record in an emergency, and it is open now.
OPENED = (
    "exists (select 1 from access_involvement i where i.actor_id = {actor} and i.person_id = {person} "
    "and i.because = 'break_glass' and i.from_at <= now() and i.to_at > now())"
)
_OPENED = OPENED.format(actor=ACTOR, person="$t.person_id")


@dataclass(frozen=True)
class MeetingRows(TeamsOwnRows):
    """As the team's own facts; and whoever broke the glass adds one in their own name, and reads it."""

    def policies(self) -> Iterator[tuple[str, str]]:
        yield from super().policies()
        mine = f"$t.recorded_by_id = {ACTOR} and {_OPENED}"
        yield may_read(mine)
        yield "insert", f"with check ({mine} and $t.topic = {REVIEW})"


@dataclass(frozen=True)
class OfMeeting(Protection):
    """Read with the meeting. Written with it by the engine, after the operation's own check, and never changed."""

    history = True

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(f"{ENGINE} or exists (select 1 from emergency_emergencymeeting m where m.id = $t.meeting_id)")
        yield "insert", f"with check ({ENGINE})"


@dataclass(frozen=True)
class DraftRows(Protection):
    """What is being typed: for those who write reviews of this person, and for whoever types it.

    No history, and outside `recording()`: nobody was told anything yet.
    """

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        within = f"{ENGINE} or access.may_write($t.person_id, {REVIEW}) or (actor_id = {ACTOR} and {_OPENED})"
        yield may_read(within)
        yield "insert", f"with check ({within})"
        yield "update", f"using ({within}) with check ({within})"
        yield "delete", f"using ({within})"
