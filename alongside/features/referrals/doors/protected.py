"""Who reaches an organisation's link: the register team of the area, and whoever holds the link itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.referrals.protected import ASKED_WITH
from alongside.foundation.access.protection import ACTOR, ENGINE, Protection, may_read

_TEAM = "icb_id = any((select access.areas_of('coordinator'))::bigint[])"

_OWN_IDENTITY = (
    "exists (select 1 from accounts_actor a where a.id = $t.acts_as_id and a.kind = 'job' "
    "and a.organisation_id = $t.organisation_id)"
)


@dataclass(frozen=True)
class LinkRows(Protection):
    """Made by a register coordinator in their own name, read by the team and by whoever asks with the link.

    What comes by it is recorded in the name of an identity of the organisation's own, never of a member of staff. By
    hand it is only ended, and in one's own name (see also `access.changes_only`).
    """

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(f"{ENGINE} or {_TEAM} or token_digest = {ASKED_WITH}")
        yield "insert", f"with check ({ENGINE} or ({_TEAM} and made_by_id = {ACTOR} and {_OWN_IDENTITY}))"
        yield "update", f"using ({ENGINE} or {_TEAM}) with check ({ENGINE} or ({_TEAM} and ended_by_id = {ACTOR}))"


@dataclass(frozen=True)
class OfLink(Protection):
    """That a link was tried: read by whoever reaches the link, added by the door alone. A look: no act is needed."""

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        reached = f"{ENGINE} or exists (select 1 from referrals_organisationlink l where l.id = $t.link_id)"
        yield may_read(reached)
        yield "insert", f"with check ({ENGINE})"
