"""What the register team reads about links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from alongside.features.referrals.doors.models import LinkTry, OrganisationLink
from alongside.foundation.organisations.models import Organisation

_K = Organisation.Kind
#: Shown at most.
MOST = 200
#: Offered at most, of those that were looked for.
MOST_FOUND = 12
#: Which kinds of organisation tell what.
KINDS: dict[str, tuple[str, ...]] = {
    "notice": (_K.PROVIDER,),
    "alert": (_K.PROVIDER,),
    "change": (_K.PROVIDER, _K.SCHOOL, _K.COUNCIL, _K.OTHER),
}
EVERY_KIND = KINDS["change"]


@dataclass(frozen=True, slots=True)
class Line:
    """A link, when it was last opened, and how often somebody came with it in vain."""

    link: OrganisationLink
    state: str
    last_opened: datetime | None
    in_vain: int
    last_in_vain: datetime | None


def list_links(areas: Sequence[int], kinds: Sequence[str], now: datetime) -> list[Line]:
    """Links of these areas and kinds: those that open first, then by organisation."""
    opened = Q(tries__outcome=LinkTry.Outcome.OPENED)
    found = (
        OrganisationLink.objects.filter(icb_id__in=areas, what_for__in=kinds)
        .select_related("organisation", "made_by")
        .annotate(
            last_opened=Max("tries__at", filter=opened),
            in_vain=Count("tries", filter=~opened & Q(tries__isnull=False)),
            last_in_vain=Max("tries__at", filter=~opened),
        )
        .order_by("organisation__name", "unit", "-made_at")[:MOST]
    )
    lines = [Line(one, _state(one, now), one.last_opened, one.in_vain, one.last_in_vain) for one in found]
    return sorted(lines, key=lambda line: line.state != "open")


def _state(link: OrganisationLink, now: datetime) -> str:
    if link.ended_at:
        return "ended"
    if link.expires_at <= now:
        return "expired"
    return "used" if link.once and link.used_at else "open"


def find_organisations(area_id: int, what_for: str, words: str, chosen: str = "") -> list[tuple[str, str]]:
    """Organisations of the kinds that this is for: (id, name), with what was looked for.

    Without words those that have had such a link from this area, so that the next one is a press away. `chosen` stays.
    """
    kinds = KINDS.get(what_for, EVERY_KIND)
    open_ = Organisation.objects.filter(kind__in=kinds, closed_on=None)
    sought = words.split()[:4]
    if sought:
        wanted = Q()
        for word in sought:
            wanted &= Q(name__icontains=word)
    else:
        theirs = OrganisationLink.objects.filter(icb_id=area_id, what_for__in=[what_for] if what_for else list(KINDS))
        wanted = Q(pk__in=theirs.values("organisation_id"))
    if chosen.isdecimal() and len(chosen) < 18:
        wanted |= Q(pk=int(chosen))
    found = open_.filter(wanted).order_by("name").values_list("id", "name")[:MOST_FOUND]
    return [(str(number), name) for number, name in found]
