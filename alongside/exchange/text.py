"""Every label and message of importing."""

import re
from datetime import date

from alongside.exchange.models import ImportRun
from alongside.foundation.nhsuk.filters import day

OUTCOMES = {
    "review": "A person must decide",
    "refused": "Could not be taken",
    "created": "New on the register",
    "matched": "Already on the register",
    "blank": "Not a person",
}
OUTCOME_COLOURS = {"created": "green", "matched": "blue", "review": "orange", "refused": "red", "blank": "grey"}
OUTCOME_HINTS = {
    "created": "These people come onto the register.",
    "matched": "Nothing is overwritten. Where the sheet says something else, you decide.",
    "review": "Nothing happens until somebody has said who this is.",
    "refused": "Correct them in the sheet and import it again.",
    "blank": "Totals, titles and empty rows.",
}
REFUSED_HOW = (
    ("Corrected in the sheet and imported again", "Corrected in the sheet and imported again"),
    ("Added by hand", "Added by hand"),
    ("Not somebody for this register", "Not somebody for this register"),
)
STATES = {
    ImportRun.State.MAPPING: ("Columns to check", "orange"),
    ImportRun.State.CHECKING: ("Being checked", "blue"),
    ImportRun.State.CHECKED: ("Checked, not imported", "yellow"),
    ImportRun.State.RUNNING: ("Being imported", "blue"),
    ImportRun.State.DONE: ("Imported", "green"),
    ImportRun.State.FAILED: ("Stopped", "red"),
}
FIELDS = {
    "entry": "On the register",
    "given_name": "Given name",
    "family_name": "Family name",
    "birth_date": "Date of birth",
    "nhs_number": "NHS number",
    "postcode": "Postcode",
    "gp": "GP practice",
    "school": "School or college",
    "council": "Council",
    "rating": "Rating",
    "reason": "Reason on the register",
    "keyworker": "Keyworker",
    "consent": "Agreement to the register",
    "stay": "Time in hospital",
    "last_cetr": "Last C(E)TR",
}
ORDERS = {
    "day_first": "Day first (31/12/2024)",
    "month_first": "Month first (12/31/2024)",
    "mixed": "Both; day first when unsure",
}
BUSY = "Another import into this register is being written. Wait until it is done, then try again."
CHANGED = (
    "Somebody changed the register while the import was being written, so nothing was written. "
    "Check the sheet again, then confirm."
)
STOPPED = "Something went wrong while this was being worked on, so nothing was written. Check the sheet again."


_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?\b")


def in_words(said: str) -> str:
    """What a sheet or the record says, with days as people write them: '4 March 2012' for '2012-03-04'."""
    return _DAY.sub(_day, said)


def _day(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[1]))
    except ValueError:
        return found[0]


def summary_sentences(counts: dict[str, int]) -> list[str]:
    """The summary as a person would say it."""
    return [
        f"{counts['rows']:,} rows below the headings.",
        f"{counts['created']:,} new on the register.",
        f"{counts['matched']:,} already there; nothing was overwritten.",
        f"{counts['review']:,} need a person to decide.",
        f"{counts['refused']:,} could not be taken.",
        f"{counts['blank']:,} are not people (totals, titles, empty rows).",
    ]
