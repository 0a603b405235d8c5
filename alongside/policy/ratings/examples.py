"""The rating tools whose content is public, as examples for an ICB to start from. None is invented.

Dates of publication were not found, so `published_on` is empty.
"""

from .tool import Band, HardRule, Item, Tool

_DEFINITIONS = (
    ("red", "Immediate risk: the person or family is in crisis; the risks are not or cannot be managed "
            "in the community"),
    ("amber", "Immediate risk without urgent intervention: marked risk of becoming unwell or of breakdown"),
    ("green", "Some risks that could lead to admission or readmission, managed at present"),
    ("blue", "Inpatient in a mental health hospital"),
)  # fmt: skip

NATIONAL = Tool(
    key="national_definitions",
    version="2023",
    title="National definitions: red, amber, green and blue",
    source="NHS England definitions of 2023, as used by several areas",
    certainty="V",
    gives="colour",
    about="No score: a judgement. Choose the definition that fits.",
    items=(Item("fits", "Which definition fits today?", "choice", _DEFINITIONS),),
    bands=tuple(Band("fits", colour, colour, words) for colour, words in _DEFINITIONS),
)

_FOUR = ("mental_health", "behaviour", "environment", "crisis")

FOUR_QUESTIONS = Tool(
    key="four_questions",
    version="1",
    title="Four questions",
    source="local practice, Lincolnshire",
    certainty="V-L",
    gives="colour",
    about="A starting point; clinicians decide. The twelve scored questions of the same tool are not public.",
    items=(
        Item("mental_health", "Is there an unstable or untreated mental health condition?"),
        Item("behaviour", "Is there significant behavioural challenge?"),
        Item("environment", "Is the environment unstable, or are staff changing?"),
        Item("crisis", "Have they presented in crisis at A&E in the last month?"),
    ),
    hard_rules=(HardRule(_FOUR, 4, "red", "All four questions were answered yes."),),
)

_NAVIGATOR = ("placement", "moving_in", "education", "emergency")

TWO_OF_FOUR = Tool(
    key="two_of_four",
    version="1",
    title="Two of four: entry to keyworking",
    source="local practice, Norfolk",
    certainty="V-L",
    gives="entry",
    about="For people who are not red, amber or in hospital. It opens keyworking and gives no colour.",
    items=(
        Item("placement", "Is the residential or educational placement unstable?"),
        Item("moving_in", "Are they at risk of moving into such a placement?"),
        Item("education", "Do they attend education 50% of the time or less?"),
        Item("emergency", "Do they go to A&E regularly for their mental health?"),
    ),
    hard_rules=(HardRule(_NAVIGATOR, 2, "keyworking_entry", "Two or more of the four questions were answered yes."),),
)

_BANDS = (
    ("in_hospital", "In a mental health hospital (tier 4)"),
    ("hours_48", "Immediate risk, within 48 hours, of tier 4 or a 52-week specialist or unregulated placement"),
    ("weeks_2", "Discharge from tier 4, or imminent risk within 2 weeks, or home placement breakdown that may "
                "lead there"),
    ("managed", "Risk of home breakdown with a marked rise in support needed, or risks present but managed"),
)  # fmt: skip

TIME_BANDS = Tool(
    key="time_bands",
    version="1",
    title="Time bands",
    source="local practice, Devon",
    certainty="V-L",
    gives="colour",
    about="Needs a confirmed learning disability or autism. The bands are public; their colours were "
    "pictures, so which colour a band stands for is inferred.",
    items=(
        Item("band", "Which band fits?", "choice", _BANDS),
        Item("hours", "If a time can be given: hours until an admission is expected", "hours"),
    ),
    bands=(
        Band("band", "in_hospital", "blue", _BANDS[0][1]),
        Band("band", "hours_48", "red", _BANDS[1][1], "red_threshold"),
        Band("band", "weeks_2", "amber", _BANDS[2][1], "amber_threshold"),
        Band("band", "managed", "green", _BANDS[3][1]),
    ),
    mapping_certainty="G",
)

TOOLS = (NATIONAL, FOUR_QUESTIONS, TWO_OF_FOUR, TIME_BANDS)


def find_tool(key: str, version: str = "") -> Tool | None:
    """A tool by its key; the given version, or the last."""
    found = [tool for tool in TOOLS if tool.key == key and version in ("", tool.version)]
    return found[-1] if found else None
