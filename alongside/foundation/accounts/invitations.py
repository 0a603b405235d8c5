"""Asking somebody in by the family door, and letting them in once. Each is called inside `recording()`.

Links and codes are kept as digests under the installation's secret: six digits could be guessed from a plain one.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, FamilyAccount, Invitation, RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

# Local defaults: no national figure says how long an invitation or a code may count.
LINK_COUNTS = timedelta(days=7)
CODE_COUNTS = timedelta(minutes=15)
MOST_WRONG = 5
MOST_SENT = 3
_TYPED = "BCDFGHJKMNPQRSTVWXZ23456789"

Way = Invitation.Way
BY_MESSAGE = (Way.SMS, Way.EMAIL)
_TAKEN = "That phone number or e-mail address can't be used here. Each person needs one of their own, or two letters."


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation, with what is told once and then forgotten: the link's secret, and the code ('' until asked)."""

    invitation: Invitation
    secret: str
    code: str


def digest(secret: str) -> str:
    """What is kept of a link or a code."""
    return salted_hmac("the family door", secret, algorithm="sha256").hexdigest()


def new_secret() -> str:
    """Sixteen letters and digits that spell nothing, in fours: somebody may have to type it from a letter."""
    drawn = [secrets.choice(_TYPED) for _ in range(16)]
    return "-".join("".join(drawn[first : first + 4]) for first in range(0, 16, 4))


def new_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def plain_phone(text: str) -> str:
    """A United Kingdom number as it is dialled, like 07700900123; '' for what is none."""
    digits = re.sub(r"[^\d+]", "", text)
    digits = re.sub(r"^(\+44|0044)0?", "0", digits)
    return digits if re.fullmatch(r"0\d{9,10}", digits) else ""


def invite(
    note: Notes,
    *,
    person_id: int,
    icb_id: int,
    role: str,
    name: str,
    topics: Sequence[int],
    way: str,
    how_known: str,
    agreed_how: str = "",
    relation_id: int | None = None,
    phone: str = "",
    email: str = "",
) -> Invited:
    """A link that counts once. An earlier one to the same person is taken back.

    Raises NotNow where the phone or address is another person's way in.
    """
    check_free(person_id, role, name, phone=phone, email=email)
    same = Invitation.objects.filter(person_id=person_id, relation_id=relation_id, used_at=None, taken_back_at=None)
    same.update(taken_back_at=note.at)
    secret, code = new_secret(), "" if way in BY_MESSAGE else new_code()
    invitation = Invitation.objects.create(
        person_id=person_id,
        relation_id=relation_id,
        icb_id=icb_id,
        role=role,
        name=name,
        topics=sorted(topics),
        way=way,
        phone=phone,
        email=email.lower(),
        how_known=how_known,
        agreed_how=agreed_how,
        link_digest=digest(secret),
        code_digest=digest(code) if code else "",
        code_until=note.at + LINK_COUNTS if code else None,
        made_at=note.at,
        made_by_id=note.by.id,
        expires_at=note.at + LINK_COUNTS,
    )
    _say(note, invitation, "family.invited", f"{name} was invited to sign in. How they are known: {how_known}")
    return Invited(invitation, secret, code)


def check_free(person_id: int, role: str, name: str, *, phone: str, email: str) -> None:
    """A parent may be asked in for a second child by the same phone; nobody else shares a way in."""
    known = _account_of(phone, email)
    if known is None:
        return
    with context.as_engine():
        held = set(RoleHeld.objects.filter(actor=known.actor, to_date=None).values_list("role", flat=True))
    if role != Role.FAMILY or Role.FAMILY not in held or known.actor.name.casefold() != name.casefold():
        raise NotNow("way_in_taken", _TAKEN)


def _account_of(phone: str, email: str) -> FamilyAccount | None:
    wanted = (Q(phone=phone) if phone else Q()) | (Q(email=email.lower()) if email else Q())
    if not wanted:
        return None
    with context.as_engine():
        return FamilyAccount.objects.select_related("actor").filter(wanted, closed_at=None).first()


