"""What whoever asks can do: send a referral, answer a question, send the full form, take it back.

Each is called inside `recording()`. Somebody without an account acts as `door.the_public_form()` with the key that
reference and code make (`codes.key_of`) around the whole: `with context.asking_with(key), recording(...) as note:`.
"""

from datetime import date
from typing import Any
from uuid import UUID

import nhs_number
from django.db.models import Max

from alongside.features.referrals.codes import digest_of, key_of
from alongside.features.referrals.models import Channel, FullForm, Referral, ReferralStep
from alongside.features.referrals.operations.reaching import say_to_team
from alongside.features.referrals.operations.steps import add_step, lock_referral
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes

#: What a form may fill in; everything else is ours.
SAID = frozenset(
    [
        "asker_name",
        "asker_relationship",
        "asker_organisation",
        "asker_phone",
        "asker_email",
        "asker_address",
        "answer_by",
        "answer_needs",
        "given_name",
        "family_name",
        "preferred_name",
        "birth_date",
        "nhs_number",
        "pronouns",
        "address",
        "postcode",
        "living_now",
        "phone",
        "email",
        "safe_contact",
        "must_not_know",
        "school",
        "council",
        "gp",
        "diagnosis",
        "reasons",
        "words",
        "tried",
        "would_help",
        "own_words",
        "indicative_colour",
        "professionals",
        "agreement",
        "agreement_basis",
        "agreed_by",
        "agreed_on",
        "young_person_knows",
        "adult_knows",
        "recipients",
    ]
)


def receive_referral(
    note: Notes,
    *,
    icb_id: int,
    channel: str,
    reference: str,
    code: str,
    said: dict[str, Any],
    asked_by_id: int | None = None,
    act: UUID | None = None,
) -> Referral:
    """A referral as it was sent. The clock to the outcome starts now (policy row 63).

    reference, code: see `codes.new_reference`, `codes.new_code`; those of the draft, where there was one. said: columns
    of `Referral` by name, of those in SAID. An NHS number that can't be right is kept among the words, never refused.
    asked_by_id: the actor of an account that sends it; None for the public form. act: a mark of its own where one act
    sends several.
    """
    unknown = set(said) - SAID
    if unknown:
        raise ValueError(f"A form can't fill in {', '.join(sorted(unknown))}.")
    said = _with_number(said)
    if (born := said.get("birth_date")) and isinstance(born, date) and born > note.at.date():
        raise NotNow("birth_date", "The date of birth can't be in the future. Check the year.")
    referral = Referral.objects.create(
        reference=reference,
        code_digest=digest_of(key_of(reference, code)),
        icb_id=icb_id,
        channel=Channel(channel),
        received_at=note.at,
        received_by_id=note.by.id,
        asked_by_id=asked_by_id,
        act=act or note.act,
        **said,
    )
    add_step(note, referral, ReferralStep.Kind.RECEIVED, code="referral.received", says="A referral was received")
    return referral


def _with_number(said: dict[str, Any]) -> dict[str, Any]:
    typed = str(said.get("nhs_number") or "")
    digits = "".join(typed.split()).replace("-", "")
    if not digits or nhs_number.is_valid(digits):
        return said | {"nhs_number": digits}
    kept = f"{said.get('words', '')}\n\nNHS number as it was typed: {typed[:40]}".strip()
    return said | {"nhs_number": "", "words": kept[:4000]}


def answer_question(
    note: Notes, *, referral: Referral, question: ReferralStep, words: str, by_name: str, documents: list | None = None
) -> ReferralStep:
    """An answer to what was asked, with the ids of stored files. Ends the wait when no question is left open."""
    now = lock_referral(referral)
    if ReferralStep.objects.filter(answers=question).exists():
        raise NotNow("answered", "This question has been answered already. Thank you.")
    if not words.strip() and not documents:
        raise NotNow("empty", "Write an answer, or choose a file to send.")
    others = ReferralStep.objects.filter(referral=now, kind=ReferralStep.Kind.ASKED, answered_by=None)
    step = add_step(
        note,
        now,
        ReferralStep.Kind.ANSWERED,
        code="referral.answered",
        says="A question was answered",
        words=words,
        by_name=by_name,
        answers=question,
        documents=documents or [],
        stays=others.exclude(pk=question.pk).exists(),
    )
    say_to_team(note, now, subject="An answer came", body=f"What was asked about {now.reference} has been answered.")
    return step


def send_full_form(note: Notes, *, referral: Referral, answers: dict[str, Any], by_name: str) -> FullForm:
    """More is told: asked for after acceptance (policy row 34), taken at any time. A later sending is a new version."""
    now = lock_referral(referral)
    last = FullForm.objects.filter(referral=now).aggregate(last=Max("version"))["last"] or 0
    add_step(
        note,
        now,
        ReferralStep.Kind.FULL_FORM,
        code="referral.full_form",
        says="The full form was received",
        by_name=by_name,
    )
    say_to_team(note, now, subject="More was told", body=f"Whoever asked told us more about {now.reference}.")
    return FullForm.objects.create(
        referral=now, version=last + 1, answers=answers, sent_at=note.at, sent_by_name=by_name
    )


def withdraw(note: Notes, *, referral: Referral, because: str, by_name: str) -> ReferralStep:
    """Whoever asked takes it back."""
    return add_step(
        note,
        lock_referral(referral),
        ReferralStep.Kind.WITHDRAWN,
        code="referral.withdrawn",
        says="The referral was withdrawn",
        words=because,
        by_name=by_name,
    )
