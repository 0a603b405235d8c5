"""The pages of `docs/reference/`, each written from the table in the code that decides."""

from collections.abc import Callable, Iterable

from alongside.config import who_reads
from alongside.features.actions.lifecycle import MOVES as ACTION_MOVES
from alongside.features.actions.models import Action, ActionStep
from alongside.features.escalation.lifecycle import MOVES as ESCALATION_MOVES
from alongside.features.escalation.lifecycle import OPEN as ESCALATIONS_OPEN
from alongside.features.escalation.models import Escalation, EscalationStep
from alongside.features.people.models import Consent, Guard
from alongside.features.referrals.lifecycle import MOVES
from alongside.features.referrals.models import ReferralState, ReferralStep
from alongside.features.register.models import Colour, Rating
from alongside.features.reviews.models import PlannedReview, PlannedStep
from alongside.features.reviews.organising.lifecycle import MOVES as REVIEW_MOVES
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import PARTNER_TOPICS, REACH, Role
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import DutyAnswer
from alongside.policy.duties import DOING
from alongside.policy.eligibility.printing import entry_rules_as_markdown
from alongside.policy.reference import rules_as_markdown, tools_as_markdown
from alongside.policy.rules import Ruleset

GENERATED = "<!-- Written by `alongside docs`. Change the code, not this page. -->"

REACHES = {
    "area": "Everybody the ICB is responsible for",
    "involved": "Only people they are involved with",
    "counts": "Numbers, never a person",
    "none": "Nobody's record",
}


def table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _page(*lines: str) -> str:
    title, *rest = lines
    return "\n".join([title, "", GENERATED, "", *rest]) + "\n"


def _marked(text: str) -> str:
    title, _, rest = text.partition("\n")
    return f"{title}\n\n{GENERATED}\n{rest}"


def _topics(numbers: Iterable[int]) -> str:
    found = tuple(int(number) for number in numbers)
    if found == EVERY_TOPIC:
        return "every topic"
    return "; ".join(Topic(number).label for number in found) or "none"


def roles() -> str:
    """What each role reaches."""
    area = [
        [
            str(Role(role).label),
            REACHES[reach.reach],
            "yes" if reach.guarded else "no",
            {"area": _topics(reach.topics), "involved": "as each involvement says"}.get(reach.reach, "none"),
            "yes" if reach.writes else "no",
        ]
        for role, reach in REACH.items()
    ]
    partners = [[str(Role(role).label), _topics(topics)] for role, topics in PARTNER_TOPICS.items()]
    because = [[str(label)] for _, label in Involvement.Because.choices]
    return _page(
        "# What each role reaches",
        "One table in the code, read by the lists, the single records and the database's row-level security.",
        "",
        *table(["Role", "Reaches", "Before agreement is confirmed", "Topics of people in the area", "Writes"], area),
        "",
        "## What a partner is told",
        "",
        "About people they are involved with, unless the involvement says less.",
        "",
        *table(["Partner", "Topics"], partners),
        "",
        "## Why somebody may be involved",
        "",
        *table(["Because"], because),
    )


def purposes() -> str:
    """What agreement is asked for, by whom it is given, and what follows from the answer."""
    return _page(
        "# Purposes and topics",
        "Agreement is recorded for one purpose at a time, and never changed: a changed mind is a new answer.",
        "",
        "## Purposes",
        "",
        *table(["Purpose", "Means"], ([f"`{value}`", str(label)] for value, label in Consent.Purpose.choices)),
        "",
        "## Answers",
        "",
        *table(["Answer", "Means"], ([f"`{value}`", str(label)] for value, label in Consent.Answer.choices)),
        "",
        "## Who decided",
        "",
        *table(["Basis", "Means"], ([f"`{value}`", str(label)] for value, label in Consent.Basis.choices)),
        "",
        "## How closely a record is held",
        "",
        *table(["Level", "Seen by"], ([str(value), str(label)] for value, label in Guard.choices)),
        "",
        "## Topics",
        "",
        *table(["Number", "Topic"], ([str(topic.value), str(topic.label)] for topic in Topic)),
    )