def take_back(note: Notes, invitation: Invitation) -> None:
    """The link stops counting."""
    invitation.taken_back_at = note.at
    invitation.save(update_fields=["taken_back_at"])
    _say(note, invitation, "family.invitation_taken_back", f"The invitation to {invitation.name} was taken back.")


def find_open(secret: str, at: datetime) -> Invitation | None:
    """The invitation that this link opens at that moment; None for any other link, whatever is wrong with it."""
    with context.as_engine():
        return (
            Invitation.objects.select_related("icb", "made_by")
            .filter(
                link_digest=digest(secret.upper()),
                used_at=None,
                taken_back_at=None,
                expires_at__gt=at,
                wrong_codes__lt=MOST_WRONG,
            )
            .first()
        )


def renew_code(note: Notes, invitation: Invitation) -> str:
    """A new code to send to the phone or address that was known. Raises NotNow when enough were sent."""
    with context.as_engine():
        changed = Invitation.objects.filter(pk=invitation.pk, codes_sent__lt=MOST_SENT).update(
            codes_sent=F("codes_sent") + 1,
            code_digest=digest(code := new_code()),
            code_until=note.at + CODE_COUNTS,
        )
    if not changed:
        raise NotNow("codes_sent", "We have sent you all the codes we can. Ask your worker for a new link.")
    note("family.code_sent", words="A code was sent to somebody who was invited.", icb_id=invitation.icb_id)
    return code


def is_right(note: Notes, invitation: Invitation, code: str) -> bool:
    """Whether this is the code. A wrong one is counted, and after the last nobody comes in by this invitation."""
    with context.as_engine():
        now = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if now.used_at or now.taken_back_at or now.wrong_codes >= MOST_WRONG:
            note("family.late_code", words="A code came after its invitation had ended.", icb_id=now.icb_id)
            return False
        counts = bool(now.code_until and note.at <= now.code_until)
        if counts and constant_time_compare(now.code_digest, digest(code)):
            return True
        Invitation.objects.filter(pk=now.pk).update(wrong_codes=F("wrong_codes") + 1)
    locked = now.wrong_codes + 1 >= MOST_WRONG
    words = "The invitation was locked after wrong codes." if locked else "A wrong code was typed at the family door."
    _say(note, now, "family.locked" if locked else "family.wrong_code", words)
    return False


def let_in(note: Notes, invitation: Invitation, *, cast_key: str | None = None, about: str = "") -> Actor:
    """Makes the actor, or finds the parent who has come in before, and uses the invitation up."""
    with context.as_engine():
        # Somebody else may have come in by this phone or address since it was written down.
        check_free(
            invitation.person_id, invitation.role, invitation.name, phone=invitation.phone, email=invitation.email
        )
        known = _account_of(invitation.phone, invitation.email)
        actor = known.actor if known else _new_actor(note, invitation, cast_key, about)
        role = RoleHeld.objects.filter(actor=actor, role=invitation.role, area_id=invitation.icb_id, to_date=None)
        if not role.exists():
            today = note.at.astimezone(LONDON).date()
            RoleHeld.objects.create(actor=actor, role=invitation.role, area_id=invitation.icb_id, from_date=today)
        Invitation.objects.filter(pk=invitation.pk).update(used_at=note.at, actor=actor)
    note.by = actor
    _say(note, invitation, "family.came_in", f"{actor.name} signed in for the first time.")
    return actor


def _new_actor(note: Notes, invitation: Invitation, cast_key: str | None, about: str) -> Actor:
    actor = Actor.objects.create(kind=Actor.Kind.FAMILY, name=invitation.name, cast_key=cast_key, about=about)
    phone, email = invitation.phone or None, invitation.email or None
    FamilyAccount.objects.create(actor=actor, phone=phone, email=email, opened_at=note.at)
    return actor


def _say(note: Notes, invitation: Invitation, code: str, words: str) -> None:
    note(
        code,
        words=words,
        person_id=invitation.person_id,
        icb_id=invitation.icb_id,
        topic=Topic.FAMILY,
        subject="invitation",
        subject_id=invitation.pk,
    )
