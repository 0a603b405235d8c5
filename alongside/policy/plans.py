"""What a plan is made of: its parts, what each is about, and what a writer is asked.

Source: policy reference 4.8, fields proposed from the keyworking guidance (co-produced, person-centred); no national
form was found. Topics are named as the rules name them (see `policy/duties/duty.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

SOURCE = "Policy reference 4.8: proposed from the keyworking guidance; no national form was found"


@dataclass(frozen=True, slots=True)
class PartKind:
    """One part. title: on the plan, in the young person's voice; about: to their family, `{name}` for the person.

    topic: what the part is about, for consent and sharing. asks: prompts for whoever writes it.
    """

    key: str
    title: str
    about: str
    topic: str
    asks: tuple[str, ...]


PARTS: Mapping[str, PartKind] = {
    part.key: part
    for part in (
        PartKind(
            "story",
            "My story",
            "{name}’s story",
            "own_words",
            (
                "What has happened so far, as they would tell it?",
                "What do they never want to have to tell again?",
                "What went well before, and who made it go well?",
            ),
        ),
        PartKind(
            "matters",
            "What matters to me",
            "What matters to {name}",
            "own_words",
            (
                "Who and what do they not want to be without?",
                "What makes a good day, and what a bad one?",
                "What do they hope for?",
            ),
        ),
        PartKind(
            "strengths",
            "What I am good at",
            "What {name} is good at",
            "keyworking",
            (
                "What do people like about them?",
                "What can they do that others can’t?",
                "What do they do by themselves when things are hard?",
            ),
        ),
        PartKind(
            "good",
            "What good looks like",
            "What good looks like",
            "own_words",
            (
                "How would they know that things are better?",
                "How would their family know?",
                "What would they do on a day when it is so?",
            ),
        ),
        PartKind(
            "people",
            "People around me",
            "People around {name}",
            "family",
            (
                "Who helps, and with what?",
                "Whom do they trust, and whom not?",
                "Who should be told, and who should not?",
            ),
        ),
        PartKind(
            "communication",
            "How I talk, hear and feel",
            "How {name} talks, hears and feels",
            "communication",
            (
                "How do they say yes, no, and stop?",
                "Which sounds, lights, smells or touches are too much?",
                "Which reasonable adjustments do they need?",
            ),
        ),
        PartKind(
            "early_signs",
            "Signs that it gets hard",
            "Signs that it gets hard",
            "health",
            (
                "What changes first: sleep, food, words, going out?",
                "What do those who know them see, and what do strangers mistake it for?",
                "What usually came before?",
            ),
        ),
        PartKind(
            "helps",
            "What helps me",
            "What helps {name}",
            "communication",
            (
                "What can they do themselves?",
                "What can somebody beside them do or say?",
                "What makes it worse?",
            ),
        ),
        PartKind(
            "formulation",
            "How we understand it",
            "How we understand it",
            "health",
            (
                "What are the needs behind what is seen?",
                "What started it, what keeps it going, what protects?",
                "Which assessments say so, and of when?",
            ),
        ),
        PartKind(
            "gaps",
            "What is missing",
            "What is missing",
            "keyworking",
            (
                "What was wanted and could not be had, and why?",
                "Who was told?",
                "Was a personal health budget thought of?",
            ),
        ),
        PartKind(
            "crisis",
            "In a crisis",
            "In a crisis",
            "health",
            (
                "What do they need in the first ten minutes?",
                "What must nobody do?",
                "Who comes, who is rung, and what is tried before hospital?",
            ),
        ),
        PartKind(
            "step_down",
            "When I need less help",
            "When {name} needs less help",
            "keyworking",
            (
                "How will everybody know that less help is enough?",
                "Who stays?",
                "How do they come back?",
            ),
        ),
    )
}
#: What a card for a crisis shows of a plan, in the order in which it is read at night.
CARD = ("crisis", "early_signs", "helps")

NEW, CHANGED, GONE = "new", "changed", "gone"


def what_changed(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """(part, new, changed or gone) in the order of the parts. Each value is what a part says; empty says nothing."""
    found = []
    for key in PARTS:
        old, new = before.get(key), after.get(key)
        if bool(old) and bool(new) and old != new:
            found.append((key, CHANGED))
        elif bool(new) and not old:
            found.append((key, NEW))
        elif bool(old) and not new:
            found.append((key, GONE))
    return tuple(found)
