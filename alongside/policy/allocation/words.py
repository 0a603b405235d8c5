"""What a keyworker may be skilled in and trained in, and what of a record asks for which skill."""

from collections.abc import Collection
from datetime import date

from ..counting import age_on

#: Specialist areas of keyworkers that were seen in the field, and how they are said.
SKILLS = {
    "inpatient": "people in hospital",
    "looked_after": "people looked after by the council",
    "justice": "people in trouble with the police or courts",
    "transitions": "moving to adult services",
    "eating": "eating disorders",
    "lgbtq": "LGBTQ+ young people",
    "learning_disability": "people with a learning disability",
    "no_speech": "people who do not use speech",
}

#: Training of keyworkers. Which of it must be in date before somebody is given people is the area's to say.
COURSES = {
    "keyworker_core": "Keyworker core learning",
    "law": "Legal frameworks",
    "safeguarding": "Safeguarding children",
    "oliver_mcgowan": "Oliver McGowan training, tier 2",
}

_OF_CIRCUMSTANCE = {"looked_after": "looked_after", "care_leaver": "looked_after", "youth_justice": "justice"}
#: From this birthday on somebody is moving to adult services. Local default: no national age was found.
ADULTHOOD_FROM = 17


def needs_of(
    *, colour: str, circumstances: Collection[str], diagnoses: Collection[str], birth_date: date | None, as_at: date
) -> frozenset[str]:
    """The skills that the record asks for. Nothing about sexuality or eating is ever guessed: a person says so."""
    found = {_OF_CIRCUMSTANCE[kind] for kind in circumstances if kind in _OF_CIRCUMSTANCE}
    if colour == "blue":
        found.add("inpatient")
    if "learning_disability" in diagnoses:
        found.add("learning_disability")
    if birth_date is not None and age_on(birth_date, as_at) >= ADULTHOOD_FROM:
        found.add("transitions")
    return frozenset(found)
