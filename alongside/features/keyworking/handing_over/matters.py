"""The facts behind what is due about hand-overs. Read as the engine."""

from collections.abc import Iterator, Sequence

from alongside.features.keyworking.models import HandOver
from alongside.policy.duties import HandOverFacts


def read_hand_overs(ids: Sequence[int]) -> Iterator[HandOverFacts]:
    for row in HandOver.objects.filter(pk__in=ids):
        yield HandOverFacts(
            kind="hand_over",
            id=row.pk,
            icb_id=row.icb_id,
            opened_at=row.begun_at,
            closed_at=row.closed_at,
            guard=0,
            from_date=row.from_date,
            agreed=row.state == HandOver.State.AGREED,
        )


def list_hand_overs(icb_id: int | None) -> list[int]:
    rows = HandOver.objects.filter(closed_at=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))
