"""Telling others: agreements between organisations, and who works with a person. Called inside `recording()`."""

from collections.abc import Iterable
from datetime import date

from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.storage import keep
from alongside.foundation.organisations.models import Organisation, SharingAgreement
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

#: The kind of matter that an agreement which ends is (see `config/wiring.py`).
MATTER = "sharing_agreement"
KIND_OF_ROLE: dict[str, str] = {
    Role.PARTNER_HEALTH: "health",
    Role.PARTNER_EDUCATION: "education",
    Role.PARTNER_SOCIAL_CARE: "social_care",
    Role.FAMILY: "family",
}


def sign_agreement(
    note: Notes,
    *,
    icb: Organisation,
    organisation: Organisation | None = None,
    recipient_kind: str = "",
    purpose: str,
    signed_on: date,
    signed_by: str,
    ends_on: date | None = None,
    paper: Checked | None = None,
    by: Me,
) -> SharingAgreement:
    """An agreement between the ICB and an organisation, or all of a kind: without one, partners read nothing.

    paper: the file of what was signed.
    """
    if not by.holds_in(icb.pk, Role.COORDINATOR, Role.MANAGER):
        raise Refused("not_signing", f"Only the register and keyworking teams of {icb.name} keep its agreements.")
    agreement = SharingAgreement.objects.create(
        icb=icb,
        organisation=organisation,
        recipient_kind=recipient_kind,
        purpose=purpose,
        signed_on=signed_on,
        signed_by=signed_by,
        ends_on=ends_on,
        document_key=keep(paper.content) if paper else "",
        document_name=paper.file_name if paper else "",
        document_type=paper.media_type if paper else "",
    )
    with_whom = organisation.name if organisation else recipient_kind.replace("_", " ")
    words = f"An agreement to share with {with_whom} was recorded: {purpose}"
    note("sharing_agreement.signed", words=words, icb_id=icb.pk, subject="sharing_agreement", subject_id=agreement.pk)
    # One that takes the place of another settles what was due about that one.
    for number in SharingAgreement.objects.filter(icb=icb).values_list("pk", flat=True):
        note.matter(MATTER, number)
    return agreement


def end_agreement(note: Notes, *, agreement: SharingAgreement, on: date) -> None:
    """The last day of an agreement between organisations. What it opened closes after it, by itself."""
    if on < agreement.signed_on:
        raise NotNow("ends_too_early", "An agreement can't end before the day on which it was signed.")
    agreement.ends_on, agreement.ended_at = on, note.at
    agreement.save(update_fields=["ends_on", "ended_at"])
    words = f"The agreement to share for {agreement.purpose} ends on {on:%-d %B %Y}."
    ended = "sharing_agreement.ended"
    note(ended, words=words, icb_id=agreement.icb_id, subject="sharing_agreement", subject_id=agreement.pk)
    note.matter(MATTER, agreement.pk)


def link_partner(
    note: Notes, *, person: Person, actor: Actor, topics: Iterable[int], kind: str, organisation_id: int | None = None
) -> Involvement:
    """Somebody of another organisation works with the person. They read what the ledger lets them, and no more."""
    involvement = Involvement.objects.create(
        actor=actor,
        person_id=person.pk,
        topics=list(topics),
        because=Involvement.Because.LINK,
        relies_on=Involvement.ReliesOn.SHARING,
        recipient_kind=kind,
        recipient_id=organisation_id or actor.organisation_id,
        from_at=note.at,
    )
    note(
        "involvement.made",
        words=f"{actor.name} works with them and sees what was agreed.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.AGREEMENT,
        subject="involvement",
        subject_id=involvement.pk,
    )
    return involvement
