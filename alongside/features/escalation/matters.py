"""The facts behind what is due about an area's officers. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Min

from alongside.features.escalation.addressees import posts_of
from alongside.features.escalation.models import Escalation, Officer
from alongside.features.escalation.officers import MATTER
from alongside.policy.duties import OfficersFacts


def read_officers(ids: Sequence[int]) -> Iterator[OfficersFacts]:
    """An area that has named somebody or escalated something. Its number is the area's."""
    named = dict(Officer.objects.filter(icb__in=ids).values_list("icb").annotate(Min("named_at")))
    asked = dict(
        Escalation.objects.filter(recorded_icb__in=ids).values_list("recorded_icb").annotate(Min("recorded_at"))
    )
    for area in sorted({*named, *asked}):
        yield OfficersFacts(
            kind=MATTER,
            id=area,
            icb_id=area,
            opened_at=min(at for at in (named.get(area), asked.get(area)) if at),
            guard=0,
            posts=posts_of(area),
        )


def list_officers_matters(icb_id: int | None) -> list[int]:
    named = Officer.objects.filter(icb=icb_id) if icb_id else Officer.objects.all()
    asked = Escalation.objects.filter(recorded_icb=icb_id) if icb_id else Escalation.objects.all()
    return sorted({*named.values_list("icb", flat=True), *asked.values_list("recorded_icb", flat=True)})
