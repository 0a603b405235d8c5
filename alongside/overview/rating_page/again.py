"""The browser's Back button and Save once more: the same rating of the same person isn't made twice unawares."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.filters import clock_time

#: So soon after a rating the same one from the same person is asked about first (local default).
SOON = timedelta(minutes=10)


def check_not_just_rated(last: dict[str, Any] | None, given: Mapping[str, Any], name: str, now: datetime) -> None:
    """Raises NotNow for the same colour and reasons from the same person, unless they said that they mean it.

    Not for what somebody carried over from a sheet just now: that was rated on the day that the sheet says.
    `given["again"]` is the moment of the rating that they were shown.
    """
    if last is None or last["by"] != name or given["again"] == last["recorded"]:
        return
    recorded = datetime.fromisoformat(last["recorded"])
    same = given["colour"] == last["colour"] and sorted(given["reasons"]) == sorted(last["reasons"] or [])
    if same and now - recorded <= SOON and now - last["at"] <= SOON:
        said = f"You rated {last['colour']} at {clock_time(recorded)}. Save again only if you mean a second rating."
        raise NotNow("just_rated", said)
