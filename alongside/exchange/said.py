"""What a row says, in the words and lengths in which the record keeps it.

Writing and comparing both go through here, so that a sheet imported twice says what the record says.
"""

from datetime import date, datetime, time
from typing import Any

from alongside.exchange.sheets import PreparedRow
from alongside.features.people.models import Consent
from alongside.foundation.clock import LONDON

# Longest text of each field, from the columns that hold them.
LONGEST = {
    "gp_practice": 200,
    "council": 200,
    "school": 200,
    "reason": 500,
    "address": 300,
    "keyworker": 120,
    "inpatient_unit": 200,
    "social_worker": 120,
    "care_coordinator": 120,
    "parent_name": 120,
    "parent_phone": 40,
    "parent_email": 254,
    "language": 60,
}
LONGEST_NAME = 80
BASES = {
    "person_competent_child": Consent.Basis.COMPETENT_CHILD,
    "person_16_or_over": Consent.Basis.SIXTEEN,
    "parental_responsibility": Consent.Basis.PARENTAL,
    "best_interests": Consent.Basis.BEST_INTERESTS,
    "not_stated": Consent.Basis.NOT_STATED,
}


def words_of(row: PreparedRow, name: str) -> tuple[str, bool]:
    """A field as text, and whether all of it fits."""
    value: Any = row.fields.get(name)
    text = _text(name, value) if value else ""
    most = LONGEST.get(name, 10_000)
    return text[:most].strip(), len(text) <= most


def _text(name: str, value: Any) -> str:
    if name == "school":
        return str(value.name)
    if name == "inpatient_unit":
        return f"{value.name}, {value.hospital}" if value.hospital else str(value.name)
    return str(value)


def name_of(row: PreparedRow) -> tuple[str, str, str]:
    """Given name, family name, and the name they go by; each '' when not known."""
    name = row.fields.get("name")
    if not name:
        return "", "", ""
    return name.given[:LONGEST_NAME], name.family[:LONGEST_NAME], name.known_as[:LONGEST_NAME]


def shown_name_of(row: PreparedRow) -> str:
    """How a row is called on a page."""
    given, family, _ = name_of(row)
    return f"{family}, {given}" if family and given else family or given


def start_of(day: date) -> datetime:
    """The moment a day begins in England: of what the sheet dates it says no more than the day."""
    return datetime.combine(day, time(), tzinfo=LONDON)


def stay_days(row: PreparedRow, today: date) -> tuple[date, date | None] | None:
    """(day of admission, day of discharge if it is past) of the stay that the row holds; None for no stay.

    Without a unit or a day of admission there is no stay: the text is kept and the rules ask for what is missing.
    """
    unit, admitted, left = (row.fields.get(name) for name in ("inpatient_unit", "admission_date", "discharge_date"))
    if not unit or not unit.name or not admitted or admitted > today:
        return None
    return admitted, left if left and admitted <= left <= today else None
