"""Coming in by the family door: the first time by link and code, after that by phone or e-mail and code."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from alongside.foundation.access.me import end_key
from alongside.foundation.access.protected import NotNow, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.accounts.invitations import BY_MESSAGE, find_open
from alongside.foundation.accounts.models import Actor
from alongside.foundation.accounts.views import who_is_signed_in, with_key
from alongside.portal import door
from alongside.portal.door_forms import CodeForm, ContactForm

ENTRY, WANTED = "family_entry", "family_wanted"
#: Where somebody is sent who leaves quickly: a page that anybody might have open.
ELSEWHERE = "https://www.bbc.co.uk/weather"
ENDED = {
    "idle": "We signed you out because nothing happened for a while. You can sign in again.",
    "longest": "We signed you out to keep your pages safe. You can sign in again.",
}


@open_to_all
@never_cache
def invited(request: Request, secret: str) -> HttpResponse:
    """The page that a link leads to. Any link that does not count gets the same answer."""
    invitation = find_open(secret, request.at)
    if invitation is None:
        return render(request, "portal/no_link.html", status=404)
    asking = request.method == "POST" and "send" not in request.POST
    form = CodeForm(request.POST if asking else None)
    context = {"form": form, "by_message": invitation.way in BY_MESSAGE, "sent": invitation.codes_sent > 0}
    if request.method == "POST" and "send" in request.POST and context["by_message"]:
        return _send_first(request, secret)
    if asking and form.is_valid():
        actor = door.come_in_first(secret, form.cleaned_data["code"], request.at)
        if actor:
            return _in(request, actor)
        if find_open(secret, request.at) is None:
            return render(request, "portal/no_link.html", status=404)
        form.add_error("code", door.WRONG)
    return render(request, "portal/invited.html", context, status=422 if form.is_bound else 200)


def _send_first(request: Request, secret: str) -> HttpResponse:
    try:
        door.send_first_code(secret, request.at)
    except NotNow as enough:
        context = {"form": CodeForm(), "by_message": False, "sent": True, "told": enough.sentence}
        return render(request, "portal/invited.html", context, status=409)
    return redirect("family_in", secret=secret)


@open_to_all
@never_cache
def again(request: Request) -> HttpResponse:
    """A phone number or e-mail address. Whatever is typed, the next page is the same."""
    me = who_is_signed_in(request)
    if me and me.is_family:
        return redirect("mine")
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        request.session[ENTRY] = door.send_code_again(form.cleaned_data["contact"], request.at)
        request.session[WANTED] = _wanted(request)
        request.session.set_expiry(30 * 60)
        return redirect("family_code")
    context = {
        "form": form,
        "ended": ENDED.get(request.GET.get("ended", ""), ""),
        "out": "out" in request.GET,
        "next": _wanted(request),
    }
    return render(request, "portal/again.html", context, status=422 if form.is_bound else 200)


def _wanted(request: Request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/mine")
    return wanted if ours else "/mine"


@open_to_all
@never_cache
def code(request: Request) -> HttpResponse:
    """The code that was sent, if it was."""
    if ENTRY not in request.session:
        return redirect("family")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actor = door.come_in_again(request.session[ENTRY], form.cleaned_data["code"], request.at)
        if actor:
            return _in(request, actor, request.session.get(WANTED, "/mine"))
        form.add_error("code", door.WRONG)
    return render(request, "portal/code.html", {"form": form}, status=422 if form.is_bound else 200)


def _in(request: Request, actor: Actor, wanted: str = "/mine") -> HttpResponse:
    """Nothing stays on the phone but the key, which ends with the browser or after two hours."""
    logout(request)
    response = with_key(redirect(wanted), door.key_for(actor, request.at))
    response.cookies[settings.KEY_COOKIE]["max-age"] = ""
    return response


@open_to_all
@never_cache
def leave(request: Request) -> HttpResponse:
    """Out at once, and somewhere harmless. Ends the key; works without script."""
    end_key(request.at)
    logout(request)
    response = redirect(ELSEWHERE)
    response.delete_cookie(settings.KEY_COOKIE, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
