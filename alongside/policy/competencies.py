"""What a keyworker is able to do, as data with its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Competency:
    """One competency. certainty: see `rules.rule.CERTAINTY`."""

    key: str
    title: str
    source_label: str
    certainty: str


_FOUNDING = "Council for Disabled Children, keyworking function guidance"

#: Source: policy reference, section 12. The wording is ours; guidance lists what each is about.
COMPETENCIES = (
    Competency("systems", "Knows how education, health and care work, and asks them to do their part", _FOUNDING, "S"),
    Competency("law", "Knows the law and what there is locally, and uses both", _FOUNDING, "S"),
    Competency("experience", "Has worked with autistic people, people with a learning disability and families",
               _FOUNDING, "S"),
    Competency("rights", "Knows about children's mental health and human rights", _FOUNDING, "S"),
    Competency("influence", "Is listened to by senior people", _FOUNDING, "S"),
    Competency("relationships", "Builds trust with young people and families", _FOUNDING, "S"),
)  # fmt: skip
BY_KEY = {one.key: one for one in COMPETENCIES}
