"""What the rules need to know about referrals, read in two statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from alongside.features.people.models import Guard
from alongside.features.referrals.models import Referral, ReferralState, ReferralStep
from alongside.policy.duties import ReferralFacts
from alongside.policy.duties.matters import Pause

MATTER = "referral"
_KIND = ReferralStep.Kind
#: Steps of the team, each of which shows that it looked.
_TEAM = frozenset({_KIND.ACKNOWLEDGED, _KIND.ASKED, _KIND.CONSULTED, _KIND.ACCEPTED, _KIND.DECLINED})


def list_matter_ids(icb_id: int | None) -> list[int]:
    """Every referral, or those of one ICB."""
    found = Referral.objects.order_by("id")
    return list((found.filter(icb_id=icb_id) if icb_id else found).values_list("id", flat=True))


def read_matters(ids: Sequence[int]) -> list[ReferralFacts]:
    """Facts of these referrals."""
    steps: dict[int, list[ReferralStep]] = {}
    for step in ReferralStep.objects.filter(referral_id__in=ids).order_by("id"):
        steps.setdefault(step.referral_id, []).append(step)
    found = Referral.objects.filter(pk__in=ids).select_related("person")
    return [facts_of(referral, steps.get(referral.pk, [])) for referral in found]


def facts_of(referral: Referral, steps: Sequence[ReferralStep]) -> ReferralFacts:
    """Facts of one referral from its row and its steps, in the order in which they happened."""
    return ReferralFacts(
        kind=MATTER,
        id=referral.pk,
        icb_id=referral.icb_id,
        opened_at=referral.received_at,
        closed_at=_closed_at(referral, steps),
        paused=pauses_of(steps, _over_at(referral, steps)),
        reference=referral.reference,
        state=referral.state,
        seen_at=_first(steps, _TEAM),
        consulted_at=_first(steps, {_KIND.CONSULTED}),
        decided_at=referral.decided_at,
        called=bool(referral.called_at or referral.not_called_because),
        told_at=referral.told_at,
        full_form_at=_first(steps, {_KIND.FULL_FORM}),
        look_again_on=referral.look_again_on,
    )


def pauses_of(steps: Iterable[ReferralStep], over_at: datetime | None) -> tuple[Pause, ...]:
    """From each question to its answer; one that nobody answered ends with the decision, or not at all."""
    steps = list(steps)
    answered = {step.answers_id: step.at for step in steps if step.answers_id}
    return tuple((step.at, answered.get(step.pk, over_at)) for step in steps if step.kind == _KIND.ASKED)


def _first(steps: Iterable[ReferralStep], kinds: Iterable[str]) -> datetime | None:
    return min((step.at for step in steps if step.kind in kinds), default=None)


def _over_at(referral: Referral, steps: Iterable[ReferralStep]) -> datetime | None:
    """When it was decided or withdrawn, so that nothing is waited for any more."""
    return referral.decided_at or _first(steps, {_KIND.WITHDRAWN})


def _closed_at(referral: Referral, steps: Sequence[ReferralStep]) -> datetime | None:
    """When nothing about it can be due any more: withdrawn, or told with nothing left to get or to look at again.

    Nor when the record it led to is closed, because nobody could open it.
    """
    if referral.person is not None and referral.person.guard == Guard.CLOSED:
        return referral.decided_at
    if referral.state == ReferralState.WITHDRAWN:
        return _over_at(referral, steps)
    if referral.told_at is None:
        return None
    if referral.state == ReferralState.ACCEPTED:
        return _first(steps, {_KIND.FULL_FORM}) and referral.told_at
    return None if referral.look_again_on else referral.told_at
