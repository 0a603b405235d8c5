"""Who reads what is circulated for a review: behind the agreement to this one review, in the database itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.people.teams_own import TeamsOwnRows
from alongside.foundation.access.protection import ACTOR, ENGINE, Protection, may_read

#: The digest of the key that statements are asked with.
ASKED_WITH = "(select sha256(convert_to(current_setting('app.key', true), 'UTF8')))"


@dataclass(frozen=True)
class PaperRows(TeamsOwnRows):
    """As any of the team's own, and only once the ledger says yes to this review.

    Before that, whoever added a paper or runs the register, as long as they don't sit on the panel. A member who came
    by a link reads with that link, and with nothing else.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            yield (command, self._gated(clause)) if command == "select" else (command, clause)

    def _gated(self, clause: str) -> str:
        within = clause.removeprefix("using ")
        collecting = f"$t.recorded_by_id = {ACTOR} or access.runs_register($t.person_id)"
        agreed = "reviews_is_agreed($t.planned_id)"
        return (
            f"using ({ENGINE} or ({within} and (case when reviews_on_panel($t.planned_id) then {agreed} "
            f"else {agreed} or {collecting} end)) or (reviews_by_link($t.planned_id) and {agreed}))"
        )


@dataclass(frozen=True)
class LinkRows(Protection):
    """Found by whoever asks with the link, or with the browser's own key that came of it; written by the engine."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(f"{ENGINE} or token_digest = {ASKED_WITH} or sitting_digest = {ASKED_WITH}")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"


@dataclass(frozen=True)
class TryRows(Protection):
    """Each time that a known link was tried: counted for those who run the register of its area."""

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(f"{ENGINE} or icb_id = any((select access.areas(2))::bigint[])")
        yield "insert", f"with check ({ENGINE})"
