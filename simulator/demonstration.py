"""The demonstration: an invented ICB with a named cast, young people with stories, and some hundred others."""

from datetime import date, datetime, timedelta

from django.db import transaction

from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.messages.contacts import find_contact, set_contact
from alongside.foundation.organisations.loading import Line, load
from alongside.foundation.organisations.models import Installation, Organisation
from alongside.foundation.recording.recording import recording
from simulator.cast import CAST, HOME, NEIGHBOUR, REGION, Part
from simulator.history import Member
from simulator.notices import send_notices
from simulator.plans import write_plans
from simulator.referrals import send_referrals
from simulator.schools import ask_schools
from simulator.simulating import refresh_all, simulate
from simulator.stories import FIRST_STORY, tell
from simulator.stories.meetings import Meetings
from simulator.team import describe_team
from simulator.world import Area, places_for, staff_area
from simulator.writing.door import connect

PLACES = {HOME: 90, NEIGHBOUR: 91}
NEIGHBOURS_PEOPLE = 8
YEARS, SEED = 2.0, 1
PEOPLE_PER_KEYWORKER = 15  # not everybody has one: those who have come to about twelve


def mark_as_demonstration(at: datetime) -> None:
    """Written once, as the owner, before there is anybody in the database. Raises what the database says."""
    with connect() as owner:
        owner.execute("insert into organisations_installation (id, demonstration, made_at) values (1, true, %s)", [at])


def make_demonstration(people: int, *, now: datetime, loud: bool = True) -> bool:
    """Makes whatever of it is missing, so that it may be interrupted and repeated. False when all was there."""
    if not Installation.objects.exists():
        mark_as_demonstration(now)
    areas, members = _set_up(people, now)
    with context.as_engine():
        told = _people(areas[0].id, nhs_number=FIRST_STORY)
        missing = people - _people(areas[0].id)
        neighbours = _people(areas[1].id)
    if told and missing <= 0:
        return False
    if not told:
        icbs = {area.code: (area.id, area.name) for area in areas}
        with transaction.atomic():
            tell(now, members, icbs)
        with context.as_engine():
            missing = people - _people(areas[0].id)
    if missing > 0:
        simulate(areas[:1], missing, seed=SEED, years=YEARS, now=now, loud=loud)
    if neighbours < NEIGHBOURS_PEOPLE:
        simulate(areas[1:], NEIGHBOURS_PEOPLE, seed=SEED, years=YEARS, now=now, loud=False)
    send_referrals(now, areas[0].id, members["priya"])
    ask_schools(now, areas[0].id, members["priya"])
    send_notices(now, areas[0].id, members["priya"], members["tom"], members["asha"])
    write_plans(now, areas[0].id, members["asha"], members["tom"])
    _recount(areas, now)
    Meetings(now, Organisation.objects.get(pk=areas[0].id), members).hold()
    return True


def _people(icb_id: int, **known: str) -> int:
    from alongside.features.people.models import Person

    return Person.objects.filter(icb_id=icb_id, **known).count()


def _recount(areas: list[Area], now: datetime) -> None:
    """Everybody's duties once more, in case an earlier attempt ended between writing and counting."""
    from alongside.features.people.models import Person

    with context.as_engine():
        ids = list(Person.objects.filter(icb_id__in=[a.id for a in areas]).values_list("id", flat=True))
    refresh_all(ids, now)


def _set_up(people: int, now: datetime) -> tuple[list[Area], dict[str, Member]]:
    since = now.date() - timedelta(days=int(365 * YEARS) + 400)
    with context.as_engine():
        engine = Actor.objects.get(kind="engine")
        with recording(by=engine, at=now) as note:
            icbs = _icbs()
            members = {part.key: _member(part, icbs, since) for part in CAST}
            count = people // PEOPLE_PER_KEYWORKER + 1
            areas = [
                staff_area(icbs[code], PLACES[code], keyworkers=n, since=since)
                for code, n in ((HOME, count), (NEIGHBOUR, 1))
            ]
            # So that the keyworker whom most people look at first has about a dozen young people.
            areas[0].staff["keyworker"].append(members["asha"])
            if find_contact(areas[0].id) is None:
                set_contact(note, icb_id=areas[0].id, phone="01632 960 111", hours="Monday to Friday, 9am to 5pm")
            named = [name for _, name in areas[0].councils]
            describe_team(note, icbs[HOME], areas[0].keyworkers, named, now.date())
            note("demonstration.made", words="The demonstration area was made ready.", icb_id=icbs[HOME].pk)
    return areas, members


def _icbs() -> dict[str, Organisation]:
    opened = date(2022, 7, 1)
    load(
        [
            Line("icb", HOME, "Demonstration ICB", REGION, opened, invented=True),
            Line("icb", NEIGHBOUR, "Neighbouring Demonstration ICB", REGION, opened, invented=True),
        ]
    )
    load(places_for(HOME, PLACES[HOME]))
    return {code: Organisation.objects.get(kind="icb", code=code) for code in (HOME, NEIGHBOUR)}


def _member(part: Part, icbs: dict[str, Organisation], since: date) -> Member:
    """The actor of a part, with the role, made where missing."""
    from alongside.foundation.organisations.service import open_service

    actor = Actor.objects.filter(cast_key=part.key).first()
    if actor is None:
        area = icbs.get(part.area) or Organisation.objects.get(kind="region", code=part.area)
        teams = open_service(area, on=since) if part.team else {}
        actor = Actor.objects.create(
            name=part.name, post=part.post, about=part.about, cast_key=part.key, organisation=_employer(part, icbs)
        )
        RoleHeld.objects.create(
            actor=actor,
            role=part.role,
            area=area,
            team=teams.get(part.team),
            holds_inbox=part.inbox,
            custodian=part.key == "priya",
            from_date=since,
        )
    return Member(actor.pk, actor.name)


EMPLOYERS = {"helen": "provider", "ed": "school", "samira": "council"}


def _employer(part: Part, icbs: dict[str, Organisation]) -> Organisation | None:
    kind = EMPLOYERS.get(part.key)
    if kind is None:
        return icbs.get(part.area)
    return Organisation.objects.filter(kind=kind, code__startswith="Z", code__contains="90").order_by("code").first()
