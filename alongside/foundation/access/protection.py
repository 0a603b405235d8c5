"""How each table is protected in the database, declared beside its columns and written by `settle`.

A model without `protection` fails `tests/guards`. The owner of the tables migrates; the role that
the server, the worker and the tests use is bound by what stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

ENGINE = "(select access.engine())"
AGREED = "(select access.areas(0))::bigint[]"
GUARDED = "(select access.areas(1))::bigint[]"
WRITES = "(select access.areas(2))::bigint[]"
PEOPLE = "(select access.people())::bigint[]"
PEOPLE_TOPICS = "(select access.people_topics())::bigint[]"
AREA_TOPICS = "(select access.area_topics())::smallint[]"
ACTOR = "(select access.actor())"


@dataclass(frozen=True)
class Protection:
    """Grants, policies and triggers of one table. Subclasses say which."""

    @property
    def history(self) -> bool:
        """Whether every change is kept before and after, and refused outside a recorded act."""
        return False

    def grants(self) -> str:
        return "select, insert, update"

    def policies(self) -> Iterator[tuple[str, str]]:
        """(command, clause) pairs, each made into a policy; none means no row-level security. `$t` is the table."""
        return iter(())


def may_read(expression: str) -> tuple[str, str]:
    return "select", f"using ({expression})"


@dataclass(frozen=True)
class PersonRows(Protection):
    """The person's own table: reached by the area responsible now or before, or by involvement."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(
            f"{ENGINE} or (guard = 0 and icb_id = any({AGREED})) or (guard <= 1 and icb_id = any({GUARDED})) "
            f"or id = any({PEOPLE}) or (guard = 0 and held_by && {AGREED}) or (guard <= 1 and held_by && {GUARDED})"
        )
        writes = f"{ENGINE} or icb_id = any({WRITES}) or access.may_write(id)"
        yield "insert", f"with check ({ENGINE} or icb_id = any({WRITES}))"
        yield "update", f"using ({writes}) with check ({writes})"


@dataclass(frozen=True)
class FactRows(Protection):
    """A fact about a person: whoever reaches the person, on the topics they may read.

    `recorded_by` names the column of the recording ICB, so that an area keeps reading its own past.
    """

    person: str = "person_id"
    recorded_by: str | None = "recorded_icb_id"
    topic: str | int = "topic"
    update: bool = True

    history = True

    def grants(self) -> str:
        return "select, insert, update" if self.update else "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        past = f"or $t.{self.recorded_by} = any({AGREED})" if self.recorded_by else ""
        topic = f"$t.{self.topic}" if isinstance(self.topic, str) else str(self.topic)
        yield may_read(
            f"{ENGINE} or exists (select 1 from people_person p where p.id = $t.{self.person} and ("
            f"({topic} = any({AREA_TOPICS}) and (p.icb_id = any({AGREED}) {past})) "
            f"or p.id * 64 + {topic} = any({PEOPLE_TOPICS})))"
        )
        writes = f"{ENGINE} or access.may_write({self.person})"
        # The second test is the quick one, for many rows at once.
        area = f"exists (select 1 from people_person p where p.id = $t.{self.person} and p.icb_id = any({WRITES}))"
        yield "insert", f"with check ({ENGINE} or {area} or access.may_write({self.person}))"
        if self.update:
            yield "update", f"using ({writes}) with check ({writes})"


@dataclass(frozen=True)
class DerivedRows(Protection):
    """Rows that the rules engine derives from facts. Everybody reads within scope; only the engine writes."""

    topic: str | int
    owner: str | None = None

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        mine = f"or (guard <= 1 and {self.owner} = {ACTOR})" if self.owner else ""
        yield may_read(
            f"{ENGINE} or ({self.topic} = any({AREA_TOPICS}) and ((guard = 0 and icb_id = any({AGREED})) "
            f"or (guard <= 1 and icb_id = any({GUARDED})))) "
            f"or person_id * 64 + {self.topic} = any({PEOPLE_TOPICS}) {mine}"
        )
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
        yield "delete", f"using ({ENGINE})"


