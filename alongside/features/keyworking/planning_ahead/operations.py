"""A question about the months ahead: asked by a person, worked out by a job, kept with its range."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from alongside.features.keyworking.models import WhatIf
from alongside.features.keyworking.planning_ahead.reading import read_ahead
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes, recording
from alongside.policy.allocation.what_if import RUNS, Change, look_ahead
from alongside.policy.counting import local_day

#: Every question draws the same weeks, so that two answers differ by what was asked.
SEED = 1


def ask_what_if(
    note: Notes, *, icb: Organisation, weeks: int, demand: int, staff: int, leave: int, ends: int | None = None
) -> WhatIf:
    """Asks; the worker finds the range. `staff` in tenths of somebody who works full time; `ends` of 100 a year."""
    asked = WhatIf.objects.create(
        icb=icb,
        asked_by_id=note.by.id,
        asked_at=note.at,
        weeks=weeks,
        demand=demand,
        staff=staff,
        leave=leave,
        ends=ends,
        seed=SEED,
    )
    note("what_if.asked", words="What if: the months ahead were asked about.", icb_id=icb.pk, what_if=asked.pk)
    return asked


def work_out_what_if(number: int, at: datetime) -> WhatIf | None:
    """For the worker, in the name of whoever asked. Also how it is if nothing changes. None for one done before."""
    with context.as_engine():
        asked = WhatIf.objects.select_related("icb", "asked_by").get(pk=number)
        if asked.state != WhatIf.State.WAITING:
            return None
        ahead, ends = read_ahead(asked.icb, local_day(at))
        change = Change(asked.weeks, asked.demand, asked.staff, asked.leave, asked.ends)
        found: dict[str, Any] = {
            "then": asdict(look_ahead(ahead, change, seed=asked.seed)),
            "same": asdict(look_ahead(ahead, Change(asked.weeks), seed=asked.seed)),
            "waiting": len(ahead.waiting),
            "longest": max((days for _, days in ahead.waiting), default=0),
            "runs": RUNS,
            "arrivals": round(sum(ahead.arrivals.values()) * 52),
            "ends": round(ends.each_year),
            "ended": ends.seen,
            "ends_is_default": ends.is_default,
        }
        with recording(by=asked.asked_by, at=at) as note:
            asked.state, asked.found = WhatIf.State.READY, found
            asked.save(update_fields=["state", "found"])
            note("what_if.ready", words="The months ahead were worked out.", icb_id=asked.icb_id, what_if=asked.pk)
    return asked
