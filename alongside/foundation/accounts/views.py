"""Signing in and out, and one's own account. The steps in between are the sign-in library's (see `urls.py`)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import end_key
from alongside.foundation.access.protected import for_roles, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.accounts.adapter import FINISH_URL, FINISHED
from alongside.foundation.accounts.finding import finds_accounts, who_is_signed_in
from alongside.foundation.accounts.models import Actor
from alongside.foundation.accounts.operations import DEMONSTRATION, become, second_factor_of
from alongside.foundation.accounts.queries import find_actor_of, find_cast_member, is_demonstration, list_cast

NEXT = "sign_in_next"
WHY = {
    "idle": f"You were signed out because nothing happened for {settings.SIGN_IN_IDLE_MINUTES} minutes.",
    "longest": f"You were signed out because {settings.SIGN_IN_LONGEST_HOURS} hours had passed.",
    "out": "You have signed out.",
    "left": "This account is closed. If you still work here, ask your administrator.",
    "unknown": "Your national sign-in worked, but no account here has that email address. Ask your administrator.",
}

FACTORS = {"totp": "a code from an app", "webauthn": "a passkey", "recovery_codes": "a recovery code"}


def wanted_page(request: Request) -> str:
    """Where to go after signing in: a page of ours, never another site and never back to the sign-in."""
    wanted = request.POST.get("next") or request.GET.get("next") or request.session.get(NEXT, "")
    if wanted.startswith(f"{FINISH_URL}?"):
        # A mistyped password sends back the whole way on, with the page at its end.
        wanted = parse_qs(urlsplit(wanted).query).get("next", ["/"])[0]
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if ours and not wanted.startswith(("/sign-in", "/sign-out")) else "/"


def finish_url(request: Request) -> str:
    wanted = wanted_page(request)
    return FINISH_URL + (f"?{urlencode({'next': wanted})}" if wanted != "/" else "")


class SignIn(LoginView):
    """Password, passkey or national sign-in; in a demonstration the cast, one click each."""

    template_name = "accounts/sign_in.html"

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            if not request.session.get(FINISHED):
                return redirect(finish_url(request))
            if who_is_signed_in(request):
                return redirect(wanted_page(request))
            logout(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.request
        demonstration = is_demonstration()
        national = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        reasons = [WHY[request.GET["ended"]]] if request.GET.get("ended") in WHY else []
        reasons += [WHY[why] for why in ("out", "left", "unknown") if why in request.GET]
        return super().get_context_data(**kwargs) | {
            "reasons": reasons,
            "demonstration": demonstration,
            "cast": list_cast(on=clock.today()) if demonstration else [],
            "national": [(app["provider_id"], app["name"]) for app in national],
            "finish_url": finish_url(request),
            "wanted": wanted_page(request),
            "idle_minutes": settings.SIGN_IN_IDLE_MINUTES,
            "longest_hours": settings.SIGN_IN_LONGEST_HOURS,
        }


sign_in = open_to_all(finds_accounts(SignIn.as_view()))


@open_to_all
@never_cache
def finish(request: Request) -> HttpResponse:
    """Turns a sign-in with its second factor into a key; what is still missing is asked for first."""
    user = request.user
    if not user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    if request.session.get(FINISHED):
        return redirect("account" if who_is_signed_in(request) else settings.LOGIN_URL)
    with context.signing_in():
        actor, factor = find_actor_of(user, on=clock.today()), second_factor_of(request)
    if actor is None:
        logout(request)
        return redirect(f"{settings.LOGIN_URL}?left=1")
    wanted = wanted_page(request)
    request.session[NEXT] = wanted
    if user.password_is_temporary:
        return redirect("account_change_password")
    if not factor:
        return redirect("second_factor_first")
    key = become(actor, factor=factor[:20], at=request.at)
    request.session[FINISHED] = True
    del request.session[NEXT]
    return with_key(redirect(wanted), key)


def with_key(response: HttpResponse, key: str) -> HttpResponse:
    """Gives the key to the browser, which never shows it to scripts."""
    response.set_cookie(
        settings.KEY_COOKIE,
        key,
        max_age=settings.SIGN_IN_LONGEST_HOURS * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


@open_to_all
@require_POST
def sign_in_as(request: Request) -> HttpResponse:
    """Become a member of the cast. There is no such page in a database that was not made as a demonstration."""
    if not is_demonstration():
        raise Http404
    member = find_cast_member(request.POST.get("who", ""), on=clock.today())
    if member is None:
        raise Http404
    wanted = wanted_page(request)
    logout(request)
    if member.kind == Actor.Kind.FAMILY and not wanted.startswith(settings.FAMILY_HOME_URL):
        wanted = settings.FAMILY_HOME_URL
    return with_key(redirect(wanted), become(member, factor=DEMONSTRATION, at=request.at))


@open_to_all
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Ends the key and the sign-in."""
    me = who_is_signed_in(request)
    door = settings.FAMILY_LOGIN_URL if me and me.is_family else settings.LOGIN_URL
    end_key(request.at)
    logout(request)
    response = redirect(f"{door}?out=1")
    response.delete_cookie(settings.KEY_COOKIE, samesite="Lax")
    return response


@open_to_all
def cannot_sign_in(request: Request) -> HttpResponse:
    """What to do when the password or the second factor is lost."""
    return render(request, "accounts/cannot_sign_in.html")


@for_roles()
def account(request: Request) -> HttpResponse:
    """Who is signed in, in which roles, and how they sign in."""
    has_account = request.user.is_authenticated
    factors = Authenticator.objects.filter(user_id=request.user.pk) if has_account else []
    return render(
        request,
        "accounts/account.html",
        {
            "me": request.me,
            "signed_in_with": FACTORS.get(request.me.second_factor, request.me.second_factor),
            "has_account": has_account,
            "factors": [factor.get_type_display() for factor in factors],
            "idle_minutes": settings.SIGN_IN_IDLE_MINUTES,
            "longest_hours": settings.SIGN_IN_LONGEST_HOURS,
        },
    )
