"""When an entry may be rated, and when not."""

from datetime import datetime

from alongside.features.register.models import Colour, RegisterEntry
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.policy.decision import Decision


def check_open(entry: RegisterEntry) -> None:
    if entry.removed_on:
        raise NotNow("closed", f"This entry was closed on {entry.removed_on:%-d %B %Y}. Put them back on first.")


def check_version(entry: RegisterEntry, version: int | None) -> None:
    """Two people decided at once: the second is told, and sees what the first decided."""
    if version is not None and version != entry.version:
        raise NotNow(
            "changed_since",
            "Somebody changed this entry while you were writing. Look at what they decided; what you wrote is below.",
        )


def check_demanded(colour: str, demanded: Decision) -> None:
    """A floor that the rules find in the hospital stays blocks every other colour."""
    if demanded.value and colour != demanded.value:
        raise NotNow(f"floor_{demanded.value}", demanded.because)


def check_floor(colour: str, *, in_hospital: bool, red_until: datetime | None, at: datetime) -> None:
    """A floor blocks: blue while in a mental health hospital, red for a set time after discharge."""
    if in_hospital and colour != Colour.BLUE:
        raise NotNow("floor_blue", "They are in hospital, so the rating stays blue until the discharge is recorded.")
    if not in_hospital and colour == Colour.BLUE:
        raise NotNow("not_in_hospital", "Blue means in hospital now. Record the admission, and the rating follows.")
    if red_until and at < red_until and colour != Colour.RED:
        day = red_until.astimezone(LONDON)
        raise NotNow("floor_red", f"After a discharge the rating stays red until {day:%-d %B %Y}.")
