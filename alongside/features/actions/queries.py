"""Reading actions: of a person, of an origin, one's own, and the area's worklist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from alongside.features.actions.lifecycle import OPEN, OVER
from alongside.features.actions.models import Action, ActionStep
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation

#: On a page of the worklist.
PAGE = 50
#: Over and shown at most.
MOST_OVER = 100
_S = Action.State
#: An area goes on reading what it wrote of somebody who has moved away; it stands with the area that holds them.
_HERE = Q(person__icb_id=F("recorded_icb_id"))


def _seen(me: Me) -> QuerySet[Action]:
    return (
        Action.objects.visible_to(me).filter(superseded_by=None).select_related("owner", "owner_organisation", "person")
    )


def list_of_person(me: Me, person: Person) -> list[Action]:
    """What is open, the earliest due first; then what is over, the newest first."""
    rows = _seen(me).filter(about(person))
    waiting = rows.filter(state__in=OPEN).order_by("due_on", "pk")
    over = rows.filter(state__in=OVER).order_by("-due_on", "-pk")[:MOST_OVER]
    return [*waiting, *over]


def list_of_plan(me: Me, person: Person, versions: Sequence[int]) -> list[Action]:
    """What was agreed in these versions of this person's plan, in the order in which it was agreed."""
    rows = _seen(me).filter(about(person))
    return list(rows.filter(origin=Action.Origin.PLAN, origin_id__in=list(versions)).order_by("pk"))


def list_of_origin(me: Me, origin: str, origin_ids: Sequence[int]) -> list[Action]:
    """What was agreed in a plan, meeting, review … with one of these numbers, in the order in which it was agreed."""
    return list(_seen(me).filter(origin=origin, origin_id__in=list(origin_ids)).order_by("pk"))


def find_action(me: Me, person: Person, number: int) -> Action | None:
    """The action that is called so, as it stands after corrections; None outside scope."""
    rows = _seen(me).filter(Q(pk=number) | Q(root_id=number), about(person))
    return rows.select_related("repeats", "recorded_icb", "recorded_by").first()


def list_steps(action: Action) -> list[ActionStep]:
    """Newest first."""
    return list(ActionStep.objects.filter(action_id=action.number).select_related("by").order_by("-id"))


def list_mine(me: Me) -> list[Action]:
    """Open actions that this actor owns and opens, what is not answered first."""
    rows = _seen(me).filter(_HERE, owner_id=me.id, state__in=OPEN).order_by("due_on", "pk")
    return sorted(rows, key=lambda one: one.state != _S.PROPOSED)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the worklist is wanted. show: open, late, unanswered, blocked, money, disputed or confirm."""

    show: str = "open"
    organisation: int | None = None
    after: tuple[date, int] | None = None


SHOWN: dict[str, tuple[str, Q]] = {
    "open": ("All open", Q()),
    "late": ("Late", Q()),
    "unanswered": ("Not answered", Q(state__in=(_S.PROPOSED, _S.REFUSED))),
    "blocked": ("Blocked", Q(state=_S.BLOCKED)),
    "money": ("Waiting for money", Q(state=_S.BLOCKED, waits_for="money")),
    "confirm": ("To confirm", Q(state=_S.SAID_DONE)),
    "disputed": ("Disputed", Q(state=_S.DISPUTED)),
}


def list_work(me: Me, areas: Sequence[int], wanted: Filter, today: date) -> tuple[list[Action], bool]:
    """(a page of the area's open actions by day, whether there are more)."""
    rows = _open_in(me, areas).filter(SHOWN[wanted.show][1])
    if wanted.show == "late":
        rows = rows.filter(due_on__lt=today, state__in=(_S.PROPOSED, _S.ACCEPTED, _S.BLOCKED, _S.REFUSED))
    if wanted.organisation:
        rows = rows.filter(owner_organisation_id=wanted.organisation)
    if wanted.after:
        day, number = wanted.after
        rows = rows.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=number))
    # Chosen first, then joined with who owns them: the joins are of a page, not of the area.
    page = rows.order_by("due_on", "pk").values("pk")[: PAGE + 1]
    found = list(_seen(me).filter(pk__in=page).order_by("due_on", "pk"))
    return found[:PAGE], len(found) > PAGE


def _open_in(me: Me, areas: Sequence[int]) -> QuerySet[Action]:
    rows = Action.objects.visible_to(me).filter(_HERE, recorded_icb_id__in=list(areas), state__in=OPEN)
    return rows.filter(superseded_by=None)


def list_owning_organisations(me: Me, areas: Sequence[int]) -> list[tuple[int, str]]:
    """Organisations that own open actions one sees, by name."""
    theirs = _open_in(me, areas).exclude(owner_organisation=None).order_by().values("owner_organisation_id").distinct()
    found = Organisation.objects.filter(pk__in=theirs).order_by("name", "pk")
    return [(place.pk, place.name) for place in found.only("pk", "name")]
