"""The facts behind what is due about telling others. Read as the engine."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from alongside.features.people.models import AgreementOverride, Share
from alongside.foundation.organisations.models import SharingAgreement
from alongside.overview.sharing.text import party_of
from alongside.policy.counting import start_of_day
from alongside.policy.duties import OverrideFacts, SharingAgreementFacts, UntoldShareFacts


def read_agreements(ids: Sequence[int]) -> Iterator[SharingAgreementFacts]:
    """Agreements with a last day on which nobody has decided, and that no other takes the place of."""
    rows = SharingAgreement.objects.filter(pk__in=ids, ended_at=None).exclude(ends_on=None)
    asked = list(rows.select_related("organisation"))
    others = list(SharingAgreement.objects.filter(icb__in={one.icb_id for one in asked}))
    for one in asked:
        assert one.ends_on is not None
        if any(goes_on(one, other) for other in others):
            continue
        yield SharingAgreementFacts(
            kind="sharing_agreement",
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=start_of_day(one.signed_on),
            guard=0,
            with_whom=party_of(one),
            ends_on=one.ends_on,
        )


def goes_on(one: SharingAgreement, other: SharingAgreement) -> bool:
    """Whether `other`, with the same, goes on after the last day of `one` without a gap."""
    same = (one.icb_id, one.organisation_id, one.recipient_kind) == (
        other.icb_id,
        other.organisation_id,
        other.recipient_kind,
    )
    if not same or one.ends_on is None or other.pk == one.pk:
        return False
    later = other.ends_on is None or other.ends_on > one.ends_on
    return later and other.signed_on <= one.ends_on + timedelta(days=1)


def list_agreements(icb_id: int | None) -> list[int]:
    rows = SharingAgreement.objects.filter(ended_at=None).exclude(ends_on=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def read_overrides(ids: Sequence[int]) -> Iterator[OverrideFacts]:
    """What the family was not told, until they were. Whoever wrote it down looks again; else the register team."""
    rows = AgreementOverride.objects.filter(pk__in=ids, told=False, superseded_by=None).select_related("recorded_by")
    for one in rows:
        assert one.look_again_on is not None, "the database holds to it"
        yield OverrideFacts(
            kind="override",
            id=one.pk,
            icb_id=one.recorded_icb_id,
            opened_at=one.recorded_at,
            owner_actor=None if one.recorded_by.left_on else one.recorded_by_id,
            look_again_on=one.look_again_on,
        )


def list_overrides(icb_id: int | None) -> list[int]:
    rows = AgreementOverride.objects.filter(told=False, superseded_by=None)
    return list((rows.filter(recorded_icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def read_untold_shares(ids: Sequence[int]) -> Iterator[UntoldShareFacts]:
    """What others were told and the family may not know, until they may. Whoever wrote it down looks again."""
    rows = Share.objects.filter(pk__in=ids, told=False, superseded_by=None).select_related("recorded_by")
    for one in rows:
        yield UntoldShareFacts(
            kind="untold_share",
            id=one.pk,
            icb_id=one.recorded_icb_id,
            opened_at=one.recorded_at,
            owner_actor=None if one.recorded_by.left_on else one.recorded_by_id,
            look_again_on=one.look_again_on,
        )


def list_untold_shares(icb_id: int | None) -> list[int]:
    rows = Share.objects.filter(told=False, superseded_by=None)
    return list((rows.filter(recorded_icb=icb_id) if icb_id else rows).values_list("pk", flat=True))
