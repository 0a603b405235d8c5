"""How each table is protected in the database, declared beside its columns and written by `settle`.

A model without `protection` fails `tests/guards`. The owner of the tables migrates; the role that
the server, the worker and the tests use is bound by what stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

ENGINE = "(select access.engine())"
AGREED = "(select access.areas(0))::bigint[]"
GUARDED = "(select access.areas(1))::bigint[]"
# Those who run the register or the keyworking service of an area.
RUNS = "(select access.areas_of('coordinator') || access.areas_of('manager'))::bigint[]"
# Areas in which one works, in whatever role; a family works in none.
STAFF = "(select access.staff_areas())::bigint[]"
PEOPLE = "(select access.people())::bigint[]"
PEOPLE_TOPICS = "(select access.people_topics())::bigint[]"
# Area and topic packed into one number, as people and topics are: who reads a topic in one area reads it there only.
REACH_AGREED = "(select access.reach(0))::bigint[]"
REACH_GUARDED = "(select access.reach(1))::bigint[]"
REACH_WRITES = "(select access.reach(2))::bigint[]"
ACTOR = "(select access.actor())"
# Accounts are looked up by the server while somebody signs in, and by the engine; one reads one's own afterwards.
SIGNING_IN = "((select access.signing_in()) or (select access.engine()))"
OWN_USER = "(select access.own_user())"
# The job worker under its own proof, or the engine.
WORKING = "(select access.working())"
# Topics that the person's agreement to the register leaves out are not read through the area, but by its register team.
LEFT_OUT = "(p.closed_topics >> {topic}) & 1 = 1"


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
    """The person's own table: reached by the area responsible now or before, or by involvement.

    Added by those who run the area's register; changed by whoever may write who somebody is (topic 1).
    """

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(
            f"{ENGINE} or (guard = 0 and icb_id = any({AGREED})) or (guard <= 1 and icb_id = any({GUARDED})) "
            f"or id = any({PEOPLE}) or (guard = 0 and held_by && {AGREED}) or (guard <= 1 and held_by && {GUARDED})"
        )
        writes = f"{ENGINE} or access.may_write(id, 1)"
        yield "insert", f"with check ({ENGINE} or icb_id = any({RUNS}))"
        yield "update", f"using ({writes}) with check ({writes})"


@dataclass(frozen=True)
class FactRows(Protection):
    """A fact about a person: whoever reaches the person, on the topics they may read.

    `recorded_by` names the column of the recording ICB, so that an area keeps reading its own past.
    `update` False is append-only: all but the hold and the retention class stays as it was written. Whoever writes
    also reads the topic; `only_topic` is the one that rows of this table are about. `by_runners` is for what only
    those who run the area's register or keyworking service write; with `for_runners` nobody else reads it either.
    """

    person: str = "person_id"
    recorded_by: str | None = "recorded_icb_id"
    topic: str | int = "topic"
    update: bool = True
    only_topic: int | None = None
    by_runners: bool = False
    for_runners: bool = False

    history = True

    def grants(self) -> str:
        return f"select, insert, update{'' if self.update else ' (on_hold, retention_class)'}"

    def _within(self, reach: str, topic: str) -> str:
        past = f" or $t.{self.recorded_by} * 64 + {topic} = any({reach})" if self.recorded_by else ""
        return f"(p.icb_id * 64 + {topic} = any({reach}){past})"

    def policies(self) -> Iterator[tuple[str, str]]:
        topic = f"$t.{self.topic}" if isinstance(self.topic, str) else str(self.topic)
        among = f"(p.icb_id = any({RUNS}) or $t.{self.recorded_by} = any({RUNS})) and " if self.for_runners else ""
        yield may_read(
            f"{ENGINE} or exists (select 1 from people_person p where p.id = $t.{self.person} and {among}("
            f"(p.guard = 0 and not {LEFT_OUT.format(topic=topic)} and {self._within(REACH_AGREED, topic)}) "
            f"or (p.guard <= 1 and {self._within(REACH_GUARDED, topic)}) "
            f"or p.id * 64 + {topic} = any({PEOPLE_TOPICS})))"
        )
        writes, adds = self._writes(topic)
        yield "insert", f"with check ({ENGINE} or {adds})"
        yield "update", f"using ({ENGINE} or {writes}) with check ({ENGINE} or {writes})"

    def _writes(self, topic: str) -> tuple[str, str]:
        """Who changes rows, and who adds them."""
        if self.by_runners:
            runs = f"access.runs_register({self.person})"
            runs = runs if self.only_topic is None else f"({topic} = {self.only_topic} and {runs})"
            return runs, runs
        writes = f"access.may_write({self.person}, {topic})"
        # The first test is the quick one, for many rows at once.
        adds = (
            f"(exists (select 1 from people_person p where p.id = $t.{self.person} "
            f"and p.icb_id * 64 + {topic} = any({REACH_WRITES})) or {writes})"
        )
        return writes, adds if self.only_topic is None else f"({topic} = {self.only_topic} and {adds})"


@dataclass(frozen=True)
class DerivedRows(Protection):
    """Rows that the rules engine derives from facts. Everybody reads within scope; only the engine writes."""

    topic: str | int
    owner: str | None = None

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        reached = f"person_id = any({PEOPLE}) or (guard = 0 and icb_id = any({AGREED}))"
        reached += f" or (guard <= 1 and (person_id is null or icb_id = any({GUARDED})))"
        mine = f"or ({self.owner} = {ACTOR} and ({reached}))" if self.owner else ""
        yield may_read(
            f"{ENGINE} or (guard = 0 and icb_id * 64 + {self.topic} = any({REACH_AGREED})) "
            f"or (guard <= 1 and icb_id * 64 + {self.topic} = any({REACH_GUARDED})) "
            f"or person_id * 64 + {self.topic} = any({PEOPLE_TOPICS}) {mine}"
        )
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
        yield "delete", f"using ({ENGINE})"


@dataclass(frozen=True)
class ByArea(Protection):
    """Rows of an ICB's service as a whole; `team_only` for what only the register team may see.

    `person` names a column: what is about somebody is read only by who reaches them. `by_runners` is for what only
    those who run the area's register or keyworking service write; with `for_runners` nobody else reads it either.
    """

    team_only: bool = False
    by_runners: bool = False
    for_runners: bool = False
    person: str = ""
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
        elif self.person:
            about = f"$t.{self.person}"
            reached = f"{about} is null or exists (select 1 from people_person p where p.id = {about})"
            yield may_read(f"{ENGINE} or (({within}) and ({reached}))")
        else:
            yield may_read(f"{ENGINE} or icb_id = any({RUNS})" if self.for_runners else within)
        if self.by_runners:
            within = f"{ENGINE} or icb_id = any({RUNS})"
        yield "insert", f"with check ({within})"
        yield "update", f"using ({within}) with check ({within})"
        if self.delete:
            yield "delete", f"using ({within})"


@dataclass(frozen=True)
class Custodians(Protection):
    """What stays of closed records: read and kept up by those named for it in the area; written by the engine."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        kept = f"{ENGINE} or icb_id = any((select access.custodian_areas())::bigint[])"
        yield may_read(kept)
        yield "insert", f"with check ({ENGINE})"
        yield "update", f"using ({kept}) with check ({kept})"


