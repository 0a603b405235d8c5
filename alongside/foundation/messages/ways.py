"""How somebody can be reached, and the fixed texts that are sent to lead them to a message."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from alongside.foundation.organisations.models import Organisation

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


def email(address: str, *, notice: str = "new_message", **filling: str) -> Way:
    """`filling`: link, code, icb (the number of the one that asks) and day, as far as the notice needs them."""
    return Way(EMAIL, address, notice, _filling(filling))


def sms(number: str, *, notice: str = "new_message", **filling: str) -> Way:
    """As `email`."""
    return Way(SMS, number, notice, _filling(filling))


def letter(name: str, *lines: str) -> Way:
    """By post: the name on the envelope, then the lines of the address with the postcode last."""
    return Way(LETTER, "\n".join([name, *(line for line in lines if line)]), "letter")


def _filling(filling: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in filling.items() if value}


@dataclass(frozen=True, slots=True)
class Notice:
    """A fixed text. Filled in are `{service}`, `{link}`, `{code}`, `{who}` (the ICB that asks) and `{day}`."""

    subject: str
    body: str


ONE_ANSWER = "It takes one answer, and needs no account."
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
    "answer_once": Notice(
        "{service} asks you for an answer",
        "Open this link to read what it is, and answer: {link}\n\n" + ONE_ANSWER,
    ),
    "act_once": Notice(
        "{who} asks you for an answer",
        "Will you do something by {day}? Read what it is, and answer, with this link: {link}\n\n" + ONE_ANSWER,
    ),
    "act_reminder": Notice(
        "Reminder: {who} waits for your answer",
        "We wrote to you before. Will you do something by {day}? Answer with this link, the earlier one opens nothing "
        "any more: {link}\n\n" + ONE_ANSWER,
    ),
    "done_once": Notice(
        "{who}: tell us when it is done",
        "Thank you for saying yes. Keep this link until {day}. Use it when it is done, or when it is stuck: {link}\n\n"
        + ONE_ANSWER,
    ),
    "done_reminder": Notice(
        "Reminder: {who} asks whether it is done",
        "You said that you would do something by {day}. Is it done, or is it stuck? Tell us with this link, the "
        "earlier one opens nothing any more: {link}\n\n" + ONE_ANSWER,
    ),
    "panel_invited": Notice(
        "{who} asks you to take part on {day}",
        "You are asked to take part in something on {day}. Read what it is, say whether you can come, and find what "
        "you need for it with this link: {link}\n\nThe link opens once, in one browser. Keep that browser for it.",
    ),
    "panel_called_off": Notice(
        "{who}: {day} is called off",
        "You were asked to take part in something on {day}. It is not held on that day, so you need not come. The link "
        "that we sent opens nothing now. If there is another day, you are asked anew.",
    ),
    "nothing_more": Notice(
        "Nothing more to do for {service}",
        "Something that {service} asked you about has ended. You need not do anything more. Links that we sent before "
        "open nothing now.",
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
_DAY = re.compile(r"[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}")
_CODE = re.compile(r"[A-Z0-9]{2,6}(-?[A-Z0-9]{2,6}){0,5}")


def service_name() -> str:
    """What the service is called where anybody might look over a shoulder."""
    return settings.NEUTRAL_NAME


#: What these carry lets somebody in: it is kept no longer than it takes to send it, and is never sent a second time.
ONCE_ONLY = frozenset(
    {"code", "invitation", "answer_once", "act_once", "act_reminder", "done_once", "done_reminder", "panel_invited"}
)


def rendered(notice: str, filling: Mapping[str, str]) -> Notice:
    """The text as it goes out. Raises NotNeutral for anything but a known text, and what may be filled in."""
    text = NOTICES.get(notice)
    if text is None:
        raise NotNeutral(f"'{notice}' is not one of the fixed texts.")
    link, code = filling.get("link", ""), filling.get("code", "")
    icb, on = filling.get("icb", ""), filling.get("day", "")
    if set(filling) - {"link", "code", "icb", "day"}:
        raise NotNeutral("Only a link, a code, the number of an ICB and a day are filled in.")
    if icb and not (icb.isascii() and icb.isdecimal() and len(icb) < 18):
        raise NotNeutral("An ICB is named by its number, so that no other name gets in.")
    if on and not _DAY.fullmatch(on):
        raise NotNeutral("A day is a date in words.")
    if link and not _LINK.fullmatch(link):
        raise NotNeutral("A link is a path of this service and says nothing about anybody.")
    if code and not _CODE.fullmatch(code):
        raise NotNeutral("A code is capitals and digits only.")
    if TELLING.search(service_name()) or TELLING.search(_words_of(link)):
        raise NotNeutral("The name of the service or the link gives away what it is about.")
    for name, value in (("code", code), ("day", on)):
        if f"{{{name}}}" in text.body and not value:
            raise NotNeutral(f"This text needs a {name}.")
    values = {"service": service_name(), "link": settings.BASE_URL + (link or "/messages"), "code": code}
    values |= {"who": _named(icb) if "{who}" in text.subject + text.body else "", "day": on}
    return Notice(text.subject.format(**values), text.body.format(**values))


def _named(icb: str) -> str:
    """The ICB by its number, where its name gives nothing away; else the service."""
    found = Organisation.objects.filter(pk=int(icb), kind=Organisation.Kind.ICB).first() if icb else None
    return found.name if found and not TELLING.search(found.name) else service_name()


def _words_of(link: str) -> str:
    """The words of a path, without the opaque parts of it: a token may spell anything."""
    return " ".join(part for part in re.split(r"[/?=]", link) if part.islower() and len(part) < 20)
