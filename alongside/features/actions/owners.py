"""Who may be asked to do something: the area's team, whoever is involved, the professionals around the person."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from alongside.features.actions.access import AGREES
from alongside.features.actions.forms import OTHER
from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner
from alongside.features.people.models import Belonging, Person, Professional
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may own an action, under the value that the form sends."""

    value: str
    label: str
    owner: NewOwner


def list_places(me: Me, person: Person) -> list[Choice]:
    """The organisations around this person: their school, GP practice and council, and where professionals work.

    Of each by the name that stands in the record, also where it is none of those known here.
    """
    own = Belonging.objects.visible_to(me).filter(person=person, superseded_by=None, to_date=None)
    rows = [(one.organisation, one.name) for one in own.select_related("organisation").order_by("pk")]
    around = Professional.objects.visible_to(me).filter(person=person, superseded_by=None, to_date=None)
    rows += [(one.organisation, one.organisation_name) for one in around.select_related("organisation")]
    found: dict[str, Choice] = {}
    for place, name in rows:
        called = (place.name if place else name).strip()
        if called:
            owner = NewOwner(organisation=place, place=called)
            found.setdefault(called.lower(), Choice(called, called, owner))
    return list(found.values())


def list_owners(me: Me, person: Person, today: date) -> list[Choice]:
    """Oneself first, then the area's team and who is involved by name, then professionals around the person."""
    with context.as_engine():
        involved = OpenTopics.objects.filter(person_id=person.pk).values_list("actor_id", flat=True)
        now = Q(roles__to_date=None) | Q(roles__to_date__gte=today)
        team = Q(roles__area_id=person.icb_id, roles__role__in=AGREES) & now
        actors = list(
            Actor.objects.filter(team | Q(pk__in=list(involved)), left_on=None, kind=Actor.Kind.PERSON)
            .select_related("organisation")
            .distinct()
            .order_by("name")
        )
        area = person.icb
    actors.sort(key=lambda actor: actor.pk != me.id)
    found = [_actor(actor, area, me) for actor in actors]
    around = (
        Professional.objects.visible_to(me)
        .filter(person=person, superseded_by=None, to_date=None, actor=None)
        .exclude(organisation=None, organisation_name="")
        .select_related("organisation")
        .order_by("name")
    )
    return found + [_professional(one) for one in around]


def _actor(actor: Actor, area: Organisation, me: Me) -> Choice:
    post = f", {actor.post}" if actor.post else ""
    label = f"I do it myself ({actor.name})" if actor.pk == me.id else f"{actor.name}{post}"
    return Choice(f"actor-{actor.pk}", label, NewOwner(organisation=actor.organisation or area, actor=actor))


def _professional(one: Professional) -> Choice:
    place = one.organisation.name if one.organisation else one.organisation_name
    reach = one.contact if "@" in one.contact or one.contact.replace(" ", "").isdigit() else ""
    owner = NewOwner(organisation=one.organisation, name=one.name, post=one.post, reach=reach[:120], place=place)
    post = f", {one.post}" if one.post else ""
    return Choice(f"professional-{one.pk}", f"{one.name}{post}, {place}", owner)


def owner_again(action: Action, choices: list[Choice]) -> dict[str, str]:
    """Whose it was last time, as the form begins with it: one of the choices, or somebody else as they were written."""
    if not action.by_link:
        return {"owner": f"actor-{action.owner_id}"}
    for one in choices:
        if (one.owner.name, one.owner.post) == (action.owner.name, action.owner.post) and not one.owner.actor:
            return {"owner": one.value, "reach": action.owner_reach}
    return {
        "owner": OTHER,
        "name": action.owner.name,
        "post": action.owner.post,
        "organisation": action.place_name,
        "reach": action.owner_reach,
    }


def owner_from(given: Any, choices: list[Choice], places: list[Choice]) -> NewOwner:
    """The owner that a form names. A reach that was typed counts before the one that is known."""
    reach = given["reach"].strip()
    if given["owner"] == OTHER:
        at = next((one.owner for one in places if one.value == given["around"]), None)
        typed = at or NewOwner(organisation=given["found"], place=given["organisation"].strip())
        return replace(typed, name=given["name"].strip(), post=given["post"].strip(), reach=reach)
    owner = next(choice.owner for choice in choices if choice.value == given["owner"])
    return replace(owner, reach=reach or owner.reach)
