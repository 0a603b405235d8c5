"""Words of the pages about who is who."""

from datetime import datetime
from typing import Any

from alongside.features.people.models import Belonging, Consent, Diagnosis, Person
from alongside.foundation.nhsuk.filters import day, nhs_number, plural

DIFFERENT = "different"
SAME_SAVED = "The two records are one now. It can be undone at any time."
DIFFERENT_SAVED = "Saved: they are two people. They will not be put forward again."
UNDONE = "The two records stand as they did before."
REOPENED = "Saved: the pair is to be looked at again."
POINTED_OUT = "Compare the two records."
NOBODY = "No record that you may see has this reference. Check it, or ask the register team."
TWIN = "Born on the same day with the same family name. If they are twins, go on: both are kept apart."

#: What stands side by side, and how each row is called.
ROWS = (
    "First name",
    "Family name",
    "Other names",
    "Date of birth",
    "NHS number",
    "Address",
    "GP practice",
    "School or college",
    "Council",
    "Diagnosis",
    "Family and carers",
    "Agreed to the register",
    "Reference",
    "Recorded so far",
)

#: Rows in which a difference bears on whether they are one person.
TELLS = ROWS[:11]


def side(person: Person, parts: dict[str, Any]) -> list[str]:
    """The values of `ROWS` for one record, empty where nothing is known."""
    shown = f"{person.given_name} {person.family_name}".strip()
    others = [name for name in parts["names"] or () if name and name != shown]
    if person.preferred_name:
        others.insert(0, f"likes to be called {person.preferred_name}")
    belongings: dict[str, list[str]] = {}
    for kind, name in parts["belongings"] or ():
        belongings.setdefault(kind, []).append(name)
    numbers = [number for number in [person.nhs_number, *(parts["former_numbers"] or ())] if number]
    count, last = parts["events"] or (0, None)
    return [
        person.given_name,
        person.family_name,
        ", ".join(others),
        day(person.birth_date),
        ", ".join(map(nhs_number, numbers)),
        "; ".join(parts["addresses"] or ()),
        *(", ".join(belongings.get(kind, ())) for kind in Belonging.Kind.values),
        ", ".join(Diagnosis.Kind(kind).label for kind in parts["diagnoses"] or ()),
        ", ".join(parts["relations"] or ()),
        Consent.Answer(parts["agreed"]).label if parts["agreed"] else "",
        person.reference,
        f"{plural(count, 'entry', 'entries')}{', the last on ' + day(datetime.fromisoformat(last)) if last else ''}",
    ]


def differs(label: str, one: str, other: str) -> bool:
    """Whether both are known and not the same, where that bears on who they are."""
    return label in TELLS and bool(one and other) and one != other


def written_since(count: int, reference: str, merged_at: datetime) -> str:
    """What has to be looked at by whoever undoes a merge; '' where nothing was written down meanwhile."""
    if not count:
        return ""
    return (
        f"Since {day(merged_at)} {plural(count, 'thing was', 'things were')} written down on {reference}. All of it "
        "stays there: nothing says whom it was about. Read it through first. Write down anew on the other record what "
        "belongs there, and put it right on this one."
    )
