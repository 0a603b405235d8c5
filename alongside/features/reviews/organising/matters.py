"""The facts behind what is due about panel members. Read as the engine."""

from collections.abc import Iterator, Sequence

from alongside.features.reviews.models import Expert, PanelModule
from alongside.features.reviews.organising.pool import MATTER, with_modules
from alongside.policy.duties.experts import ExpertFacts


def read_experts(ids: Sequence[int]) -> Iterator[ExpertFacts]:
    """Everybody of these; what is due about somebody who leaves ends by itself. Four statements at most."""
    experts = list(with_modules(Expert.objects.filter(pk__in=ids)))
    released: dict[int, list[PanelModule]] = {}
    for module in PanelModule.objects.filter(icb__in={one.icb_id for one in experts}).order_by("pk"):
        released.setdefault(module.icb_id, []).append(module)
    for one in experts:
        done = {row.module_id for row in one.modules.all()}
        yield ExpertFacts(
            kind=MATTER,
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.added_at,
            guard=0,
            started_on=one.started_on,
            trained=one.trained_on is not None,
            checked_until=one.checked_until,
            needs_registration=one.part == Expert.Part.CLINICAL,
            registered_until=one.registered_until,
            ended_on=one.ended_on,
            modules=tuple(
                (module.pk, module.title, module.released_on)
                for module in released.get(one.icb_id, ())
                if module.pk not in done
            ),
        )


def list_experts(icb_id: int | None) -> list[int]:
    rows = Expert.objects.all()
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))
