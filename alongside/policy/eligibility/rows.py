"""The rules of entry as dated rows: what the product starts with, and what an area may set instead.

No national list of entry criteria was found: areas publish their own. Each row says whose it is.
"""

from dataclasses import dataclass, replace
from datetime import date

from ..rules import ALWAYS, CERTAINTY, KINDS
from ..rules.area import AreaRules
from .asked import HAPPENING

Value = int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryRule:
    """One rule of entry for one stretch of time.

    value: a number of years, one choice, or several (see CHOICES). icb: the area whose own it is.
    kind and certainty: as for time limits. ends_on: its last day.
    """

    key: str
    title: str
    value: Value
    source_label: str
    certainty: str
    kind: str
    starts_on: date = ALWAYS
    ends_on: date | None = None
    icb: str = ""
    note: str = ""

    @property
    def many(self) -> tuple[str, ...]:
        """The value of a rule that holds several choices."""
        return self.value if isinstance(self.value, tuple) else (str(self.value),)

    @property
    def years(self) -> int:
        """The value of a rule that holds an age. ValueError for others."""
        return int(self.value) if isinstance(self.value, int | str) else _no_number(self.key)

    @property
    def label(self) -> str:
        return f"set by {self.icb}" if self.icb else KINDS[self.kind]


def _no_number(key: str) -> int:
    raise ValueError(f"The rule {key} holds no number.")


#: The policy's own risk: going into, or being in, a mental health hospital.
POLICY_RISKS = ("hospital_risk", "in_hospital")

#: What an area may set a rule to; a rule that is not here is the policy's and the same everywhere.
#: A pair of numbers: from and to, both included.
CHOICES: dict[str, tuple[int, int] | tuple[str, ...]] = {
    "age_from": (0, 18),
    "age_to": (17, 25),
    "boundary": ("living", "gp", "either"),
    "diagnosis_basis": ("diagnosed", "understood", "pathway", "considered"),
    "risks_also": tuple(name for name in HAPPENING if name not in (*POLICY_RISKS, "nothing", "other")),
    "keyworker_ratings": ("red", "amber", "blue", "green"),
    "keyworker_age_to": (17, 25),
    "keyworker_also": ("looked_after", "adopted", "residential", "adulthood", "two_of_four"),
}

MAY_BE_EMPTY = frozenset({"risks_also", "keyworker_also"})

_KENT = "local practice, Kent and Medway"
_MOST = "local practice, most areas whose rules were seen"
_OURS = "proposed by this software; no national figure was found"
_POLICY = "NHS England, dynamic support register and C(E)TR policy and guide, 2023"
_KEYWORKING = "The founding documents of keyworking"

NATIONAL_ENTRY = (
    EntryRule("age_from", "Youngest age", 0, _POLICY, "V", "national", note="The policy is for all ages."),
    EntryRule(
        "age_to",
        "Oldest age",
        25,
        _OURS,
        "P",
        "default",
        note="'Up to 25' is read as until the day before the 26th birthday. Areas end at 17, 18 or 25.",
    ),
    EntryRule("boundary", "Where somebody belongs", "living", _KENT, "V-L", "local"),
    EntryRule(
        "diagnosis_basis",
        "Diagnosis that counts",
        ("diagnosed", "understood"),
        _OURS,
        "P",
        "default",
        note="Most areas ask for a diagnosis; national returns count what is clinically understood too.",
    ),
    EntryRule("risks", "Risk that the register is for", POLICY_RISKS, _POLICY, "V", "national"),
    EntryRule(
        "risks_also",
        "What is counted as a sign of it",
        ("discharge", "self_harm", "mental_health", "distress", "ae_crisis", "home"),
        _OURS,
        "P",
        "default",
        note="Areas name signs of their own: some count a placement breaking down, some the courts, some neither.",
    ),
    EntryRule("who_may_ask", "Who may ask", ("professional", "family", "young_person"), _POLICY, "V", "national"),
    EntryRule("keyworker_ratings", "Ratings with a keyworker", ("red", "amber", "blue"), _MOST, "V-L", "local"),
    EntryRule(
        "keyworker_age_to",
        "Oldest age for keyworking",
        25,
        _KEYWORKING,
        "S",
        "national",
        note="To 18 first; all areas were expected to go to 25 from 2023/24.",
    ),
    EntryRule(
        "keyworker_also",
        "Keyworking also for",
        (),
        _KEYWORKING,
        "S",
        "local",
        note="Later phases, area by area. Moving to adult services counts from the 17th birthday, which is ours. "
        "Two of four are the questions of one area (Norfolk): a named person answers them, and decides.",
    ),
)
ENTRY_ROWS = {rule.key: rule for rule in NATIONAL_ENTRY}


class EntryRules(AreaRules[EntryRule]):
    """The rules of entry of one area."""

    PRODUCT = ENTRY_ROWS


def check_local_entry(key: str, value: Value, *, icb: str, starts_on: date, source: str = "") -> EntryRule:
    """An area's own row. ValueError, with a sentence to show, for one that cannot be."""
    national = ENTRY_ROWS.get(key)
    if national is None:
        raise ValueError("There is no such rule of entry.")
    if key not in CHOICES:
        raise ValueError(f"{national.title}: the national policy says this, so it can't be set locally.")
    allowed = CHOICES[key]
    if isinstance(allowed[0], int):
        if not isinstance(value, int) or not allowed[0] <= value <= int(allowed[1]):
            raise ValueError(f"{national.title} must be between {allowed[0]} and {allowed[1]}.")
    else:
        given = value if isinstance(value, tuple) else (value,)
        if set(given) - set(allowed) or (isinstance(national.value, tuple) != isinstance(value, tuple)):
            raise ValueError(f"{national.title}: choose from the list.")
        if not given and key not in MAY_BE_EMPTY:
            raise ValueError(f"{national.title}: choose at least one.")
    return replace(
        national, value=value, icb=icb, starts_on=starts_on, source_label=source or f"Set by {icb}", certainty="V-L"
    )


if any(rule.certainty not in CERTAINTY or rule.kind not in KINDS for rule in NATIONAL_ENTRY):
    raise ValueError("A rule of entry has an unknown kind or certainty.")
