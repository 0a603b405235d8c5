"""Accepting: a person is made or matched, with what the referral said, and comes on the register unless on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.features.people.checks import yes_to_register
from alongside.features.people.documents.operations import add_document
from alongside.features.people.models import (
    Address,
    Belonging,
    Consent,
    Diagnosis,
    Person,
    PostedChange,
    Professional,
    Relation,
)
from alongside.features.people.operations import add_person, record_consent, record_fact, record_own_words
from alongside.features.people.operations.family import post_change
from alongside.features.referrals.models import Channel, Reason, Referral, ReferralStep
from alongside.features.referrals.operations.safely import record_how_to_reach, safe_way
from alongside.features.referrals.operations.steps import add_step
from alongside.features.referrals.operations.triage import take
from alongside.features.register.lifecycle import check_open
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import enter_register, record_referrers_view
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.storage import read_file
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

FROM = "from the referral"
#: So that it stands on the record with the sentence that says where it came from.
MOST_TOLD = 1900


def standing_entry(person: Person) -> RegisterEntry | None:
    """Where they are on a register already, as far as whoever asks reads it; the oldest when on two."""
    return RegisterEntry.objects.filter(person=person, removed_on=None).order_by("pk").first()


def accept_again(
    note: Notes, *, referral: Referral, by: Me, person: Person, entry: RegisterEntry, seen: int | None = None
) -> RegisterEntry:
    """It is about somebody on the register: what is new is added, and what was told becomes work with a clock.

    Neither their agreement nor their rating changes by it; whoever looks at it can make a look at the rating due.
    Raises NotNow when somebody was quicker, or they were taken off the register meanwhile.
    """
    now = take(note, referral=referral, by=by, seen=seen)
    entry = RegisterEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    check_open(entry)
    _record_what_was_said(note, now, person, matched=True)
    _record_view(note, now, entry)
    told = "\n\n".join(filter(None, (now.words, "; ".join(str(Reason(one).label) for one in now.reasons))))
    post_change(
        note,
        person=person,
        kind=PostedChange.Kind.OTHER,
        told=f"{told[:MOST_TOLD]}\n\nTold in the referral {now.reference}.".strip(),
        urgent=now.says_danger,
        told_as=_told_as(now),
    )
    _say_accepted(note, now, person)
    return entry


def _told_as(referral: Referral) -> str:
    """Who asked, as it stands in 'Look at what … told us'."""
    if referral.channel == Channel.YOUNG_PERSON:
        return "The young person"
    usual = "Their family" if referral.channel == Channel.FAMILY else referral.asker_organisation or "A professional"
    return (referral.asker_name or usual)[:60]


def accept(
    note: Notes,
    *,
    referral: Referral,
    by: Me,
    who: Mapping[str, Any],
    agreement: Mapping[str, Any],
    reason: str,
    listing: str = "child",
    person: Person | None = None,
    seen: int | None = None,
) -> RegisterEntry:
    """Puts whom the referral is about on the register; they are rated next, as a duty.

    person: somebody who is here already; else one is made of `who` (columns of Person). agreement: answer, basis,
    decided_by, decided_on. Facts of the referral are recorded as from the referral, and the referrer's own view of the
    risk apart from any rating. Raises NotNow when the number is taken, or they are on this register.
    """
    now = take(note, referral=referral, by=by, seen=seen)
    if agreement["answer"] in (Consent.Answer.REFUSED, Consent.Answer.WITHDRAWN):
        raise NotNow("refused", "They said no, so they can't be put on the register. Choose 'Not accepted' instead.")
    matched = person is not None
    if person is None:
        person = add_person(note, icb_id=now.icb_id, **who)
    _record_what_was_said(note, now, person, matched)
    today = note.at.astimezone(LONDON).date()
    entry = enter_register(note, person=person, listing=listing, entered_on=today, reason=reason, by=by)
    _record_view(note, now, entry)
    _record_agreement(note, person, agreement, today)
    _say_accepted(note, now, person)
    return entry


def _record_view(note: Notes, referral: Referral, entry: RegisterEntry) -> None:
    """The colour that whoever asked had in mind, where they said one."""
    if referral.indicative_colour:
        relation = referral.asker_relationship or Channel(referral.channel).label.lower()
        said_by = f"{referral.asker_name or 'Whoever asked'} ({relation})"
        record_referrers_view(note, entry=entry, colour=referral.indicative_colour, said_by=said_by[:120])


def _say_accepted(note: Notes, referral: Referral, person: Person) -> None:
    add_step(
        note,
        referral,
        ReferralStep.Kind.ACCEPTED,
        code="referral.accepted",
        says="A referral was accepted",
        shown=False,
        changes={"decided_at": note.at, "person_id": person.pk},
    )


def _record_agreement(note: Notes, person: Person, agreement: Mapping[str, Any], today: date) -> None:
    """The answer comes last: from then on it decides who sees the record."""
    said: dict[str, Any] = {"basis": Consent.Basis.NOT_STATED, "decided_on": None}
    if agreement["answer"] == Consent.Answer.GIVEN:
        said = yes_to_register(
            person,
            basis=agreement["basis"],
            by=agreement["decided_by"],
            on=agreement["decided_on"] or today,
            evidence="Said in the referral, and confirmed when it was accepted",
        )
    record_consent(note, person=person, purpose=Consent.Purpose.REGISTER, answer=agreement["answer"], **said)


def _record_what_was_said(note: Notes, referral: Referral, person: Person, matched: bool) -> None:
    """Facts of the referral. Of somebody who was here already only what is new is added: nothing is overwritten."""

    def add(model: Any, topic: int, words: str, **values: Any) -> None:
        record_fact(note, model, person=person, topic=topic, words=f"{words}, {FROM}.", **values)

    if referral.address or referral.postcode:
        values = {"kind": Address.Kind.HOME, "lines": referral.address, "postcode": referral.postcode}
        if not (matched and Address.objects.filter(person=person, postcode=referral.postcode).exists()):
            add(Address, Topic.CONTACT, "Home address recorded", **values)
    for kind, topic, name in (
        (Belonging.Kind.SCHOOL, Topic.EDUCATION, referral.school),
        (Belonging.Kind.COUNCIL, Topic.SOCIAL_CARE, referral.council),
        (Belonging.Kind.GP, Topic.HEALTH, referral.gp),
    ):
        if name and not (matched and Belonging.objects.filter(person=person, kind=kind, to_date=None).exists()):
            add(Belonging, topic, f"{kind.label} recorded", kind=kind, name=name)
    for kind, basis in referral.diagnosis.items():
        known = Diagnosis.Kind(kind)
        if not (matched and Diagnosis.objects.filter(person=person, kind=known, superseded_by=None).exists()):
            add(Diagnosis, Topic.HEALTH, f"{known.label} recorded", kind=known, basis=Diagnosis.Basis(basis))
    if referral.own_words:
        record_own_words(note, person=person, words=referral.own_words, said_how="in the referral")
    record_how_to_reach(note, referral, person)
    _record_asker(note, referral, person, add)
    _keep_files(note, referral, person)


def _keep_files(note: Notes, referral: Referral, person: Person) -> None:
    """What came with the answers becomes documents of the person. Each passed every check when it came in."""
    for step in ReferralStep.objects.filter(referral=referral, kind=ReferralStep.Kind.ANSWERED).order_by("id"):
        for one in step.documents:
            checked = Checked(read_file(one["key"]), one["media_type"], one["file_name"])
            title = f"Sent with the referral: {one['file_name']}"[:200]
            add_document(note, person=person, topic=Topic.HEALTH, kind="other", title=title, checked=checked)


def _record_asker(note: Notes, referral: Referral, person: Person, add: Any) -> None:
    if referral.channel == Channel.FAMILY and referral.asker_name:
        add(
            Relation,
            Topic.FAMILY,
            "Somebody in the family recorded",
            name=referral.asker_name,
            relationship=(referral.asker_relationship or "family")[:60],
            phone=referral.asker_phone,
            email=referral.asker_email,
            safe_contact=safe_way(referral),
            carries_main_contact=True,
        )
    elif referral.channel == Channel.PROFESSIONAL and referral.asker_name:
        add(
            Professional,
            Topic.FAMILY,
            "A professional recorded",
            name=referral.asker_name,
            post=referral.asker_relationship,
            organisation_name=referral.asker_organisation,
            contact=(referral.asker_email or referral.asker_phone)[:200],
        )
