"""Which commissioner decided that something else takes the place of a review that policy asks for (policy 5.3)."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alongside.features.people.models import Person
from alongside.features.reviews.organising import text
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor

#: What stands where a name should, though it says only what somebody is.
_NO_NAME = frozenset(
    {"commissioner", "commissioners", "commissioning", "icb", "nhs", "team", "unknown", "nobody", "tbc"}
)
#: Words of a name: letters, with what stands between and after them in names.
_WORD = re.compile(r"[^\W\d_]+(?:['’.-]*[^\W\d_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Decider:
    """A commissioner by name, and where they work. actor: of somebody with an account here."""

    name: str
    place: str
    actor: Actor | None = None


def name_problem(name: str) -> str:
    """Why this can't be the full name of a commissioner; '' where it can."""
    words = [word.strip(",") for word in name.split()]
    names = [word for word in words if word]
    if (
        len(names) < 2
        or not all(_WORD.fullmatch(word) for word in names)
        or sum(letter.isalpha() for letter in name) < 4
        or _NO_NAME & {word.lower().rstrip(".") for word in names}
    ):
        return text.FULL_NAME
    return ""


def list_commissioners(person: Person, today: date) -> list[Decider]:
    """Whoever holds that role in the area of the person now, by name."""
    with context.as_engine():
        held = Q(roles__to_date=None) | Q(roles__to_date__gte=today)
        actors = list(
            Actor.objects.filter(
                held,
                roles__role=Role.COMMISSIONER,
                roles__area_id=person.icb_id,
                roles__from_date__lte=today,
                kind=Actor.Kind.PERSON,
                left_on=None,
            )
            .select_related("organisation")
            .distinct()
            .order_by("name", "pk")
        )
        area = person.icb.name
    return [Decider(one.name, one.organisation.name if one.organisation else area, one) for one in actors]


def check_decider(decider: Decider, person: Person, today: date) -> None:
    """Raises NotNow for somebody who is no commissioner of the area, or of whom no full name and place was typed."""
    if decider.actor is not None:
        if decider.actor.pk not in {one.actor.pk for one in list_commissioners(person, today) if one.actor}:
            raise NotNow("no_commissioner", text.NO_COMMISSIONER.format(name=decider.name))
        return
    if problem := name_problem(decider.name):
        raise NotNow("full_name", problem)
    if not decider.place.strip():
        raise NotNow("place", text.THEIR_PLACE)
