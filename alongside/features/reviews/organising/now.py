"""What an open review needs most now, and what else may have happened with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from alongside.features.reviews.models import PlannedReview, PlannedStep
from alongside.features.reviews.organising import text
from alongside.features.reviews.organising.lifecycle import AGREEMENT, PANEL, is_possible, next_step
from alongside.policy.planned_reviews import A_YES

_K = PlannedStep.Kind
#: Where somebody is asked onto the panel.
ADD = "panel/add"


def what_now(
    planned: PlannedReview, *, agreed: bool, now: datetime, missing: Sequence[str] = (),
    not_asked: Sequence[str] = (), still_open: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """What it needs most now, with its button, and what else may have happened.

    missing: what the panel needs. not_asked: who came onto it after the invitations went out. still_open: what should
    be there besides and is not; a review is held without it.
    """
    kind = next_step(planned, agreed=agreed, now=now, complete=not missing, all_asked=not not_asked)
    steps = [step for step in _shown(planned, now, bool(not_asked)) if is_possible(planned, step) and step != kind]
    said = {"says": text.NEXT.get(kind, ""), "address": "", "button": text.BUTTONS.get(kind, text.ASK_AGREEMENT)}
    if kind == AGREEMENT:
        said["address"] = AGREEMENT
    elif kind == PANEL:
        said["says"] = text.PANEL.format(needs=", ".join(missing))
        if not all(one.startswith(A_YES) for one in missing):
            said |= {"address": ADD, "button": text.ADD_TO_PANEL}
    elif kind:
        said["address"] = f"step/{kind}"
    if kind == _K.INVITED and planned.invited_at and not_asked:
        said["says"] = text.NOT_ASKED.format(who=", ".join(not_asked))
    if not kind and still_open:
        said["says"] = text.STILL_OPEN.format(open=", ".join(still_open))
    dated = planned.state == PlannedReview.State.DATED
    names = text.BUTTONS | ({_K.DATED: text.ANOTHER_DAY} if dated else {})
    return {"next": said, "possible": [(step, names[step]) for step in steps]}


def _shown(planned: PlannedReview, now: datetime, to_ask: bool) -> list[str]:
    """The steps that its page offers, in order. What policy asks for is replaced and never cancelled."""
    given_up = _K.REPLACED if planned.is_mandatory else _K.CANCELLED
    kinds = [_K.ACCEPTED, _K.DECLINED, _K.DATED, _K.INVITED, _K.PAPERS_SENT, _K.HELD, _K.ADJOURNED, _K.NOT_HELD]
    if planned.starts_at and planned.starts_at > now:
        kinds.remove(_K.HELD)
    # What prepares it ends when it begins.
    begun = planned.starts_at is not None and planned.starts_at <= now
    if (planned.invited_at and not to_ask) or begun:
        kinds.remove(_K.INVITED)
    if planned.papers_at or begun:
        kinds.remove(_K.PAPERS_SENT)
    return [*kinds, given_up]
