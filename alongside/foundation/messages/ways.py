"""How somebody can be reached, and the fixed texts that are sent to lead them to a message."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

EMAIL, SMS, LETTER = "email", "sms", "letter"


class NotNeutral(Exception):
    """An e-mail or text message would have said more than that there is something to read. It was not queued."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody: `email(…)`, `sms(…)` or `letter(…)`.

    `notice` names a text of NOTICES; `link` is a path of this service, `code` what they type in.
    """

    channel: str
    address: str
    notice: str = "new_message"
    filling: Mapping[str, str] = field(default_factory=dict)


def email(address: str, *, notice: str = "new_message", link: str = "", code: str = "") -> Way:
    return Way(EMAIL, address, notice, _filling(link, code))


def sms(number: str, *, notice: str = "new_message", link: str = "", code: str = "") -> Way:
    return Way(SMS, number, notice, _filling(link, code))


def letter(name: str, *lines: str) -> Way:
    """By post: the name on the envelope, then the lines of the address with the postcode last."""
    return Way(LETTER, "\n".join([name, *(line for line in lines if line)]), "letter")


def _filling(link: str, code: str) -> dict[str, str]:
    return {name: value for name, value in (("link", link), ("code", code)) if value}


@dataclass(frozen=True, slots=True)
class Notice:
    """A fixed text. Only `{service}`, `{link}` and `{code}` are filled in."""

    subject: str
    body: str


NOTICES: dict[str, Notice] = {
    "new_message": Notice(
        "You have a new message",
        "You have a new message from {service}.\n\nSign in to read it: {link}\n\n"
        "Please do not reply to this: nobody reads replies.",
    ),
    "invitation": Notice(
        "You are invited to {service}",
        "Somebody who works with you invites you to {service}.\n\nOpen this link: {link}\n\n"
        "It works once. You will be asked for a code that reaches you another way.",
    ),
    "code": Notice(
        "Your code for {service}",
        "Your code for {service} is {code}. Never tell it to anybody. If you did not ask for it, do nothing.",
    ),
    "receipt": Notice(
        "{service} has what you sent",
        "{service} has what you sent. See how it is going: {link}",
    ),
    "saved": Notice(
        "What you began is saved",
        "What you began with {service} is saved. Carry on here: {link}",
    ),
    "asked": Notice(
        "{service} has a question for you",
        "{service} has a question for you. Answer it here: {link}",
    ),
    "urgent": Notice(
        "{service}: please look now",
        "Something in {service} needs you now. Sign in to read it: {link}",
    ),
}

# What the name of the service, or anything filled in, may not give away.
TELLING = re.compile(
    r"autis|learning.?disab|mental|psych|camhs|cypmhs|hospital|inpatient|crisis|dynamic|\bdsr\b|\bdsp\b|c\(?e?\)?tr\b|"
    r"keywork|key.?work|safeguard|child|young|disab|health|therap|diagnos",
    re.I,
)
_LINK = re.compile(r"/[A-Za-z0-9/_\-]{0,180}(\?[a-z]{1,12}=[A-Za-z0-9_\-:.]{1,120})?")
_CODE = re.compile(r"[A-Z0-9]{2,6}(-?[A-Z0-9]{2,6}){0,5}")


def service_name() -> str:
    """What the service is called where anybody might look over a shoulder."""
    return settings.NEUTRAL_NAME


def rendered(notice: str, filling: Mapping[str, str]) -> Notice:
    """The text as it goes out. Raises NotNeutral for anything but a known text, a link of ours and a code."""
    text = NOTICES.get(notice)
    if text is None:
        raise NotNeutral(f"'{notice}' is not one of the fixed texts.")
    link, code = filling.get("link", ""), filling.get("code", "")
    if set(filling) - {"link", "code"}:
        raise NotNeutral("Only a link and a code are filled in.")
    if link and not _LINK.fullmatch(link):
        raise NotNeutral("A link is a path of this service and says nothing about anybody.")
    if code and not _CODE.fullmatch(code):
        raise NotNeutral("A code is capitals and digits only.")
    if TELLING.search(service_name()) or TELLING.search(_words_of(link)):
        raise NotNeutral("The name of the service or the link gives away what it is about.")
    if "{code}" in text.body and not code:
        raise NotNeutral("This text needs a code.")
    values = {"service": service_name(), "link": settings.BASE_URL + (link or "/messages"), "code": code}
    return Notice(text.subject.format(**values), text.body.format(**values))


def _words_of(link: str) -> str:
    """The words of a path, without the opaque parts of it: a token may spell anything."""
    return " ".join(part for part in re.split(r"[/?=]", link) if part.islower() and len(part) < 20)
