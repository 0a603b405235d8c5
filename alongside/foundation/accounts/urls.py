"""Addresses of signing in. The library's pages that we use are listed one by one, each with its protection."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account_pages
from allauth.mfa.base import views as factor_pages
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as code_pages
from allauth.mfa.totp import views as totp_pages
from allauth.mfa.webauthn import views as key_pages
from allauth.socialaccount import views as national_pages
from allauth.socialaccount.providers.openid_connect import views as oidc_pages
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from alongside.foundation.access.protected import open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.accounts import views
from alongside.foundation.accounts.adapter import FINISHED, SecondFactorAdapter
from alongside.foundation.accounts.finding import finds_accounts, who_is_signed_in
from alongside.foundation.accounts.models import Actor

View = Callable[..., HttpResponse]


def entrance(view: View) -> View:
    """A page of the library for somebody who is not signed in yet."""

    return open_to_all(finds_accounts(view))


def own_account(view: View) -> View:
    """A page of the library about one's own account: while signing in, then only as long as one's own key lives."""
    finding = finds_accounts(view)

    @wraps(view)
    def page(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        alive = not request.session.get(FINISHED) or is_own(request)
        if not (request.user.is_authenticated and alive):
            return redirect(f"{settings.LOGIN_URL}?next=/account")
        response = finding(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    page.protection = "own account"  # type: ignore[attr-defined]
    return page


def is_own(request: Request) -> bool:
    """Whether the account that is signed in belongs to whoever holds the key: nobody changes another's factors."""
    me = who_is_signed_in(request)
    return me is not None and Actor.objects.filter(pk=me.id, user_id=request.user.pk or 0).exists()


def not_the_last(view: View) -> View:
    """A passkey may be removed only while there is another second factor."""

    @wraps(view)
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        key = Authenticator.objects.filter(pk=pk, user_id=request.user.pk).first()
        if key and not SecondFactorAdapter().can_delete_authenticator(key):
            return render(request, "accounts/last_factor.html", status=409)
        return view(request, pk=pk)

    return page


def first_factor_page(request: HttpRequest) -> HttpResponse:
    """Which second factor to set up: an app on the phone, or a passkey."""
    return render(request, "accounts/second_factor_first.html")


urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-in/finish", views.finish, name="sign_in_finish"),
    path("sign-in/as", views.sign_in_as, name="sign_in_as"),
    path("sign-in/help", views.cannot_sign_in, name="account_reset_password"),
    path("sign-in/closed", entrance(account_pages.account_inactive), name="account_inactive"),
    path("sign-in/code", entrance(factor_pages.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey", entrance(key_pages.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/national/cancelled", entrance(national_pages.login_cancelled), name="socialaccount_login_cancelled"),
    path("sign-in/national/failed", entrance(national_pages.login_error), name="socialaccount_login_error"),
    path("sign-in/national/new", views.cannot_sign_in, name="socialaccount_signup"),
    path("sign-in/national/<slug:provider_id>", entrance(oidc_pages.login), name="openid_connect_login"),
    path("sign-in/national/<slug:provider_id>/back", entrance(oidc_pages.callback), name="openid_connect_callback"),
    path("sign-out", views.sign_out, name="account_logout"),
    path("account", views.account, name="account"),
    path("account/confirm", own_account(account_pages.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code", own_account(factor_pages.reauthenticate), name="mfa_reauthenticate"),
    path("account/confirm/passkey", own_account(key_pages.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/password", own_account(account_pages.password_change), name="account_change_password"),
    path("account/second-factor", own_account(factor_pages.index), name="mfa_index"),
    path("account/second-factor/first", own_account(first_factor_page), name="second_factor_first"),
    path("account/second-factor/app", own_account(totp_pages.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/app/remove", own_account(totp_pages.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-factor/passkeys", own_account(key_pages.list_webauthn), name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add", own_account(key_pages.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/second-factor/passkeys/<int:pk>/remove",
        own_account(not_the_last(key_pages.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-factor/passkeys/<int:pk>/name",
        own_account(key_pages.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path("account/recovery-codes", own_account(code_pages.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new",
        own_account(code_pages.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/download",
        own_account(code_pages.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
