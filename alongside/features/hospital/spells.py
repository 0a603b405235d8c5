"""Stays joined to spells by the rules' own function, for pages and figures. The engine joins the facts it reads."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import CharField, F, Func, QuerySet

from alongside.features.hospital.models import Stay
from alongside.features.people.queries import about_any
from alongside.foundation.access.me import Me
from alongside.policy.counting import local_day
from alongside.policy.spells import Spell, Time, join_spells


class Went(Func):
    """How a stay is closed, by its number: the function of migration 0006."""

    function = "hospital_went"
    output_field = CharField()


def times_of(rows: QuerySet[Stay]) -> dict[int, list[Time]]:
    """The mental health hospital stays among `rows`, by whose they are shown as. One statement."""
    found: dict[int, list[Time]] = defaultdict(list)
    stays = rows.filter(kind=Stay.Kind.HOSPITAL, superseded_by=None).annotate(
        went=Went("pk"), as_=F("person__survivor")
    )
    for stay in stays.only("pk", "person_id", "admitted_at", "discharged_at"):
        found[stay.as_ or stay.person_id].append(time_of(stay, stay.went))
    return found


def time_of(stay: Stay, went: str = "") -> Time:
    """A stay by its days in England. went: how it is closed."""
    left = local_day(stay.discharged_at) if stay.discharged_at else None
    return Time(stay.pk, local_day(stay.admitted_at), left, went)


def spells_in(rows: QuerySet[Stay]) -> dict[int, Spell]:
    """The spell of each mental health hospital stay among `rows`, by the stay's number. One statement."""
    return {number: spell for times in times_of(rows).values() for spell in join_spells(times) for number in spell.ids}


def spells_of(me: Me, people: Collection[int]) -> dict[int, Spell]:
    """The spells of these people and of whoever was merged into them, as far as `me` may see their stays."""
    return spells_in(Stay.objects.visible_to(me).filter(about_any(people)).order_by())


def spell_of(stay: Stay) -> Spell:
    """The spell that a stay is part of; one of another kind than a mental health hospital is alone. One statement."""
    if stay.kind != Stay.Kind.HOSPITAL:
        return alone(stay)
    person = stay.person.survivor_id or stay.person_id
    return spells_in(Stay.objects.filter(about_any([person])).order_by()).get(stay.pk) or alone(stay)


def alone(stay: Stay) -> Spell:
    return join_spells([time_of(stay)])[0]


def list_parts(me: Me, spell: Spell) -> list[Stay]:
    """The stays of a spell of several, the first one first; none of a stay that is a spell by itself."""
    if len(spell.ids) < 2:
        return []
    return list(Stay.objects.visible_to(me).filter(pk__in=spell.ids).order_by("admitted_at", "pk"))
