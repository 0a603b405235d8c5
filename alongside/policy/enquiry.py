"""What a C(E)TR asks: four sets of lines of enquiry, four overarching questions, its outcomes, and how good it was.

Source: policy reference 5.7 and 5.10. The official text of the four sets (May 2023) was not available: the headings
here are ours, after the topics named there, and stand until an official text is loaded. They are called so on screen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

OURS = "Our own headings, until the official text is loaded"

#: The four sets, by whom and where.
SETS: Mapping[str, str] = {
    "child_community": "Children and young people, in the community",
    "child_inpatient": "Children and young people, in hospital",
    "adult_community": "Adults, in the community",
    "adult_inpatient": "Adults, in hospital",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of enquiry. key: how a finding names it. asks: what the panel looks into. overarching: of the four."""

    key: str
    title: str
    asks: tuple[str, ...] = ()
    overarching: bool = False


#: The same in every set; each is answered before a review is written up.
QUESTIONS = (
    Line("safe", "Are they safe?", ("What keeps them safe, and what doesn’t?",), overarching=True),
    Line("care_good", "Is the care they get now good?", ("What would they say themselves?",), overarching=True),
    Line(
        "future",
        "Are there plans for the future?",
        ("Where will they live and learn, and who works on it?",),
        overarching=True,
    ),
    Line(
        "community",
        "Can the care be given in the community?",
        ("What would it take, and who would have to say yes?",),
        overarching=True,
    ),
)

#: What the four are called to whoever they are about, and to the family.
PLAIN_TITLES: Mapping[str, str] = {
    "safe": "Being safe",
    "care_good": "Help now",
    "future": "What comes later",
    "community": "Living at home",
}

_HOSPITAL = {
    "community": Line("hospital", "Keeping out of hospital", ("What would prevent an admission, starting this week?",)),
    "inpatient": Line("hospital", "Being in hospital", ("What is done here that can’t be done anywhere else?",)),
}
_CARE = {
    "child": Line("care", "The right care, education and treatment", ("Are they learning, and with whom?",)),
    "adult": Line("care", "The right care and treatment", ("Does it follow from what they need?",)),
}
_LEAVING = {
    "community": Line("leaving", "Planning ahead", ("What changes in the next year, and who is ready for it?",)),
    "inpatient": Line("leaving", "Planning to leave hospital", ("Which day, where to, and what is still missing?",)),
}
_LAST = {
    "child": Line("safeguarding", "Education and safeguarding", ("What does the EHC plan say, and is it done?",)),
    "adult": Line("safeguarding", "Safeguarding", ("What was raised, and what came of it?",)),
}


def own_lines(which: str) -> tuple[Line, ...]:
    """The twelve headings of one of SETS in our own words."""
    age, place = which.split("_", 1)
    return (
        Line(
            "concerns", "What worries people most", ("What worries them, their family, and those who work with them?",)
        ),
        _HOSPITAL[place],
        _CARE[age],
        Line("involved", "Having a say", ("How were they asked, and what changed because of it?",)),
        Line("physical", "Physical health", ("Which needs are known, and are they met?",)),
        Line("medicines", "Medicines", ("Is each one needed, checked and safe? STOMP and STAMP.",)),
        Line("risk", "Risk", ("Is it looked at fairly, and managed without more limits than needed?",)),
        Line("autism", "Autism and communication", ("What adjustments were made, and do they work?",)),
        _LEAVING[place],
        Line("family", "Family and those close to them", ("Are they listened to, and what do they need?",)),
        Line("rights", "Rights and freedoms", ("What is restricted, why, and until when?",)),
        _LAST[age],
    )


def set_for(*, is_child: bool, in_hospital: bool) -> str:
    """Which of SETS is used. is_child: a CETR, not a CTR."""
    return f"{'child' if is_child else 'adult'}_{'inpatient' if in_hospital else 'community'}"


