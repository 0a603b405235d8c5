"""Saying something to whoever asked, in the way they chose: the words stay here, what goes out only leads to them."""

from alongside.features.referrals.models import AnswerBy, Referral
from alongside.foundation.messages.models import Message
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import Way, email, letter, sms
from alongside.foundation.organisations.models import Team
from alongside.foundation.recording.recording import Notes

PROGRESS = "/refer/progress"


def way_to(by: str, address: str, name: str, *, notice: str = "new_message", link: str = "") -> Way | None:
    """The way that somebody chose; None for a call, for the website alone, or where there is no address."""
    if not address.strip():
        return None
    if by == AnswerBy.EMAIL:
        return email(address.strip(), notice=notice, link=link)
    if by == AnswerBy.SMS:
        return sms(address.strip(), notice=notice, link=link)
    if by == AnswerBy.LETTER:
        return letter(name or "To whom it concerns", *(line.strip() for line in address.splitlines()))
    return None


def address_for(referral: Referral, by: str) -> str:
    """Where whoever asked is reached in this way; '' when they gave none."""
    return {
        AnswerBy.EMAIL: referral.asker_email,
        AnswerBy.SMS: referral.asker_phone,
        AnswerBy.PHONE: referral.asker_phone,
        AnswerBy.LETTER: referral.asker_address,
    }.get(AnswerBy(by) if by else AnswerBy.PAGE, "")


def goes_out(referral: Referral) -> bool:
    """Whether a message to whoever asked leaves by itself: to their account, or in the way that they chose."""
    by = AnswerBy.PAGE.value if referral.must_not_know else referral.answer_by
    return bool(referral.asked_by_id) or way_to(by, address_for(referral, by), referral.asker_name) is not None


def say_to_asker(
    note: Notes, referral: Referral, *, kind: str, subject: str, body: str, notice: str, may_answer: bool
) -> Message:
    """A message to their account or, where they have none, to the name they gave, led to by the way they chose.

    Where somebody must not know, nothing goes out by itself: a person reaches them in the way that is safe.
    """
    by = AnswerBy.PAGE.value if referral.must_not_know else referral.answer_by
    way = way_to(by, address_for(referral, by), referral.asker_name, notice=notice, link=PROGRESS)
    return queue_message(
        note,
        icb_id=referral.icb_id,
        kind=kind,
        subject=subject,
        body=body,
        to_actor_id=referral.asked_by_id,
        to_name=referral.asker_name or "Whoever asked",
        ways=[way] if way else [],
        link=PROGRESS,
        from_team_id=register_team(referral.icb_id),
        may_answer=may_answer,
    )


def say_to_team(note: Notes, referral: Referral, *, subject: str, body: str) -> Message | None:
    """A message into the register team's inbox that leads to the referral."""
    team = register_team(referral.icb_id)
    if team is None:
        return None
    return queue_message(
        note,
        icb_id=referral.icb_id,
        kind="referral_answered",
        subject=subject,
        body=body,
        to_team_id=team,
        link=f"/referrals/{referral.pk}",
    )


def register_team(icb_id: int) -> int | None:
    """The register team of an ICB."""
    return (
        Team.objects.filter(icb_id=icb_id, kind=Team.Kind.REGISTER, closed_on=None).values_list("id", flat=True).first()
    )
