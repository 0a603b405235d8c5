"""What happens at the family door: a code is sent, a code is right, somebody comes in. The pages only show it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from alongside.features.people.operations.family import open_to_family
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.family_sign_in import (
    FACTOR,
    account_of,
    area_of,
    enter,
    find_account,
    may_be_sent,
    new_entry_code,
    the_door,
)
from alongside.foundation.accounts.invitations import Way, find_open, is_right, let_in, renew_code
from alongside.foundation.accounts.models import Actor, FamilyAccount, Invitation
from alongside.foundation.accounts.operations import become
from alongside.foundation.messages.operations import queue_notice
from alongside.foundation.messages.ways import Way as MessageWay
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes, recording

WRONG = "That code is not right, or it no longer counts. Look at it again, or ask for a new one."


def link_of(secret: str) -> str:
    """The address that an invitation leads to."""
    return f"/family/in/{secret}"


def send_link(note: Notes, invitation: Invitation, secret: str) -> None:
    """The link, by text message or e-mail. It names nobody."""
    way = sms if invitation.way == Way.SMS else email
    address = invitation.phone if invitation.way == Way.SMS else invitation.email
    queue_notice(note, icb_id=invitation.icb_id, way=way(address, notice="invitation", link=link_of(secret)))


def send_first_code(secret: str, at: datetime) -> None:
    """To the phone or address that the inviter knew, whoever holds the link. Raises NotNow with a sentence."""
    invitation = find_open(secret, at)
    if invitation is None:
        return
    with recording(by=the_door(), at=at) as note:
        code = renew_code(note, invitation)
        queue_notice(note, icb_id=invitation.icb_id, way=_code_to(invitation.phone, invitation.email, code))


def come_in_first(secret: str, code: str, at: datetime) -> Actor | None:
    """The invited person, when link and code are right; None otherwise. A wrong code is counted and kept."""
    invitation = find_open(secret, at)
    if invitation is None:
        return None
    with recording(by=the_door(), at=at) as note:
        if not is_right(note, invitation, code):
            return None
        actor = let_in(note, invitation)
        open_to_family(
            note,
            actor=actor,
            person_id=invitation.person_id,
            relation_id=invitation.relation_id,
            role=invitation.role,
            topics=invitation.topics,
            agreed_how=invitation.agreed_how,
            asked_by=invitation.made_by,
        )
    return actor


def send_code_again(contact: str, at: datetime) -> int:
    """Sends a code where this is somebody's way in, and says nothing about whether it is. The code's id, or 0."""
    account = find_account(contact)
    if account is None or not may_be_sent(account, at):
        return 0
    area = area_of(account.actor)
    if area is None:
        return 0
    with recording(by=account.actor, at=at) as note:
        entry, code = new_entry_code(note, account)
        queue_notice(note, icb_id=area, way=_to(account, contact, code))
    return entry.pk


def come_in_again(entry_id: int, code: str, at: datetime) -> Actor | None:
    """Whoever was sent this code; None when it is wrong, late or used."""
    with transaction.atomic():
        return enter(entry_id, code, at)


def key_for(actor: Actor, at: datetime) -> str:
    """A key of the shorter kind."""
    return become(actor, factor=FACTOR, at=at)


def ways_to(actor_id: int) -> list[MessageWay]:
    """A text message or e-mail that says only that there is something to read; none for whoever came by letter."""
    account = account_of(actor_id)
    if account is None:
        return []
    if account.phone:
        return [sms(account.phone, link=settings.FAMILY_HOME_URL)]
    return [email(account.email, link=settings.FAMILY_HOME_URL)] if account.email else []


def _to(account: FamilyAccount, contact: str, code: str) -> MessageWay:
    """To the way that was typed."""
    return (
        email(account.email, notice="code", code=code)
        if account.email == contact.strip().lower()
        else sms(account.phone or "", notice="code", code=code)
    )


def _code_to(phone: str, address: str, code: str) -> MessageWay:
    """To the phone where there is one, else by e-mail."""
    return sms(phone, notice="code", code=code) if phone else email(address, notice="code", code=code)


__all__ = ["WRONG", "NotNow", "come_in_again", "come_in_first", "key_for", "link_of", "send_code_again", "send_link"]
