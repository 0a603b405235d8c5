"""What the guide and triage know about somebody: four things, any of which may be unknown."""

from dataclasses import dataclass
from datetime import date

from ..counting import age_on

#: 'either': the guide asks of both in one question, and which one it is makes no difference.
DIAGNOSES = {
    "autism": "autism",
    "learning_disability": "a learning disability",
    "either": "autism or a learning disability",
}

#: How a diagnosis is known: the words of the record, and how they are put in a sentence.
BASES = {
    "diagnosed": "diagnosed",
    "understood": "clinically understood, without a written diagnosis",
    "pathway": "waiting for an assessment",
    "considered": "considered by the ICB",
}

#: Where somebody lives, or their GP practice is, as seen from one area.
PLACES = ("here", "elsewhere", "")

#: What is happening, by the group in which an area counts it or does not.
HAPPENING = {
    "hospital_risk": "being at risk of going into a mental health hospital",
    "in_hospital": "being in a mental health hospital now",
    "self_harm": "harm to self or others",
    "distress": "distress that others find hard to help with",
    "ae_crisis": "going to A&E or a crisis team",
    "home": "a risk of losing the home or placement",
    "residential": "a 52-week or 38-week residential placement",
    "justice": "trouble with the police or courts",
    "education": "a school or college place that is breaking down",
    "mental_health": "worsening mental health",
    "discharge": "going home from hospital",
    "after_hospital": "having been in a mental health hospital",
    "change": "a big change or loss",
    "adulthood": "moving to adult services without a plan",
    "substances": "alcohol or drugs",
    "physical_health": "physical health",
    "other": "something else",
    "nothing": "none of these now",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts that the rules look at. Empty texts and sets, and None, mean: not known.

    age: in whole years, where no birth date is known. lives, gp: one of PLACES. diagnoses: keys of DIAGNOSES;
    basis: one of BASES. happening: keys of HAPPENING. circumstances: looked_after, adopted, residential,
    adulthood, two_of_four. rating: the recorded colour, for keyworking only.
    """

    birth_date: date | None = None
    age: int | None = None
    lives: str = ""
    gp: str = ""
    diagnoses: frozenset[str] = frozenset()
    no_diagnosis: bool = False
    basis: str = ""
    happening: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    rating: str = ""

    def age_on(self, day: date) -> int | None:
        """Whole years on a day; None when neither birth date nor age is known."""
        return age_on(self.birth_date, day) if self.birth_date else self.age
