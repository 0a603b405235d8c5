"""The service that people live in: ICBs with their teams, staff, councils, schools and practices."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.loading import Line, load
from alongside.foundation.organisations.models import Organisation, Team
from alongside.foundation.organisations.service import open_service
from alongside.foundation.recording.recording import recording
from simulator.history import Member
from simulator.invented import FAMILY, GP_ENDS, PLACES, SCHOOL_ENDS, STAFF_GIVEN, UNIT_NAMES
from simulator.team import describe_team

PEOPLE_PER_KEYWORKER = 12
TEAM_OF = {
    Role.KEYWORKER: Team.Kind.KEYWORKING,
    Role.MANAGER: Team.Kind.KEYWORKING,
    Role.COORDINATOR: Team.Kind.REGISTER,
    Role.COMMISSIONER: Team.Kind.COMMISSIONING,
}
REGION = "Y60"
OWNS = "Owns agreed actions; has no account"


@dataclass
class Area:
    """One ICB as the simulator knows it. Places are (id, name) pairs."""

    id: int
    code: str
    name: str
    teams: dict[str, int]
    staff: dict[str, list[Member]] = field(default_factory=dict)
    councils: list[tuple[int, str]] = field(default_factory=list)
    schools: list[tuple[int, str]] = field(default_factory=list)
    practices: list[tuple[int, str]] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    # Of schools and councils, who owns agreed actions and has no account: (who, number of the place, its name, kind).
    owners: list[tuple[Member, int, str, str]] = field(default_factory=list)

    @property
    def keyworkers(self) -> list[Member]:
        return self.staff["keyworker"]


def places_for(code: str, number: int) -> list[Line]:
    """Invented councils, providers, schools and practices of an area, to be loaded like any others."""
    random = Random(f"places of {code}")
    names = random.sample(PLACES, 6)
    opened = date(2010, 4, 1)
    lines = [
        Line("council", f"ZC{number:02d}{i}", f"{name} Council", opened_on=opened, invented=True)
        for i, name in enumerate(names[:2])
    ]
    lines.append(Line("provider", f"ZP{number:02d}0", f"{names[2]} NHS Trust", opened_on=opened, invented=True))
    lines += [
        Line("school", f"ZS{number:02d}{i}", f"{name} {random.choice(SCHOOL_ENDS)}", opened_on=opened, invented=True)
        for i, name in enumerate(names)
    ]
    lines += [
        Line("gp", f"ZG{number:02d}{i}", f"{name} {random.choice(GP_ENDS)}", opened_on=opened, invented=True)
        for i, name in enumerate(names[:4])
    ]
    return lines


def make_icbs(how_many: int) -> list[Organisation]:
    """For 36 the open ICBs of the code list; for any other number so many invented ones, made where missing."""
    opened = Organisation.objects.filter(kind="icb", closed_on=None, invented=False).order_by("code")
    if how_many == opened.count():
        return list(opened)
    lines = [
        Line("icb", f"INV{n:02d}", f"{PLACES[n % len(PLACES)]} ICB", REGION, date(2022, 7, 1), invented=True)
        for n in range(how_many)
    ]
    load(lines)
    return list(Organisation.objects.filter(kind="icb", code__in=[line.code for line in lines]).order_by("code"))


def staff_area(icb: Organisation, number: int, *, keyworkers: int, since: date) -> Area:
    """Teams, places and staff of one ICB, made where missing. Called inside `recording()`, as the engine."""
    teams = open_service(icb, on=since)
    load(places_for(icb.code, number))
    area = Area(icb.pk, icb.code, icb.name, {kind: team.pk for kind, team in teams.items()})
    _find_staff(area, since)
    wanted = {Role.COORDINATOR: 3, Role.MANAGER: 2, Role.COMMISSIONER: 1, Role.KEYWORKER: max(keyworkers, 1)}
    for role, count in wanted.items():
        _hire(area, icb, role, count, since)
    _find_places(area, number)
    _find_owners(area)
    return area


def _find_owners(area: Area) -> None:
    """One of each school and council, made where missing."""
    random = Random(f"owners of {area.code}")
    for kind, post, places in (
        ("school", "Special educational needs coordinator", area.schools),
        ("council", "Social worker", area.councils),
    ):
        for place_id, place in places:
            known = {"post": post, "organisation_id": place_id, "user": None, "cast_key": None, "about": OWNS}
            name = f"{random.choice(STAFF_GIVEN)} {random.choice(FAMILY)}"
            actor, _ = Actor.objects.get_or_create(**known, defaults={"name": name})
            area.owners.append((Member(actor.pk, actor.name), place_id, place, kind))


def _hire(area: Area, icb: Organisation, role: Role, count: int, since: date) -> None:
    have = area.staff.setdefault(role.value, [])
    random = Random(f"staff of {icb.code}, {role}, {len(have)}")
    actors = Actor.objects.bulk_create(
        Actor(name=f"{random.choice(STAFF_GIVEN)} {random.choice(FAMILY)}", post=role.label, organisation=icb)
        for _ in range(count - len(have))
    )
    RoleHeld.objects.bulk_create(
        RoleHeld(actor=actor, role=role, area=icb, team_id=area.teams[TEAM_OF[role]], from_date=since)
        for actor in actors
    )
    have += [Member(actor.pk, actor.name) for actor in actors]


def _find_staff(area: Area, since: date) -> None:
    """Who was there from the beginning; for older journeys than those before, others are hired."""
    held = (
        RoleHeld.objects.filter(area_id=area.id, to_date=None, from_date__lte=since)
        .select_related("actor")
        .order_by("actor_id")
    )
    for role in held:
        members = area.staff.setdefault(role.role, [])
        if all(member.id != role.actor_id for member in members):
            members.append(Member(role.actor_id, role.actor.name))


def _find_places(area: Area, number: int) -> None:
    found = Organisation.objects.filter(code__regex=f"^Z[CSG]{number:02d}[0-9]$").order_by("code")
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for place in found:
        by_kind.setdefault(place.kind, []).append((place.pk, place.name))
    area.councils, area.schools, area.practices = by_kind["council"], by_kind["school"], by_kind["gp"]
    area.units = list(UNIT_NAMES)


def make_world(icbs: int, people: int, *, since: date, at: datetime) -> list[Area]:
    """So many ICBs, each with enough keyworkers for its share of the people."""
    with context.as_engine():
        engine = Actor.objects.get(kind="engine")
        with recording(by=engine, at=at) as note:
            made = make_icbs(icbs)
            each = people // max(len(made), 1) // PEOPLE_PER_KEYWORKER + 1
            areas = [staff_area(icb, number, keyworkers=each, since=since) for number, icb in enumerate(made)]
            for icb, area in zip(made, areas, strict=True):
                councils = [name for _, name in area.councils]
                describe_team(note, icb, area.staff["keyworker"], councils, at.date(), trained=False)
            note("area.simulated", words=f"{len(areas)} areas were made ready for invented people.")
    return areas
