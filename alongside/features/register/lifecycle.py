"""When an entry may be rated, and when not."""

from datetime import date

from alongside.features.register.models import Colour, RegisterEntry
from alongside.foundation.access.protected import NotNow
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


def check_look(on: date | None, latest: Decision | None) -> None:
    """A look isn't planned further ahead than the rules allow for the colour (`policy.duties.latest_look`)."""
    if on and latest and on > latest.value:
        raise NotNow("look_too_far", latest.because)


def check_red_has_a_day(on: date | None, latest: Decision) -> None:
    """Red is never left without a day for its review. Source: policy reference, section 16, row 71."""
    if on is None:
        said = f"{latest.value:%-d %B %Y}"
        raise NotNow(
            "look_missing", f"Red needs a day for the next look. {said} is proposed below, the last the rules allow."
        )


def check_floor(colour: str, demanded: Decision) -> None:
    """The floor that the rules find in the hospital stays blocks every other colour (`policy.ratings.floor`)."""
    if demanded.value and colour != demanded.value:
        raise NotNow(f"floor_{demanded.value}", demanded.because)
    if colour == Colour.BLUE and demanded.value != Colour.BLUE:
        raise NotNow("not_in_hospital", "Blue means in hospital now. Record the admission, and the rating follows.")
