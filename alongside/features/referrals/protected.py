"""Who reaches referrals and drafts: the register team of the area, whoever asked, and nobody else."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import ACTOR, ENGINE, GUARDED, Protection, may_read

#: The digest of the key that statements are asked with; see `codes.key_of`.
ASKED_WITH = "(select sha256(convert_to(current_setting('app.key', true), 'UTF8')))"
#: Nobody reads a referral of somebody whose record is closed to them. Asked of the person's row, which knows.
PERSON_OPEN = "(person_id is null or exists (select 1 from people_person p where p.id = $t.person_id))"

#: The register team reads the referral `r` as the team: whoever asked for somebody closed to them does not.
BY_TEAM = (
    f"(r.icb_id = any({GUARDED}) and (r.person_id is null "
    "or exists (select 1 from people_person p where p.id = r.person_id)))"
)


@dataclass(frozen=True)
class ReferralRows(Protection):
    """The referral itself. Whoever asked reads it and adds it; only the register team changes it."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        team = f"(icb_id = any({GUARDED}) and {PERSON_OPEN})"
        asked = f"asked_by_id = {ACTOR} or code_digest = {ASKED_WITH}"
        yield may_read(f"{ENGINE} or {team} or {asked}")
        yield "insert", f"with check ({ENGINE} or icb_id = any({GUARDED}) or {asked})"
        yield "update", f"using ({ENGINE} or {team}) with check ({ENGINE} or icb_id = any({GUARDED}))"


@dataclass(frozen=True)
class OfReferral(Protection):
    """What belongs to a referral: read by whoever reads the referral, added by them, never changed.

    `shown` names a column: where it is false, the row is the register team's only.
    """

    shown: str = ""

    history = True

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        team = f" and ($t.{self.shown} or {BY_TEAM})" if self.shown else ""
        reached = f"{ENGINE} or exists (select 1 from referrals_referral r where r.id = $t.referral_id{team})"
        yield may_read(reached)
        yield "insert", f"with check ({reached})"


@dataclass(frozen=True)
class LetterRows(Protection):
    """Letters about the outcome: the register team's, whoever holds a letter's own link, and whoever asked their own.

    Only ever added to.

    `of` names the column of a letter, for what belongs to one: added by whoever opened the letter.
    """

    of: str = ""

    @property
    def history(self) -> bool:
        """Opening a letter is a look, which is recorded without an act."""
        return not self.of

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        if self.of:
            reached = f"{ENGINE} or exists (select 1 from referrals_outcomeletter l where l.id = $t.{self.of}_id)"
            yield may_read(reached)
            yield "insert", f"with check ({reached})"
            return
        reached = "exists (select 1 from referrals_referral r where r.id = $t.referral_id"
        team = f"{reached} and {BY_TEAM})"
        yield may_read(f"{ENGINE} or code_digest = {ASKED_WITH} or {team} or ($t.to_asker and {reached}))")
        yield "insert", f"with check ({ENGINE} or {team})"


@dataclass(frozen=True)
class DraftRows(Protection):
    """A form being filled in. Only the key that began it, or its author's account, reaches it; no history is kept."""

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        mine = f"{ENGINE} or code_digest = {ASKED_WITH} or asked_by_id = {ACTOR}"
        yield may_read(mine)
        yield "insert", f"with check ({mine})"
        yield "update", f"using ({mine}) with check ({mine})"
        yield "delete", f"using ({mine})"