CONCERN: Mapping[str, str] = {"none": "No concern", "some": "Some concern", "serious": "Serious concern"}
SERIOUS = "serious"

#: Policy reference 5.10, a proposal.
OUTCOMES: Mapping[str, str] = {
    "needs_hospital": "Needs hospital",
    "no_hospital": "Does not need hospital",
    "avoided": "An admission was avoided",
    "ready": "Ready for discharge",
    "date_set": "Not ready for discharge, a date is set",
    "transfer": "A transfer is recommended",
    "package": "Another package of care was agreed",
    "no_agreement": "No agreement: it goes to the next level",
    "adjourned": "Adjourned",
}
NO_AGREEMENT = "no_agreement"

#: How earlier recommendations are accounted for. All but the first say why.
ACCOUNTED: Mapping[str, str] = {
    "done": "Done",
    "partly": "Done in part",
    "not_done": "Not done",
    "not_right": "No longer right",
}

#: The PERSONAL principles (policy reference 5.10); the questions and the scale are ours.
PERSONAL: Mapping[str, tuple[str, str]] = {
    "person": ("Person and family centred", "Were they and their family at the centre of the day?"),
    "evidence": ("Evidence based", "Does each finding say what it rests on?"),
    "rights": ("Rights led", "Were their rights looked at by name?"),
    "seeing": ("Seeing the whole person", "Does the report show who they are, not only what is wrong?"),
    "open": ("Open, independent, challenging", "Did the panel ask what nobody likes to be asked?"),
    "nothing": ("Nothing about us without us", "Could they take part in their own way?"),
    "action": ("Action focused", "Does each recommendation have a person, a day and a proof?"),
    "living": ("Living life in the community", "Is life outside hospital what it works towards?"),
}
MET: Mapping[str, str] = {"fully": "Fully", "partly": "In part", "not": "Not"}
#: The answer that counts as answered well. Local default: no national score was found.
WELL = "fully"
SCORE_IS_OURS = "Local default: no national score was found. Only ‘Fully’ counts, and each question counts alike."


@dataclass(frozen=True, slots=True)
class Quality:
    """How good reviews were: of so many questions that were answered, so many were answered well."""

    well: int
    answered: int

    @property
    def percent(self) -> int:
        """Of the questions answered, a half rounded up."""
        return (200 * self.well + self.answered) // (2 * self.answered)


def quality_of(items: Mapping[str, Sequence[str]]) -> Quality | None:
    """Of one review, from {principle: [answer, ...]}; None where no question was answered."""
    answers = [items[key][0] for key in PERSONAL if items.get(key) and items[key][0] in MET]
    return Quality(answers.count(WELL), len(answers)) if answers else None


def weakest_of(scored: Iterable[Mapping[str, Sequence[str]]]) -> tuple[str, ...]:
    """The principles that the smallest share of reviews met well, in their order; none where all met all of them."""
    shares = {}
    rows = list(scored)
    for key in PERSONAL:
        answers = [one[key][0] for one in rows if one.get(key) and one[key][0] in MET]
        if answers:
            shares[key] = Fraction(answers.count(WELL), len(answers))
    least = min(shares.values(), default=Fraction(1))
    return tuple(key for key, share in shares.items() if share == least) if least < 1 else ()


#: What the person and family are asked about their review. Ours: the national form was not seen.
ASKED: Mapping[str, tuple[str, str]] = {
    "ready": ("Did you know what would happen?", "Did they know what would happen?"),
    "heard": ("Did people listen to you?", "Did people listen to them and to you?"),
    "needs": ("Did people do what you need, like breaks or a quiet room?", "Did people do what they need?"),
    "clear": ("Was it clear what they found?", "Was it clear what they found?"),
    "better": ("Do you think it will help?", "Do you think it will help?"),
}
SAID: Mapping[str, str] = {"yes": "Yes", "partly": "In part", "no": "No", "unsure": "I don’t know"}
