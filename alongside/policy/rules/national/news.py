"""News that proposes a higher rating, which waits until a named person decides. No national rule says so.

Every area weighs such news for itself; where one publishes a colour, the row cites it. What areas keep apart from the
colour (a placement, education or safeguarding at risk) proposes nothing.
"""

from ..rule import Rule
from .making import rule

_ON = "on the register"


def _news(name: str, title: str, source: str = "PROPOSAL", certainty: str = "P", *, note: str = "") -> Rule:
    kind = "default" if certainty == "P" else "local"
    return rule(None, f"rating_proposed_{name}", title, "", "at_once", source, certainty, kind, _ON, note=note)


NEWS = (
    _news("notice", "Red is proposed after notice on a placement"),
    _news("exclusion", "Amber is proposed after an exclusion from school"),
    _news(
        "residential",
        "Amber is proposed when a 52-week or 38-week placement begins",
        "LIN",
        note="Lincolnshire weighs a 52-week placement at entry; the colour is our proposal.",
    ),
    _news(
        "residential_risk",
        "Amber is proposed when residential care becomes a risk",
        "DEV",
        "G",
        note="Devon's band for a risk within two weeks; its colour is inferred.",
    ),
    _news(
        "emergency",
        "Red is proposed after an emergency meeting without admission",
        note="Whoever is admitted becomes blue with the admission itself.",
    ),
    _news("care", "Amber is proposed when somebody becomes looked after, or is at risk of it"),
    _news("protection", "Amber is proposed after a child protection plan"),
    _news(
        "justice",
        "Amber is proposed when youth justice becomes involved",
        "KENT",
        note="Kent counts the risk of custody at entry; the colour is our proposal.",
    ),
)
