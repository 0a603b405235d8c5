"""A life turned into the rows that the operations would have written, in bulk and without a database.

This says a second time what operations say, so `check` replays a sample through operations and compares.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from simulator import history as h
from simulator.writing import action_rows, hospital_rows, keyworking_rows, people_rows, plan_rows, register_rows
from simulator.writing.written import Numbers, Row, Written


def written(life: h.Life, numbers: Numbers, act_of: Callable[[], UUID]) -> dict[str, list[Row]]:
    """All rows of a life by kind, each in the order made, with ids taken from `numbers`."""
    w = Written(life, numbers)
    for moment in life.moments:
        w.begin(moment, act_of())
        for step in moment.steps:
            _DO[type(step)](w, step)
        for _, follow in sorted(w.follows, key=lambda found: found[0]):
            follow()
    return w.rows


_DO: dict[type, Callable[[Written, Any], None]] = {
    h.Add: people_rows.add,
    h.Agree: people_rows.agree,
    h.Enter: register_rows.enter,
    h.Rate: register_rows.rate,
    h.Decline: register_rows.decline,
    h.PlanReview: register_rows.plan,
    h.Remove: register_rows.remove,
    h.Admit: hospital_rows.admit,
    h.Leave: hospital_rows.leave,
    h.Record: people_rows.record,
    h.Allocate: keyworking_rows.allocate,
    h.EndAllocation: keyworking_rows.end_allocation,
    h.AgreeAction: action_rows.agree,
    h.TakeStep: action_rows.take,
    h.SendPlan: plan_rows.send,
    h.SharePlan: plan_rows.share,
    h.Change: people_rows.change,
    h.Offer: people_rows.offer,
    h.Accept: people_rows.accept,
}
