"""Making accounts, and turning a finished sign-in into a key."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from alongside.foundation.access import context
from alongside.foundation.access.me import end_key, open_key
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld, User
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.organisations.service import open_service
from alongside.foundation.recording.recording import recording

DEMONSTRATION = "demonstration"
NATIONAL = "national sign-in"
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
TEAM_OF = {
    Role.KEYWORKER: "keyworking",
    Role.MANAGER: "keyworking",
    Role.COORDINATOR: "register",
    Role.COMMISSIONER: "commissioning",
}


class CannotAdd(Exception):
    """The account can't be made. The message says what to do."""


@dataclass(frozen=True)
class NewMember:
    """The account that was made, and the password to hand over; it counts until its holder chooses another."""

    actor: Actor
    password: str


def second_factor_of(request: Request) -> str:
    """The second factor given in this sign-in, or enrolled during it; '' for none."""
    records = get_authentication_records(request, request.user)
    for record in records:
        if record["method"] == "mfa":
            return str(record.get("type", "second factor"))
        if record["method"] == "socialaccount":
            return NATIONAL
    if not records:
        return ""
    began = datetime.fromtimestamp(records[0]["at"], tz=request.at.tzinfo)
    new = Authenticator.objects.filter(user_id=request.user.pk, type__in=STRONG, created_at__gte=began)
    return new.values_list("type", flat=True).first() or ""


def become(actor: Actor, *, factor: str, at: datetime) -> str:
    """Ends the key that was in use and opens one for this actor. Nobody keeps two in one browser."""
    end_key(at)
    return open_key(actor.pk, kind="session", factor=factor, at=at)


def add_member(*, email: str, name: str, role: str, icb_code: str, at: datetime, today: date) -> NewMember:
    """An account with a role in an ICB, and a password that counts until its holder chooses another.

    For an account that is known already: a new password, and second factors to be enrolled again.
    Raises CannotAdd.
    """
    icb = Organisation.objects.filter(code=icb_code, kind="region" if role == Role.REGIONAL else "icb").first()
    if icb is None:
        raise CannotAdd(f"There is no ICB with the code '{icb_code}'. `alongside load-organisations` adds one.")
    if role not in Role.values:
        raise CannotAdd(f"'{role}' is not a role. Use one of {', '.join(Role.values)}.")
    password = secrets.token_urlsafe(12)
    with context.as_engine():
        engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
        with transaction.atomic(), recording(by=engine, at=at) as note:
            user = _account(email, password)
            actor, new = Actor.objects.get_or_create(user=user, defaults={"name": name, "organisation": icb})
            _role(actor, role, icb, today)
            words = "An account was made" if new else "A new password was given out"
            note("account.made" if new else "account.reset", words=f"{words} for {actor.name}.", subject_id=actor.pk)
    return NewMember(actor, password)


def _account(email: str, password: str) -> User:
    address = User.objects.normalize_email(email).lower()
    user = User.objects.filter(email=address).first() or User(email=address)
    user.set_password(password)
    user.password_is_temporary = True
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    Authenticator.objects.filter(user_id=user.pk).delete()
    return user


def _role(actor: Actor, role: str, icb: Organisation, today: date) -> None:
    if actor.roles.filter(role=role, area=icb, to_date=None).exists():
        return
    team = open_service(icb, on=today).get(TEAM_OF.get(Role(role), "")) if icb.kind == "icb" else None
    RoleHeld.objects.create(actor=actor, role=role, area=icb, team=team, holds_inbox=team is not None, from_date=today)
