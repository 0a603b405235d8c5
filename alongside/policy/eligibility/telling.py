"""What the rules say of one person, test by test, each in sentences anybody can read. Nothing here says no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .asked import DIAGNOSES, HAPPENING, Asked
from .rows import EntryRule, EntryRules

FITS, UNSURE, DIFFERS = "fits", "unsure", "differs"
ALWAYS_ASK = "You can still ask. A person reads every request and will talk with you."


@dataclass(frozen=True, slots=True)
class Told:
    """One test: whether it fits, why in a sentence, and the rule it rests on."""

    test: str
    answer: str
    sentence: str
    rule: EntryRule

    @property
    def source(self) -> str:
        return f"{self.rule.source_label} ({self.rule.label})"


def for_register(asked: Asked, rules: EntryRules, as_at: date) -> tuple[Told, ...]:
    """Age, area, diagnosis and what is happening, against the rules of one area on a day."""
    return (
        _age(asked, rules, as_at),
        _area(asked, rules, as_at),
        _diagnosis(asked, rules, as_at),
        _happening(asked, rules, as_at),
    )


def in_one_sentence(told: Iterable[Told]) -> str:
    """The sum of the tests. It never closes the door."""
    answers = {each.answer for each in told}
    if answers == {FITS}:
        return "From what you told us, the register looks right. Please ask."
    if DIFFERS in answers:
        return f"Something does not match our local rules. {ALWAYS_ASK}"
    return f"We cannot tell yet. {ALWAYS_ASK}"


def _age(asked: Asked, rules: EntryRules, as_at: date) -> Told:
    first, last = rules.on("age_from", as_at), rules.on("age_to", as_at)
    ages = f"{'up to' if not first.years else f'{first.years} to'} {last.years}"
    age = asked.age_on(as_at)
    if age is None:
        return Told("age", UNSURE, f"Our register is for people aged {ages}. We do not know the age yet.", last)
    if age < first.years:
        return Told("age", DIFFERS, f"Our register starts at age {first.years}. They are {max(age, 0)} now.", first)
    if age > last.years:
        sentence = f"Our register is for people aged {ages}. They are {age}. There is a register for adults too."
        return Told("age", DIFFERS, sentence, last)
    return Told("age", FITS, f"Our register is for people aged {ages}. They are {age}.", last)


_BELONGS = {
    "living": "people who live in this area",
    "gp": "people with a GP in this area",
    "either": "people who live here or have a GP here",
}


def _area(asked: Asked, rules: EntryRules, as_at: date) -> Told:
    rule = rules.on("boundary", as_at)
    counted = {"living": (asked.lives,), "gp": (asked.gp,), "either": (asked.lives, asked.gp)}[str(rule.value)]
    whom = f"We help {_BELONGS[str(rule.value)]}."
    if "here" in counted:
        return Told("area", FITS, f"{whom} That fits.", rule)
    if all(place == "elsewhere" for place in counted):
        return Told("area", DIFFERS, f"{whom} If another area is the right one, we will pass your request on.", rule)
    return Told("area", UNSURE, f"{whom} We will find out with you.", rule)


def _diagnosis(asked: Asked, rules: EntryRules, as_at: date) -> Told:
    rule = rules.on("diagnosis_basis", as_at)
    whom = "The register is for people with autism or a learning disability."
    known = [DIAGNOSES[name] for name in sorted(asked.diagnoses) if name in DIAGNOSES]
    waiting_counts = "pathway" in rule.many
    if not known:
        if asked.no_diagnosis:
            return Told("diagnosis", DIFFERS, f"{whom} You told us that neither is thought to be so.", rule)
        return Told("diagnosis", UNSURE, f"{whom} We do not know about this yet.", rule)
    if not asked.basis:
        return Told("diagnosis", UNSURE, f"{whom} We will ask how this is known.", rule)
    if asked.basis in rule.many:
        what = " and ".join(known)
        if asked.basis == "pathway":
            return Told("diagnosis", FITS, f"{whom} Waiting for an assessment counts here too.", rule)
        return Told("diagnosis", FITS, f"{whom} You told us about {what}. That fits.", rule)
    if asked.basis == "pathway" and not waiting_counts:
        sentence = f"{whom} Waiting for an assessment does not count here on its own. We keep what you tell us."
        return Told("diagnosis", DIFFERS, sentence, rule)
    return Told("diagnosis", UNSURE, f"{whom} Here it should be diagnosed. We will talk about it with you.", rule)


def _happening(asked: Asked, rules: EntryRules, as_at: date) -> Told:
    policy, also = rules.on("risks", as_at), rules.on("risks_also", as_at)
    whom = "The register is for people who may need to go into a mental health hospital if they do not get help soon."
    if risks := _counted(policy, asked):
        return Told("happening", FITS, f"{whom} You told us about {risks}.", policy)
    if signs := _counted(also, asked):
        return Told("happening", FITS, f"{whom} Here we count {signs} as a sign of that.", also)
    if not asked.happening:
        return Told("happening", UNSURE, f"{whom} We do not know yet what is happening.", policy)
    if asked.happening <= {"nothing"}:
        return Told("happening", DIFFERS, f"{whom} You told us that none of these is so now.", policy)
    return Told("happening", UNSURE, f"{whom} What you told us may still matter. We will talk about it with you.", also)


def _counted(rule: EntryRule, asked: Asked) -> str:
    """What is happening, as far as this rule counts it, in words."""
    found = [HAPPENING[name] for name in HAPPENING if name in rule.many and name in asked.happening]
    return _listed(found) if found else ""


def for_keyworker(asked: Asked, rules: EntryRules, as_at: date) -> tuple[Told, ...]:
    """Keyworking: the rating or a later phase of the offer, and the age. Through the register, with agreement."""
    rating, also = rules.on("keyworker_ratings", as_at), rules.on("keyworker_also", as_at)
    oldest = rules.on("keyworker_age_to", as_at)
    age = asked.age_on(as_at)
    ratings = _listed([colour.title() for colour in rating.many], "or")
    whom = f"A keyworker is for people on the register who are rated {ratings}."
    phases = [name for name in also.many if name in asked.circumstances]
    if asked.rating in rating.many:
        first = Told("rating", FITS, f"{whom} They are rated {asked.rating.title()}.", rating)
    elif phases:
        first = Told("rating", FITS, _also_for(phases), also)
    elif not asked.rating:
        first = Told("rating", UNSURE, " ".join([whom, *_others(also), "They have no rating yet."]), rating)
    else:
        now = f"They are rated {asked.rating.title()} now."
        first = Told("rating", DIFFERS, " ".join([whom, *_others(also), now]), rating)
    upto = f"Keyworking goes up to age {oldest.years}."
    if age is None:
        return first, Told("age", UNSURE, f"{upto} We do not know the age yet.", oldest)
    return first, Told("age", FITS if age <= oldest.years else DIFFERS, f"{upto} They are {age}.", oldest)


def _also_for(phases: list[str]) -> str:
    return f"Here keyworking is also for {_listed([PHASES[one] for one in phases])}."


def _others(also: EntryRule) -> list[str]:
    """Whom the area gives a keyworker whatever their rating, in one sentence; none where it names nobody."""
    named = [name for name in PHASES if name in also.many]
    return [_also_for(named)] if named else []


#: Whom an area may give a keyworker whatever the rating, as it is said to anybody.
PHASES = {
    "looked_after": "children looked after by the council",
    "adopted": "adopted children",
    "residential": "those who live in a 52-week or 38-week residential placement, or may have to",
    "adulthood": "those who are 17 or older and move to adult services",
    "two_of_four": "those of whom at least two of these are so: their placement is not safe; they may have to move "
    "into one; they are in school half the time or less; they go to A&E often for their mental health",
}


def _listed(items: list[str], joined: str = "and") -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joined} {items[-1]}"
