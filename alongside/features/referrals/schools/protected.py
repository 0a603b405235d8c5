"""Who reaches the question of the term: the register team and managers its progress, a school its own link's part."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.referrals.protected import ASKED_WITH, PERSON_OPEN
from alongside.foundation.access.protection import ACTOR, ENGINE, GUARDED, Protection, may_read

TEAM = "icb_id = any((select access.areas_of('coordinator'))::bigint[])"
MANAGERS = "icb_id = any((select access.areas_of('manager'))::bigint[])"
#: The register team as it reads about people whose agreement is not confirmed.
REGISTER_TEAM = f"icb_id = any({GUARDED})"

#: The link that a statement is asked with: of this school, not ended, made since this round began and good for no
#: longer. One of another term reaches nothing of this one. Whether it is too old the code has checked.
BY_LINK = (
    f"exists (select 1 from referrals_organisationlink l where l.token_digest = {ASKED_WITH} and l.ended_at is null "
    "and l.what_for = 'school_ask' and l.icb_id = $t.icb_id and l.organisation_id = $t.organisation_id "
    "and l.made_at >= $t.asked_at and l.expires_at <= $t.until)"
)

#: The round of such a school.
OF_ASK = "exists (select 1 from referrals_schoolask a where a.round_id = $t.id)"


@dataclass(frozen=True)
class RoundRows(Protection):
    """The list of schools, rounds, and who was asked: read by the team and managers, written by the team.

    own: when the row is also read by a school, with its link.
    """

    own: str = ""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(" or ".join(filter(None, (ENGINE, TEAM, MANAGERS, self.own))))
        yield "insert", f"with check ({ENGINE} or {TEAM})"
        yield "update", f"using ({ENGINE} or {TEAM} or {MANAGERS}) with check ({ENGINE} or {TEAM} or {MANAGERS})"


@dataclass(frozen=True)
class AnswerRows(Protection):
    """What a school answered: the register team's, and the school's own by its link. Managers see counts only.

    `of` names what leads to the ask: a table, and the column that names its row.
    """

    of: str = "ask"
    changes: bool = False

    history = True

    def grants(self) -> str:
        return "select, insert, update" if self.changes else "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        # The ask is shown to managers too; a school is told apart by having no role at all.
        table = {"ask": "referrals_schoolask", "answer": "referrals_schoolanswer"}[self.of]
        own = f"exists (select 1 from {table} a where a.id = $t.{self.of}_id and {ACTOR} is null)"
        yield may_read(f"{ENGINE} or {REGISTER_TEAM} or {own}")
        # It stands in the area, and under the question, that it answers.
        same = "a.icb_id = $t.icb_id" + (" and a.ask_id = $t.ask_id" if self.of == "answer" else "")
        within = f"exists (select 1 from {table} a where a.id = $t.{self.of}_id and {same})"
        team = f"({REGISTER_TEAM} and {within})"
        yield "insert", f"with check ({ENGINE} or {team} or ({ACTOR} is null and {within}))"
        if self.changes:
            yield "update", f"using ({ENGINE} or {REGISTER_TEAM}) with check ({ENGINE} or {team})"


@dataclass(frozen=True)
class AnswerDraftRows(Protection):
    """An answer being written. Only the school's own link reaches it; no history is kept."""

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        own = f"exists (select 1 from referrals_schoolask a where a.id = $t.ask_id and {ACTOR} is null)"
        mine = f"{ENGINE} or {own}"
        yield may_read(mine)
        yield "insert", f"with check ({mine})"
        yield "update", f"using ({mine}) with check ({mine})"
        yield "delete", f"using ({mine})"


@dataclass(frozen=True)
class ToldByLinkRows(Protection):
    """What a school or ward told by its link: the register team's, and never read back with the link.

    Written by the engine's hand after the code has checked the link, because a row that may not be read back can't be
    added under the link's own key.
    """

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        team = f"{REGISTER_TEAM} and {PERSON_OPEN}"
        yield may_read(f"{ENGINE} or ({team})")
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE} or ({team})) with check ({ENGINE} or {REGISTER_TEAM})"