@dataclass(frozen=True)
class ByArea(Protection):
    """Rows of an ICB's service as a whole; `team_only` for what only the register team may see."""

    team_only: bool = False
    owner: str | None = None
    delete: bool = False

    history = True

    def grants(self) -> str:
        return "select, insert, update" + (", delete" if self.delete else "")

    def policies(self) -> Iterator[tuple[str, str]]:
        within = f"{ENGINE} or icb_id = any({GUARDED if self.team_only else AGREED})"
        if self.owner:
            mine = f"{ENGINE} or {self.owner} = {ACTOR}"
            yield may_read(f"{mine} or (shared and icb_id = any({AGREED}))")
            within = mine
        else:
            yield may_read(within)
        yield "insert", f"with check ({within})"
        yield "update", f"using ({within}) with check ({within})"
        if self.delete:
            yield "delete", f"using ({within})"


@dataclass(frozen=True)
class Reference(Protection):
    """What everybody may read (organisations, teams, who is who); written by the owner, the engine or a named role."""

    write_by: tuple[str, ...] = ("admin",)
    delete: bool = False

    history = True

    def grants(self) -> str:
        return "select, insert, update" + (", delete" if self.delete else "")

    def policies(self) -> Iterator[tuple[str, str]]:
        writes = " or ".join([ENGINE, *(f"(select access.holds('{role}'))" for role in self.write_by)])
        yield may_read("true")
        yield "insert", f"with check ({writes})"
        yield "update", f"using ({writes}) with check ({writes})"
        if self.delete:
            yield "delete", f"using ({writes})"


INVOLVEMENT = (
    ("select", f"using ({ENGINE} or actor_id = {ACTOR} or access.area_writes(person_id))"),
    ("insert", f"with check ({ENGINE} or access.area_writes(person_id))"),
    (
        "update",
        f"using ({ENGINE} or access.area_writes(person_id)) with check ({ENGINE} or access.area_writes(person_id))",
    ),
)
EVENT = (
    (
        "select",
        f"using ({ENGINE} or by_id = {ACTOR} or (person_id is null and icb_id = any({AGREED})) "
        "or exists (select 1 from people_person p where p.id = $t.person_id and ("
        f"($t.topic = any({AREA_TOPICS}) and (p.icb_id = any({AGREED}) or $t.icb_id = any({AGREED}))) "
        f"or p.id * 64 + $t.topic = any({PEOPLE_TOPICS}))))",
    ),
    ("insert", f"with check ({ENGINE} or by_id = {ACTOR})"),
)
RULES = {"involvement": INVOLVEMENT, "event": EVENT}


@dataclass(frozen=True)
class Open(Protection):
    """No rows of people in it, or a rule of its own (see RULES)."""

    insert: bool = True
    update: bool = True
    delete: bool = True
    rule: str = ""

    @property
    def history(self) -> bool:
        return self.rule == "involvement"

    def grants(self) -> str:
        allowed = [("insert", self.insert), ("update", self.update and self.insert), ("delete", self.delete)]
        if self.rule or not self.insert:
            allowed = [item for item in allowed if item[0] != "delete"]
        return ", ".join(["select", *(name for name, yes in allowed if yes)])

    def policies(self) -> Iterator[tuple[str, str]]:
        return iter(RULES.get(self.rule, ()))


@dataclass(frozen=True)
class Hidden(Protection):
    """Not to be read: keys and the audit stores. Information governance reads what concerns its areas."""

    insert: bool = False
    read_by: tuple[str, ...] = ()

    def grants(self) -> str:
        allowed = [*(["select"] if self.read_by else []), *(["insert"] if self.insert else [])]
        return ", ".join(allowed)

    def policies(self) -> Iterator[tuple[str, str]]:
        if self.read_by:
            yield may_read(" or ".join([ENGINE, *(f"(select access.holds('{role}'))" for role in self.read_by)]))
        if self.insert:
            yield "insert", f"with check ({ENGINE} or actor_id = {ACTOR})"


@dataclass(frozen=True)
class Engine(Protection):
    """The rules engine's own rows; `insert` lets anybody with a role ask, `read` lets everybody see."""

    insert: bool = False
    read: bool = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read("true" if self.read else ENGINE)
        asks = f"{ENGINE} or (select access.holds('manager')) or (select access.holds('admin'))"
        yield "insert", f"with check ({asks if self.insert else ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
