"""Sign-in through allauth: nobody signs up by themselves, and a national sign-in must match a known account."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect

from alongside.foundation import clock
from alongside.foundation.accounts.models import User

FINISHED = "sign_in_finished"
FINISH_URL = "/sign-in/finish"
# After this long since the password was given, changing how one signs in asks for it again.
FRESH_SECONDS = 15 * 60


class AccountAdapter(DefaultAccountAdapter):
    """`error_messages` in plain words: what to do, without telling which part was wrong."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right. Check both and try again",
        "too_many_login_attempts": "Too many attempts. Wait 5 minutes, then try again",
        "rate_limited": "Too many attempts. Wait 5 minutes, then try again",
        "incorrect_password": "That is not your password. Type it again",
        "enter_current_password": "Type your password as it is now",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return FINISH_URL

    def set_password(self, user: Any, password: str) -> None:
        user.password_is_temporary = False
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for somebody who is signing in this minute and has just given the password."""
        request = context.request
        if not request.session.get(FINISHED) and self._is_fresh(request):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def _is_fresh(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, request.user)
        return bool(records) and clock.now().timestamp() - records[-1]["at"] < FRESH_SECONDS


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Joins the national identity to the account with the same verified address, else sends away."""
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            raise ImmediateHttpResponse(redirect("/sign-in?unknown=1"))
        sociallogin.connect(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie encrypted in the database, and the last factor can't be taken off."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Type the code that the app shows now",
        "cannot_delete_authenticator": "This is your only second factor. Add another one first",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exclude(pk=authenticator.pk)
        return others.exists()


def _cipher() -> Fernet:
    """Keyed by the installation's secret, which is never in the database."""
    secret = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
