"""What a referral says about reaching people safely, carried to the person's record when it is accepted."""

from typing import Any

from alongside.features.people.models import Communication, Person
from alongside.features.people.operations import record_fact
from alongside.features.referrals.models import AnswerBy, Channel, Referral
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

#: Columns of Communication, and how many letters each takes.
_MOST = {"best_way": 300, "what_helps": 300, "avoid": 300, "adjustments": 500, "contact_by": 60}
_BY = {AnswerBy.SMS: "text message", AnswerBy.PHONE: "phone", AnswerBy.EMAIL: "e-mail", AnswerBy.LETTER: "letter"}


def record_how_to_reach(note: Notes, referral: Referral, person: Person) -> None:
    """How to talk with them, from the referral: shown at the top of their page.

    Of somebody who was here already what the newest row says stays behind what is new, as far as the column is long.
    """
    said = _said(referral)
    if not any(said.values()):
        return
    newest = Communication.objects.filter(person=person, superseded_by=None).order_by("id").last()
    values: dict[str, Any] = {}
    for name, most in _MOST.items():
        before = getattr(newest, name) if newest else ""
        values[name] = joined(said.get(name, ""), "" if before == said.get(name) else before)[:most]
    words = "How to talk with them was written down, from the referral."
    record_fact(note, Communication, person=person, topic=Topic.COMMUNICATION, words=words, **values)


def safe_way(referral: Referral) -> str:
    """How to reach whoever asked safely, and who must not know: what comes first is kept where both are too long."""
    secret = f"Must not know: {referral.must_not_know}" if referral.must_not_know else ""
    return joined(secret, referral.safe_contact)[:300]


def joined(*parts: str) -> str:
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _said(referral: Referral) -> dict[str, str]:
    """Columns of Communication. What is too long for one goes on in the next, so that none of it is lost."""
    safe, safe_rest = _split(f"Safe way to get in touch: {referral.safe_contact}" if referral.safe_contact else "")
    secret, secret_rest = _split(
        f"letting these people know: {referral.must_not_know}" if referral.must_not_know else ""
    )
    by = _by_phone(referral)
    fits = len(by) <= 60
    return {
        "best_way": safe if fits else joined(safe, by)[:300],
        "what_helps": safe_rest,
        "avoid": secret,
        "adjustments": joined(f"Also must not know: {secret_rest}" if secret_rest else "", _format(referral)),
        "contact_by": by if fits else "",
    }


def _split(text: str, most: int = 300) -> tuple[str, str]:
    """The text up to a space before `most` letters, and the rest."""
    if len(text) <= most:
        return text, ""
    at = text.rfind(" ", 0, most)
    at = at if at > 0 else most
    return text[:at], text[at:].strip()


def _by_phone(referral: Referral) -> str:
    """The young person's own phone or e-mail, with the way they chose where they asked themselves."""
    if not (referral.phone or referral.email):
        return ""
    chosen = referral.channel == Channel.YOUNG_PERSON and referral.answer_by in _BY
    where = referral.email if (chosen and referral.answer_by == AnswerBy.EMAIL) else referral.phone or referral.email
    return f"{_BY[AnswerBy(referral.answer_by)]}: {where}" if chosen and where else where


def _format(referral: Referral) -> str:
    """Easy read and the like: the young person's own, or that of whoever asked, by name."""
    needs = referral.answer_needs
    if not needs or referral.channel == Channel.PROFESSIONAL:
        return ""
    return needs if referral.channel == Channel.YOUNG_PERSON else f"For {referral.asker_name or 'the family'}: {needs}"
