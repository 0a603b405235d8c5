"""The people of one keyworker, as far as whoever asks may see them, with what each counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.waiting import find_as_waiting
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation
from alongside.policy.allocation import CaseloadRules


@dataclass(frozen=True)
class Held:
    """One person of a caseload. starts: only for one who comes later; ends: where the end is known."""

    person_id: int
    reference: str
    name: str
    part: str
    colour: str
    halves: int
    starts: date | None
    ends: date | None


def list_held(me: Me, icb: Organisation, worker_id: int, rules: CaseloadRules, today: date) -> list[Held]:
    """Whoever counts most first; a record that was merged is its survivor. Two statements."""
    still = Q(to_date=None) | Q(to_date__gt=today)
    rows = list(
        Allocation.objects.visible_to(me)
        .filter(still, living(icb), worker=worker_id, superseded_by=None)
        .select_related("person__survivor")
        .order_by("pk")
    )
    whose = {row.pk: row.person.survivor or row.person for row in rows}
    rows = list({(whose[row.pk].pk, row.part): row for row in rows}.values())
    known = find_as_waiting(me, icb, today, rules, {whose[row.pk].pk for row in rows})
    held = []
    for row in rows:
        person = whose[row.pk]
        colour = known[person.pk].colour if person.pk in known else ""
        held.append(
            Held(
                person_id=person.pk,
                reference=person.reference,
                name=person.shown_name,
                part=Allocation.Part(row.part).label,
                colour=colour,
                halves=rules.halves_of(colour, today, row.part),
                starts=row.from_date if row.from_date > today else None,
                ends=row.to_date,
            )
        )
    return sorted(held, key=lambda one: (-one.halves, one.name, one.person_id))


def walks_with(worker_id: int) -> Q:
    """Rows about people whose named keyworker this is: what belongs to whoever that is, follows them by itself.

    Whichever record of a person the row or the keyworker stands on, where one was merged into another.
    """
    named = Allocation.objects.filter(worker=worker_id, part="designated", to_date=None, superseded_by=None)
    theirs = named.values(whose=Coalesce("person__survivor_id", "person_id"))
    return living() & (Q(person__in=theirs) | Q(person__survivor__in=theirs))


def living(icb: int | Organisation | None = None) -> Q:
    """Rows about people alive, in this area if one is named; of a merged record its survivor is asked."""
    own: dict[str, object] = {"person__survivor": None, "person__died_on": None}
    merged: dict[str, object] = {"person__survivor__isnull": False, "person__survivor__died_on": None}
    if icb:
        own["person__icb"] = merged["person__survivor__icb"] = icb
    return Q(**own) | Q(**merged)
