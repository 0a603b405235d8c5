"""What an open review needs most now, and what else may have happened with it."""

from datetime import datetime
from typing import Any

from alongside.features.reviews.models import PlannedReview, PlannedStep
from alongside.features.reviews.organising import text
from alongside.features.reviews.organising.lifecycle import AGREEMENT, is_possible, next_step

_K = PlannedStep.Kind


def what_now(planned: PlannedReview, *, agreed: bool, now: datetime) -> dict[str, Any]:
    """What it needs most now, with its button, and what else may have happened."""
    kind = next_step(planned, agreed=agreed, now=now)
    steps = [step for step in _shown(planned, now) if is_possible(planned, step) and step != kind]
    said = {"says": text.NEXT[kind], "address": "", "button": text.BUTTONS.get(kind, text.ASK_AGREEMENT)}
    if kind == AGREEMENT:
        said["address"] = AGREEMENT
    elif kind:
        said["address"] = f"step/{kind}"
    dated = planned.state == PlannedReview.State.DATED
    names = text.BUTTONS | ({_K.DATED: text.ANOTHER_DAY} if dated else {})
    return {"next": said, "possible": [(step, names[step]) for step in steps]}


def _shown(planned: PlannedReview, now: datetime) -> list[str]:
    """The steps that its page offers, in order. What policy asks for is replaced and never cancelled."""
    given_up = _K.REPLACED if planned.is_mandatory else _K.CANCELLED
    kinds = [_K.ACCEPTED, _K.DECLINED, _K.DATED, _K.INVITED, _K.PAPERS_SENT, _K.HELD, _K.ADJOURNED, _K.NOT_HELD]
    if planned.starts_at and planned.starts_at > now:
        kinds.remove(_K.HELD)
    # What prepares it ends when it begins.
    begun = planned.starts_at is not None and planned.starts_at <= now
    if planned.invited_at or begun:
        kinds.remove(_K.INVITED)
    if planned.papers_at or begun:
        kinds.remove(_K.PAPERS_SENT)
    return [*kinds, given_up]