def life_cycles() -> str:
    """The states a thing may be in, from the tables that the database enforces."""
    parts: list[str] = []
    for title, words, choices in (
        ("Rating", "Append-only: a proposal and the decision on it are two rows.", Rating.Standing.choices),
        ("Where a rating comes from", "Rules propose; a named person decides.", Rating.Origin.choices),
        ("Colour", "Risk of admission to a mental health hospital, and nothing else.", Colour.choices),
        ("Action", "Whoever agreed to do something, and where it stands.", Action.State.choices),
        ("Answer to a duty", "An answer ends a duty, or begins its next round.", DutyAnswer.Answer.choices),
    ):
        rows = ([f"`{value}`", str(label)] for value, label in choices)
        parts += ["", f"## {title}", "", words, "", *table(["State", "Means"], rows)]
    drawn = [
        "",
        "## A place on the register",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "  [*] --> On_the_register: put on the register",
        "  On_the_register --> On_the_register: rated; reviewed; agreement confirmed",
        "  On_the_register --> Removed: removed, with a reason",
        "  Removed --> [*]: kept as long as retention says",
        "  Removed --> On_the_register: comes back, as a new entry that names the one before",
        "```",
    ]
    drawn += _referral_drawn()
    drawn += _action_drawn()
    drawn += _escalation_drawn()
    drawn += _review_drawn()
    doing = ["", "## What one can do about a duty", "", *(f"- `{name}`" for name in DOING)]
    return _page("# Life cycles", "The states that the code and the database know.", *drawn, *parts, *doing)


def _referral_drawn() -> list[str]:
    """The moves of a referral, from the one table that the operations follow."""
    moves = [
        f"  {_camel(ReferralState(state).label)} --> {_camel(ReferralState(after or state).label)}: {_lower(step)}"
        for step, states, after in MOVES
        for state in states
        if step != ReferralStep.Kind.NOTE
    ]
    received = _camel(ReferralState.RECEIVED.label)
    return ["", "## A referral", "", "```mermaid", "stateDiagram-v2", f"  [*] --> {received}: sent", *moves, "```"]


def _action_drawn() -> list[str]:
    """The steps of an action, from the one table that the operations follow."""
    moves = [
        f"  {_camel(Action.State(state).label)} --> {_camel(Action.State(after or state).label)}: "
        f"{ActionStep.Kind(step).label} ({', '.join(who)})"
        for step, states, after, who in ACTION_MOVES
        for state in states
    ]
    begins = f"  [*] --> {_camel(Action.State.PROPOSED.label)}: agreed"
    return ["", "## An action", "", "```mermaid", "stateDiagram-v2", begins, *moves, "```"]


def _escalation_drawn() -> list[str]:
    """The steps of an escalation, from the one table that the operations follow. It climbs by itself meanwhile."""
    moves = [
        f"  {_camel(Escalation.State(state).label)} --> {_camel(Escalation.State(after or state).label)}: "
        f"{EscalationStep.Kind(step).label} ({', '.join(who)})"
        for step, states, after, who in ESCALATION_MOVES
        for state in states
    ]
    begins = f"  [*] --> {_camel(Escalation.State.OPEN.label)}: raised"
    moved = _camel(Escalation.State.MOVED.label)
    goes_on = [
        f"  {_camel(Escalation.State(state).label)} --> {moved}: Another area accepted them"
        for state in ESCALATIONS_OPEN
    ]
    return ["", "## An escalation", "", "```mermaid", "stateDiagram-v2", begins, *moves, *goes_on, "```"]


def _review_drawn() -> list[str]:
    """The steps of a planned review, from the one table that the operations follow."""
    moves = [
        f"  {_camel(PlannedReview.State(state).label)} --> {_camel(PlannedReview.State(after or state).label)}: "
        f"{PlannedStep.Kind(step).label}"
        for step, (states, after) in REVIEW_MOVES.items()
        for state in states
    ]
    begins = f"  [*] --> {_camel(PlannedReview.State.REQUESTED.label)}: asked for"
    return ["", "## A planned review", "", "```mermaid", "stateDiagram-v2", begins, *moves, "```"]


def _camel(label: str) -> str:
    return label.replace(",", "").replace(" ", "_")


def _lower(step: str) -> str:
    label = str(ReferralStep.Kind(step).label)
    return label[:1].lower() + label[1:]


def who_reads_what() -> str:
    """Who reads what after which answer, and what remains after a no."""
    parts: list[str] = []
    for purpose, words in who_reads.PURPOSES.items():
        parts += ["", f"## {words}", "", *table(["Recipient", *who_reads.SAID], who_reads.rows(purpose))]
    remains = [
        "",
        "## What remains after a no",
        "",
        *table(["Agreement", "What remains"], map(list, who_reads.REMAINS)),
    ]
    return _page(
        "# Who reads what after which answer",
        "Worked out by the rules that the database follows. 'Reads' means the topics of their own work, no more.",
        "A restricted record is read by named people only, whatever was agreed.",
        *parts,
        *remains,
    )


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": lambda: _marked(rules_as_markdown(Ruleset.build())),
    "entry-rules.md": lambda: _marked(entry_rules_as_markdown()),
    "rating-tools.md": lambda: _marked(tools_as_markdown()),
    "roles.md": roles,
    "purposes.md": purposes,
    "who-reads-what.md": who_reads_what,
    "life-cycles.md": life_cycles,
}
