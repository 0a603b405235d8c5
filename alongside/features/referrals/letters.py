"""What the outcome letter says: one text for the page and for the PDF, in plain words and in easy read."""

from dataclasses import asdict, dataclass, field
from typing import Any

from alongside.features.referrals.models import OutcomeLetter, Referral, ReferralState
from alongside.features.referrals.public_queries import Call
from alongside.features.referrals.text import CHALLENGE, CHALLENGE_EASY, IN_DANGER, WHY, WHY_EASY
from alongside.foundation.clock import LONDON
from alongside.policy.counting import day_in_words

#: Our own pictures (static/letters), by name, with the words that stand for them.
PICTURES = {
    "letter": "A letter",
    "yes": "Yes",
    "no": "No",
    "not-sure": "A question",
    "talk": "Two people talking",
    "help": "A lifebelt",
    "calendar": "A calendar",
    "call": "A phone",
    "again": "An arrow that goes round",
    "people": "Three people",
}


@dataclass(frozen=True)
class Line:
    """One line of easy read: a picture by name, and a short sentence."""

    picture: str
    sentence: str


@dataclass(frozen=True)
class Part:
    """A heading with paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """A letter before it is laid out. Either parts or easy lines are filled in."""

    title: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    easy: tuple[Line, ...] = ()
    closing: tuple[str, ...] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(kept: dict[str, Any]) -> Outcome:
    """A letter as it was sent."""
    return Outcome(
        title=kept["title"],
        opening=tuple(kept["opening"]),
        parts=tuple(Part(part["heading"], tuple(part["paragraphs"])) for part in kept["parts"]),
        easy=tuple(Line(**line) for line in kept["easy"]),
        closing=tuple(kept["closing"]),
    )


#: For whoever asked; policy row 34.
_FULL_FORM = ("We need to know a little more. Please fill in the full form: your reference and code open it.",)


NO_NUMBER = "We do not have our own phone number yet. Your GP, school or council can help you to reach us."


def write_outcome(
    referral: Referral, *, who: str, to_name: str, easy: bool, sender: str, call: Call | None = None
) -> Outcome:
    """The letter to one recipient about the decision that stands. The young person is spoken to, others are told.

    call: the area's own number, which a letter says; without one it says who can help to reach us.
    """
    to_them = who == OutcomeLetter.Who.YOUNG_PERSON
    reach = f"Call {call.phone}. {call.hours}." if call and call.phone else NO_NUMBER
    if easy:
        return _easy(referral, to_name or "you", to_them, sender, reach)
    return _plain(referral, to_name, who, sender, reach)


def _plain(referral: Referral, to_name: str, who: str, sender: str, reach: str) -> Outcome:
    to_them = who == OutcomeLetter.Who.YOUNG_PERSON
    name = "you" if to_them else referral.preferred_name or referral.given_name or "the young person"
    asked = day_in_words(referral.received_at.astimezone(LONDON).date())
    opening = (f"Dear {to_name or 'you'},", f"On {asked} we were asked if {name} can join the register.")
    if referral.state == ReferralState.ACCEPTED:
        return Outcome(
            title="The answer is yes",
            opening=(
                *opening,
                f"The answer is yes. {name[:1].upper()}{name[1:]} {'are' if to_them else 'is'} on the register.",
            ),
            parts=(
                Part(
                    "What happens now", (*_next(name, to_them), *(_FULL_FORM if who == OutcomeLetter.Who.ASKER else ()))
                ),
                Part("If you change your mind", (_change(name, to_them),)),
                Part("How to reach us", (reach,)),
            ),
            closing=(f"From {sender}.", f"Our reference: {referral.reference}."),
        )
    parts = [Part("Why", (WHY[referral.decline_reason], *_typed(referral.decline_words)))]
    parts.append(Part(IN_DANGER[0], IN_DANGER[1:]))
    parts.append(Part("Who can help now", _typed(referral.alternative)))
    parts.append(Part("We look again", (_again(referral),)))
    parts.append(Part("If you think this is wrong", CHALLENGE))
    parts.append(Part("How to reach us", (reach,)))
    return Outcome(
        title="The answer is no, for now",
        opening=(*opening, "The answer is no, for now. This letter tells you why, and who else can help."),
        parts=tuple(parts),
        closing=(f"From {sender}.", f"Our reference: {referral.reference}."),
    )


def _next(name: str, to_them: bool) -> tuple[str, ...]:
    their = "your" if to_them else "their"
    return (
        f"People from health, education and social care look together at what {name} "
        f"{'need' if to_them else 'needs'} to stay well at home.",
        f"Somebody from the team gets in touch and asks what matters to {name}.",
        f"We look again and again whether {their} help works.",
    )


def _change(name: str, to_them: bool) -> str:
    who = "You can" if to_them else f"{name} can"
    return (
        f"{who} leave the register at any time. Tell us, in any way. Care from doctors and schools goes on as before."
    )


def _again(referral: Referral) -> str:
    if referral.look_again_on is None:
        return "You can ask us again at any time, for example when something changes."
    return (
        f"We look at this again on {day_in_words(referral.look_again_on)}. "
        "You can ask us again before that, for example when something changes."
    )


def _typed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _easy(referral: Referral, to_name: str, to_them: bool, sender: str, reach: str) -> Outcome:
    name = "you" if to_them else referral.preferred_name or referral.given_name or "the young person"
    lines = [Line("letter", f"This letter is for {to_name}. It is from {sender}.")]
    if referral.state == ReferralState.ACCEPTED:
        lines += [
            Line(
                "yes", f"The answer is yes. {name[:1].upper()}{name[1:]} {'are' if to_them else 'is'} on the register."
            ),
            Line("people", "The register is a list. It helps people work together, to help you stay well at home."),
            Line("talk", "Somebody will talk with you. They will ask what matters to you."),
            Line("again", "You can change your mind at any time. Tell us if you want to leave."),
        ]
    else:
        lines += [
            Line("no", "The answer is no, for now."),
            Line("not-sure", WHY_EASY[referral.decline_reason]),
            Line("call", " ".join(IN_DANGER)),
            *(Line("help", sentence) for sentence in _typed(referral.alternative)),
            Line("calendar", _again(referral)),
            *(Line(picture, sentence) for picture, sentence in CHALLENGE_EASY),
        ]
    lines.append(Line("call", reach))
    return Outcome(
        title="The answer is yes" if referral.state == ReferralState.ACCEPTED else "The answer is no, for now",
        opening=(),
        easy=tuple(lines),
        closing=(f"Our reference: {referral.reference}.",),
    )
