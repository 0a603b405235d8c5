"""What an open review needs most now, and what its page offers besides."""

from datetime import datetime, timedelta

import pytest

from alongside.features.reviews.models import PlannedReview, PlannedStep
from alongside.features.reviews.organising.forms import DayForm
from alongside.features.reviews.organising.lifecycle import AGREEMENT, next_step
from alongside.features.reviews.organising.now import what_now
from alongside.policy.planned_reviews import A_YES
from tests.cast import NOW

_S, _K = PlannedReview.State, PlannedStep.Kind
AHEAD = NOW + timedelta(days=20)


def dated(at: datetime = AHEAD, **known: object) -> PlannedReview:
    return PlannedReview(state=_S.DATED, kind="community", starts_at=at, **known)


def test_an_answer_then_a_day() -> None:
    assert next_step(PlannedReview(state=_S.REQUESTED), agreed=False, now=NOW) == _K.ACCEPTED
    assert next_step(PlannedReview(state=_S.ACCEPTED), agreed=True, now=NOW) == _K.DATED


@pytest.mark.parametrize(
    ("agreed", "known", "needs"),
    [
        (False, {}, AGREEMENT),
        (True, {}, _K.INVITED),
        (True, {"invited_at": NOW}, _K.PAPERS_SENT),
        (True, {"invited_at": NOW, "papers_at": NOW}, ""),
        (False, {"invited_at": NOW, "papers_at": NOW}, AGREEMENT),
    ],
)
def test_before_its_day_agreement_comes_first(agreed: bool, known: dict[str, datetime], needs: str) -> None:
    assert next_step(dated(**known), agreed=agreed, now=NOW) == needs


def test_from_its_beginning_on_what_became_of_it() -> None:
    soon = dated(NOW + timedelta(microseconds=1))
    assert next_step(soon, agreed=False, now=NOW) == AGREEMENT
    assert next_step(dated(NOW), agreed=False, now=NOW) == _K.HELD


def test_it_is_not_held_before_its_day_and_has_a_day_to_change() -> None:
    now = what_now(dated(), agreed=False, now=NOW)
    offered = dict(now["possible"])
    assert _K.HELD not in offered and offered[_K.DATED] == "Change the day"
    assert now["next"]["address"] == AGREEMENT
    passed = what_now(dated(NOW), agreed=False, now=NOW)
    assert passed["next"]["address"] == f"step/{_K.HELD}" and _K.NOT_HELD in dict(passed["possible"])
    assert _K.INVITED in offered and _K.PAPERS_SENT in offered
    assert not {_K.INVITED, _K.PAPERS_SENT} & set(dict(passed["possible"])), "what prepares it is over"


def test_when_all_is_ready_it_waits_and_offers_no_button() -> None:
    ready = what_now(dated(invited_at=NOW, papers_at=NOW), agreed=True, now=NOW)["next"]
    assert ready["says"] == "All is ready. Wait for its day." and not ready["address"]


def test_it_is_not_ready_while_the_panel_needs_somebody() -> None:
    ready = dated(invited_at=NOW, papers_at=NOW)
    needs = what_now(ready, agreed=True, now=NOW, missing=("a chair",))["next"]
    assert needs["says"] == "The panel is not complete. It still needs a chair."
    assert needs["address"] == "panel/add"
    unchecked = (f"{A_YES} to the training and checks of an independent clinical expert",)
    yes = what_now(ready, agreed=True, now=NOW, missing=unchecked)["next"]
    assert A_YES in yes["says"] and not yes["address"], "nobody else is to be asked for it"


def test_whoever_came_onto_the_panel_later_is_asked_first() -> None:
    ready = dated(invited_at=NOW, papers_at=NOW)
    now = what_now(ready, agreed=True, now=NOW, not_asked=("Sam Cole",))
    assert now["next"]["says"].startswith("Sam Cole came onto the panel after the invitations went out")
    assert now["next"]["address"] == f"step/{_K.INVITED}"
    both = what_now(ready, agreed=True, now=NOW, missing=("a chair",), not_asked=("Sam Cole",))
    assert _K.INVITED in dict(both["possible"])


def test_what_should_be_there_is_named_and_all_is_not_called_ready() -> None:
    said = what_now(dated(invited_at=NOW, papers_at=NOW), agreed=True, now=NOW, still_open=("papers",))["next"]
    assert said["says"] == "What must be there is there. Still open: papers." and not said["address"]


@pytest.mark.parametrize(("days", "taken"), [(0, True), (366, True), (367, False), (-1, False)])
def test_its_day_is_today_or_within_a_year(days: int, taken: bool) -> None:
    on = NOW.date() + timedelta(days=days)
    given = {"submission": "x" * 22, "at": "2pm", "minutes": "360", "place": "Room 2", "how": "face"}
    given |= {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}
    assert ("on" not in DayForm(given, today=NOW.date()).errors) is taken