@dataclass(frozen=True)
class Reference(Protection):
    """What everybody may read (organisations, teams, who is who); written by the owner, the engine or a named role.

    `area` names a column: then the role must be held in that area. `changed_by` narrows who may update. With `to_staff`
    only those who work in that area read it.
    """

    write_by: tuple[str, ...] = ("admin",)
    changed_by: tuple[str, ...] | None = None
    area: str = ""
    to_staff: bool = False
    delete: bool = False

    history = True

    def grants(self) -> str:
        return "select, insert, update" + (", delete" if self.delete else "")

    def _held(self, roles: tuple[str, ...]) -> str:
        if self.area:
            tests = [f"{self.area} = any((select access.areas_of('{role}'))::bigint[])" for role in roles]
        else:
            tests = [f"(select access.holds('{role}'))" for role in roles]
        return " or ".join([ENGINE, *tests])

    def policies(self) -> Iterator[tuple[str, str]]:
        changes = self._held(self.write_by if self.changed_by is None else self.changed_by)
        yield may_read(f"{ENGINE} or {self.area} = any({STAFF})" if self.to_staff else "true")
        yield "insert", f"with check ({self._held(self.write_by)})"
        yield "update", f"using ({changes}) with check ({changes})"
        if self.delete:
            yield "delete", f"using ({changes})"


INVOLVEMENT = (
    ("select", f"using ({ENGINE} or actor_id = {ACTOR} or access.area_writes(person_id))"),
    ("insert", f"with check ({ENGINE} or access.runs_register(person_id))"),
    (
        "update",
        f"using ({ENGINE} or access.runs_register(person_id)) with check ({ENGINE} or access.runs_register(person_id))",
    ),
)
OPEN_TOPICS = (INVOLVEMENT[0],)
EVENT = (
    (
        "select",
        # What the family was not told, because it would be unsafe, is not told by an event either.
        "using ((not (select access.comes_as_family()) or $t.detail->>'untold' is null) and "
        f"({ENGINE} or (person_id is null and (by_id = {ACTOR} or icb_id = any({AGREED}))) "
        "or exists (select 1 from people_person p where p.id = $t.person_id and ("
        f"(p.guard = 0 and not {LEFT_OUT.format(topic='$t.topic')} and (p.icb_id * 64 + $t.topic = any({REACH_AGREED}) "
        f"or $t.icb_id * 64 + $t.topic = any({REACH_AGREED}))) "
        f"or (p.guard <= 1 and (p.icb_id * 64 + $t.topic = any({REACH_GUARDED}) "
        f"or $t.icb_id * 64 + $t.topic = any({REACH_GUARDED}))) "
        f"or p.id * 64 + $t.topic = any({PEOPLE_TOPICS})))))",
    ),
    ("insert", f"with check ({ENGINE})"),
)
RULES = {"involvement": INVOLVEMENT, "open_topics": OPEN_TOPICS, "event": EVENT}


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
class Engine(Protection):
    """The rules engine's own rows; `insert` lets anybody with a role ask, `read` lets everybody see."""

    insert: bool = False
    read: bool = True

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read("true" if self.read else ENGINE)
        own = "icb_id = any((select access.areas_of('manager'))::bigint[])"
        asks = f"{ENGINE} or (select access.holds('admin')) or {own}"
        yield "insert", f"with check ({asks if self.insert else ENGINE})"
        yield "update", f"using ({ENGINE}) with check ({ENGINE})"
