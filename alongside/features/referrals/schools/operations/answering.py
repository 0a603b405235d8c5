"""A school answers by its link. Called inside `recording()`, under the link's key and in the school's name."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.db.models import Max

from alongside.features.referrals.codes import LETTERS, key_of, new_reference
from alongside.features.referrals.models import Channel, Referral
from alongside.features.referrals.operations import receive_referral
from alongside.features.referrals.schools.models import SchoolAnswer, SchoolAsk, SchoolDraft, SchoolWorry
from alongside.features.referrals.schools.operations.calling import change_ask, lock_ask
from alongside.features.referrals.schools.reading import ASK
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes

_CODE = 8


@dataclass(frozen=True, slots=True)
class Worry:
    """One young person as a school told of them.

    known, autism, learning_disability, attendance, reasons, parents_asked: columns of `SchoolWorry`. referral: what a
    referral says of somebody who agreed (see `receive_referral`); None for somebody who was not asked: then only
    school_year and words say anything about them.
    """

    columns: Mapping[str, Any]
    # What the school calls them: young person 1, 2, ... of this sending.
    number: int
    referral: Mapping[str, Any] | None = None
    school_year: str = ""
    words: str = ""
    # The number of the same young person as the school told of them before anybody had asked.
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A school's answer. said_no: how many said no when they were asked; nothing else is told about them.

    said_no_before: the numbers of those among them whom the school told of before anybody had asked.
    """

    by_name: str
    by_role: str = ""
    phone: str = ""
    worries: Sequence[Worry] = field(default_factory=tuple)
    said_no: int = 0
    said_no_before: Sequence[int] = ()


def code_of(ask_id: int, number: int) -> str:
    """The code of the referral of a school's young person: worked out, so that nothing has to keep it."""
    said = f"school ask {ask_id} {number}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:_CODE])


def numbered_so_far(ask: SchoolAsk) -> int:
    """The highest number that a young person of this school has in this round: those of the next sending follow it."""
    return SchoolWorry.objects.filter(ask=ask).aggregate(last=Max("number"))["last"] or 0


def send_answer(note: Notes, *, ask: SchoolAsk, said: Said) -> SchoolAnswer:
    """Keeps the answer and makes a referral of each who agreed. Raises NotNow when the term is over."""
    now = lock_ask(ask)
    if now.closed_at:
        raise NotNow("closed", "This question is closed. Call the team, or wait for the next term's question.")
    answer = SchoolAnswer.objects.create(
        ask=now,
        icb_id=now.icb_id,
        at=note.at,
        by_id=note.by.id,
        by_name=said.by_name,
        by_role=said.by_role,
        phone=said.phone,
        nobody=not said.worries,
        said_no=said.said_no,
    )
    before = numbered_so_far(now)
    for worry in said.worries:
        _keep(note, answer, now, worry, before + worry.number)
    told_before = [worry.before for worry in said.worries if worry.before and worry.referral]
    _settle(note, now, told_before, SchoolWorry.Settled.REFERRED)
    _settle(note, now, said.said_no_before, SchoolWorry.Settled.SAID_NO)
    SchoolDraft.objects.filter(ask=now).delete()
    named = now.named + len(said.worries)
    change_ask(now, answered_at=now.answered_at or note.at, answered_how=SchoolAsk.How.LINK, named=named)
    note(
        "school.answered",
        words=f"{now.organisation.name} answered about the {now.round.term}.",
        icb_id=now.icb_id,
        subject="school_ask",
        subject_id=now.pk,
    )
    note.matter(ASK, now.pk)
    return answer


def _keep(note: Notes, answer: SchoolAnswer, ask: SchoolAsk, worry: Worry, number: int) -> None:
    referral = _refer(note, ask, worry.referral, number) if worry.referral else None
    SchoolWorry.objects.create(
        answer=answer,
        ask=ask,
        icb_id=ask.icb_id,
        number=number,
        referral_id=referral.pk if referral else None,
        reference=referral.reference if referral else "",
        school_year="" if referral else worry.school_year,
        words="" if referral else worry.words,
        **worry.columns,
    )


def _settle(note: Notes, ask: SchoolAsk, numbers: Sequence[int], how: str) -> None:
    """The school has asked them since: what it told before is over. By the engine's hand, in the school's name."""
    with context.as_engine():
        SchoolWorry.objects.filter(ask=ask, number__in=numbers, referral=None, settled_at=None).update(
            settled_at=note.at, settled_by_id=note.by.id, settled_how=how
        )


def _refer(note: Notes, ask: SchoolAsk, said: Mapping[str, Any], number: int) -> Referral:
    """A referral like any other, in the school's name. The school follows it with its reference and code."""
    reference, code = new_reference(), code_of(ask.pk, number)
    with context.asking_with(key_of(reference, code)):
        return receive_referral(
            note,
            icb_id=ask.icb_id,
            channel=Channel.PROFESSIONAL,
            reference=reference,
            code=code,
            said=dict(said),
            act=uuid5(note.act, str(number)),
        )
