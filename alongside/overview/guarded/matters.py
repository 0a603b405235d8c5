"""The facts behind what is due about openings and restrictions. Read as the engine."""

from collections.abc import Iterator, Sequence

from alongside.overview.guarded.models import Opening, Restriction
from alongside.policy.duties import OpeningFacts, RestrictionFacts


def read_openings(ids: Sequence[int]) -> Iterator[OpeningFacts]:
    """Openings that opened something; whoever manages the area's keyworking looks at them."""
    for one in Opening.objects.filter(pk__in=ids, outcome=Opening.Outcome.OPENED):
        later = one.told == Opening.Told.LATER
        yield OpeningFacts(
            kind="opening",
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.at,
            closed_at=None if later else one.reviewed_at,
            guard=0,
            told_later_since=one.reviewed_at if later else None,
        )


def list_openings(icb_id: int | None) -> list[int]:
    rows = Opening.objects.filter(outcome=Opening.Outcome.OPENED)
    return list((rows.filter(icb_id=icb_id) if icb_id else rows).values_list("pk", flat=True))


def read_restrictions(ids: Sequence[int]) -> Iterator[RestrictionFacts]:
    """Whoever restricted a record looks again; where they have left, the register team does."""
    for one in Restriction.objects.filter(pk__in=ids).select_related("begun_by"):
        yield RestrictionFacts(
            kind="restriction",
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.begun_at,
            closed_at=one.lifted_at,
            owner_actor=None if one.begun_by.left_on else one.begun_by_id,
            review_on=one.review_on,
        )


def list_restrictions(icb_id: int | None) -> list[int]:
    rows = Restriction.objects.all()
    return list((rows.filter(icb_id=icb_id) if icb_id else rows).values_list("pk", flat=True))
