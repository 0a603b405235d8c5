"""What somebody wrote down and which rating it proposes. Proposes only: it waits until a named person decides.

Source: policy reference 3.2 and 3.4; features E5 and E7. The rows are rules with source and certainty
(`rules/national/news.py`). A placement, education or safeguarding risk has a place of its own beside the colour.
"""

from dataclasses import dataclass
from datetime import date

from ..decision import Decision
from ..rules import NATIONAL, computes

#: The colours that each proposed colour is higher than. Blue means in hospital; nothing is proposed over it.
LOWER = {"red": ("amber", "green"), "amber": ("green",)}
_ROWS = {rule.key: rule for rule in NATIONAL if rule.key.startswith("rating_proposed_")}


@dataclass(frozen=True, slots=True)
class News:
    """One kind of news. fact: lifeevent or circumstance. said: what happened, in a sentence."""

    fact: str
    kind: str
    colour: str
    rule_key: str
    said: str

    @property
    def because(self) -> str:
        """What happened, and by which rule a rating is proposed."""
        rule = _ROWS[self.rule_key]
        return f"{self.said} {rule.label.capitalize()}: {rule.title[0].lower()}{rule.title[1:]}."


NEWS = (
    News("emergency", "meeting", "red", "rating_proposed_emergency", "An emergency meeting was held."),
    News("lifeevent", "placement_notice", "red", "rating_proposed_notice", "Notice was given on the placement."),
    News("lifeevent", "exclusion", "amber", "rating_proposed_exclusion", "Excluded from school."),
    News("circumstance", "excluded", "amber", "rating_proposed_exclusion", "Excluded from school."),
    News("circumstance", "residential_52", "amber", "rating_proposed_residential", "A 52-week placement began."),
    News("circumstance", "residential_38", "amber", "rating_proposed_residential", "A 38-week placement began."),
    News(
        "circumstance", "residential_risk", "amber", "rating_proposed_residential_risk", "At risk of residential care."
    ),
    News("circumstance", "looked_after", "amber", "rating_proposed_care", "The council looks after them now."),
    News("circumstance", "care_edge", "amber", "rating_proposed_care", "At risk of becoming looked after."),
    News(
        "circumstance", "child_protection", "amber", "rating_proposed_protection", "A child protection plan was made."
    ),
    News("circumstance", "youth_justice", "amber", "rating_proposed_justice", "Youth justice is involved."),
)
_BY_KIND = {(news.fact, news.kind): news for news in NEWS}


def find_news(fact: str, kind: str) -> News | None:
    """The news that a life event or a circumstance of this kind is; None for one that proposes nothing."""
    return _BY_KIND.get((fact, kind))


def covers(pending: str, proposed: str) -> bool:
    """Whether a proposal that waits leaves nothing to propose: it is the same, or higher. Empty: none waits."""
    return pending == proposed or proposed in LOWER.get(pending, ())


@computes(*_ROWS)
def proposed_by(news: News, *, rated: str, entered_on: date, since: date | None = None) -> Decision:
    """The colour that this news proposes for somebody on a register, or None with the reason.

    rated: the decided colour, empty for none. since: the day on which a circumstance began, None where nobody knows.
    What was so when they came on the register is no change: whoever rated them first weighed it.
    """
    if rated and rated not in LOWER[news.colour]:
        return Decision(None, f"They are rated {rated} already.")
    if news.fact == "circumstance" and since is not None and since <= entered_on:
        return Decision(None, "It was so when they came on the register.")
    return Decision(news.colour, news.because, _ROWS[news.rule_key].source_label)
