"""How a referral stands for whoever asked: what we wait for, from whom, how long it took, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.features.referrals.drafts import Held
from alongside.features.referrals.models import OutcomeLetter, Referral, ReferralState, ReferralStep
from alongside.features.referrals.promised import outcome_told_by
from alongside.features.referrals.reading import pauses_of
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.policy.counting import local_day
from alongside.policy.duties.matters import days_paused
from alongside.policy.rules import Rule

#: Local default: no national figure was found. So long after it was told or taken back, whoever asked still sees it.
SEEN_AFTER = timedelta(days=90)

_KIND = ReferralStep.Kind
_DECISION = frozenset({_KIND.ACCEPTED, _KIND.DECLINED, _KIND.CALLED, _KIND.LOOKED_AGAIN, _KIND.NOTE})
_DECIDED = frozenset({ReferralState.ACCEPTED, ReferralState.DECLINED})
#: What happened, as whoever asked reads it.
HAPPENED: dict[str, str] = {
    _KIND.RECEIVED: "We got it",
    _KIND.ACKNOWLEDGED: "We started to look at it",
    _KIND.ASKED: "We asked for more",
    _KIND.ANSWERED: "Our question was answered",
    _KIND.CONSULTED: "We talked about it with you",
    _KIND.TOLD: "We sent our answer",
    _KIND.ACCEPTED: "We said yes",
    _KIND.DECLINED: "We said no for now",
    _KIND.FULL_FORM: "You told us more",
    _KIND.REOPENED: "We look at it again",
    _KIND.WITHDRAWN: "It was taken back",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page shows. `state` is the state as far as it has been told."""

    referral: Referral
    state: str
    due: date
    rule: Rule
    total_days: int
    paused_days: int
    questions: list[ReferralStep]
    happened: list[tuple[str, datetime]]
    letters: list[OutcomeLetter]

    @property
    def is_told(self) -> bool:
        return self.referral.told_at is not None

    @property
    def is_open(self) -> bool:
        return self.state not in (*_DECIDED, ReferralState.WITHDRAWN)


def list_own(me: Me, at: datetime) -> list[Referral]:
    """What somebody with an account asked for and may still see, the newest first."""
    own = _still_seen(Referral.objects.visible_to(me).filter(asked_by_id=me.id), at)
    return list(own.order_by("-received_at")[:200])


def find_own(me: Me, reference: str, at: datetime) -> Referral | None:
    """One of these, by its reference."""
    return _still_seen(Referral.objects.visible_to(me).filter(asked_by_id=me.id, reference=reference), at).first()


def find_held(held: Held, at: datetime) -> Referral | None:
    """The referral that a reference and code open, as long as it may be seen."""
    with context.asking_with(held.key):
        return _still_seen(Referral.objects.filter(reference=held.reference), at).first()


def _still_seen(found: QuerySet[Referral], at: datetime) -> QuerySet[Referral]:
    """Open, or told or taken back not too long ago."""
    taken_back = ReferralStep.objects.filter(referral=OuterRef("pk"), kind=_KIND.WITHDRAWN).order_by("-id")
    ended = found.annotate(ended_at=Coalesce("told_at", Subquery(taken_back.values("at")[:1])))
    return ended.filter(Q(ended_at=None) | Q(ended_at__gte=at - SEEN_AFTER)).select_related("icb")


def read_progress(referral: Referral, at: datetime) -> Progress:
    """Everything of the page, in two statements. Asked with the key of whoever looks."""
    steps = list(ReferralStep.objects.filter(referral=referral, shown=True).order_by("id"))
    told = referral.told_at is not None
    due, rule = outcome_told_by(referral.icb.code, referral.received_at)
    until = referral.told_at or at
    state = referral.state if told or referral.state not in _DECIDED else ReferralState.LOOKING
    return Progress(
        referral=referral,
        state=str(state),
        due=due,
        rule=rule,
        total_days=(local_day(until) - local_day(referral.received_at)).days,
        paused_days=days_paused(pauses_of(steps, referral.decided_at), until),
        questions=_open_questions(steps) if state not in _DECIDED else [],
        happened=[
            (HAPPENED[step.kind], step.at)
            for step in reversed(steps)
            if step.kind in HAPPENED and (told or step.kind not in _DECISION)
        ],
        letters=list(letters_to_asker(referral).order_by("id")) if told else [],
    )


def letters_to_asker(referral: Referral) -> QuerySet[OutcomeLetter]:
    """The letters that whoever asked reads on their own page."""
    return OutcomeLetter.objects.filter(referral=referral, to_asker=True)


def _open_questions(steps: Sequence[ReferralStep]) -> list[ReferralStep]:
    answered = {step.answers_id for step in steps}
    return [step for step in steps if step.kind == _KIND.ASKED and step.pk not in answered]
