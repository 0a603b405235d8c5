"""Where a planned review may go from where it stands: one table."""

from datetime import datetime

from alongside.features.reviews.models import PlannedReview, PlannedStep

_S, _K = PlannedReview.State, PlannedStep.Kind
_WAITING = (_S.REQUESTED, _S.ACCEPTED, _S.DATED)

#: Step: the states it may be taken in, and the state it leads to; '' where it stays as it is.
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    _K.ACCEPTED: ((_S.REQUESTED, _S.DECLINED), _S.ACCEPTED),
    _K.DECLINED: ((_S.REQUESTED,), _S.DECLINED),
    _K.DATED: (_WAITING, _S.DATED),
    _K.INVITED: ((_S.DATED,), ""),
    _K.PAPERS_SENT: ((_S.DATED,), ""),
    _K.HELD: (_WAITING, _S.HELD),
    _K.ADJOURNED: ((_S.DATED,), _S.ACCEPTED),
    _K.NOT_HELD: ((_S.ACCEPTED, _S.DATED), _S.NOT_HELD),
    _K.CANCELLED: (_WAITING, _S.CANCELLED),
    _K.REPLACED: (_WAITING, _S.REPLACED),
}


#: Not a step of the review: somebody asks whether they agree to it; somebody completes its panel.
AGREEMENT, PANEL = "agreement", "panel"


def next_step(
    planned: PlannedReview, *, agreed: bool, now: datetime, complete: bool = True, all_asked: bool = True
) -> str:
    """What an open review needs most: a step, AGREEMENT, PANEL, or '' where nothing that it must have is missing.

    complete: whether the panel is. all_asked: whether nobody came onto it after the invitations went out, unasked.
    """
    if planned.state != _S.DATED or planned.starts_at is None:
        return _K.ACCEPTED if planned.state == _S.REQUESTED else _K.DATED
    if planned.starts_at <= now:
        return _K.HELD
    if not agreed:
        return AGREEMENT
    if not complete:
        return PANEL
    if planned.invited_at is None or not all_asked:
        return _K.INVITED
    return _K.PAPERS_SENT if planned.papers_at is None else ""


def is_possible(planned: PlannedReview, step: str) -> bool:
    return planned.state in MOVES[step][0]
