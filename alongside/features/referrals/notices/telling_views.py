"""The pages on which a ward or an A&E department tells us: by its link, or signed in; and by the register team itself.

The answer is the same whether they are known here or not.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import act_of
from alongside.features.referrals import limits
from alongside.features.referrals.door import the_door_of_notices
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.doors.visiting import by_link
from alongside.features.referrals.notices import text
from alongside.features.referrals.notices.answering import after_whole_seconds
from alongside.features.referrals.notices.forms import AdmissionNoticeForm, AlertForm, TellForm
from alongside.features.referrals.notices.models import Notice
from alongside.features.referrals.notices.receiving import find_same, receive_notice, reference_of
from alongside.features.referrals.notices.telling import list_on_call
from alongside.features.referrals.promised import rules_of
from alongside.features.referrals.public_doors import draw
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import AlreadyDone, By, recording
from alongside.policy.duties import opened_by

TELLS = (Role.PARTNER_HEALTH, Role.COORDINATOR)
FORMS: dict[str, type[TellForm]] = {"notice": AdmissionNoticeForm, "alert": AlertForm}
#: Local default: so many from one link or account in an hour.
SENT = limits.Limit("notice", 40, 3600)
#: Local default: the same words from the same sender within so long are one notice.
SAME_WITHIN = timedelta(hours=12)
_REFERENCE = re.compile(r"N-[A-Z0-9]{4}-[A-Z0-9]{4}")
_FOR = OrganisationLink.WhatFor


@dataclass(frozen=True)
class Sender:
    """Whoever tells: by: who it is; area: whose register team is told; here: the page's address."""

    by: By
    area: Organisation
    name: str
    where: str
    here: str
    link: OrganisationLink | None = None
    key: str = ""
    by_phone: bool = False


@by_link(_FOR.NOTICE)
def notice_by_link(request: Request, link: OrganisationLink, token: str) -> HttpResponse:
    """A ward's notice of an admission, by the ward's own link."""
    return _tell(request, _of_link(link, token, "notice"), "notice")


@by_link(_FOR.ALERT)
def alert_by_link(request: Request, link: OrganisationLink, token: str) -> HttpResponse:
    """An A&E department's alert, by its own link."""
    return _tell(request, _of_link(link, token, "alert"), "alert")


@by_link(_FOR.NOTICE)
def notice_sent_by_link(request: Request, link: OrganisationLink, token: str, receipt: str) -> HttpResponse:
    return _sent(request, _of_link(link, token, "notice"), "notice", receipt)


@by_link(_FOR.ALERT)
def alert_sent_by_link(request: Request, link: OrganisationLink, token: str, receipt: str) -> HttpResponse:
    return _sent(request, _of_link(link, token, "alert"), "alert", receipt)


@for_roles(*TELLS)
def notice(request: Request) -> HttpResponse:
    """A notice by somebody with an account: a partner in health, or the register team that was told by telephone."""
    return _tell(request, _of_account(request, "notice"), "notice")


@for_roles(*TELLS)
def alert(request: Request) -> HttpResponse:
    return _tell(request, _of_account(request, "alert"), "alert")


@for_roles(*TELLS)
def notice_sent(request: Request, receipt: str) -> HttpResponse:
    return _sent(request, _of_account(request, "notice"), "notice", receipt)


@for_roles(*TELLS)
def alert_sent(request: Request, receipt: str) -> HttpResponse:
    return _sent(request, _of_account(request, "alert"), "alert", receipt)


def _of_link(link: OrganisationLink, token: str, kind: str) -> Sender:
    name = link.shown_name
    return Sender(link.acts_as, link.icb, name, name, f"/{kind}/{token}", link=link, key=token)


def _of_account(request: Request, kind: str) -> Sender:
    me = request.me
    home = next(held for held in me.roles if held.role in TELLS)
    area = Organisation.objects.get(pk=home.area)
    by_phone = me.holds_in(home.area, Role.COORDINATOR)
    works_at = Actor.objects.select_related("organisation").get(pk=me.id).organisation if not by_phone else None
    name = f"{me.name}, {works_at.name if works_at else me.post or home.area_name}"
    where = works_at.name if works_at else ""
    return Sender(me, area, name, where, f"/{kind}", by_phone=by_phone)


def _tell(request: Request, sender: Sender, kind: str) -> HttpResponse:
    today = request.at.astimezone(LONDON).date()
    form = FORMS[kind](
        request.POST if request.method == "POST" else None, today=today, by_phone=sender.by_phone, where=sender.where
    )
    status = 200
    if form.is_bound:
        status, right = 422, form.is_valid()
        if limits.is_over(SENT, sender.here):
            form.add_error(None, text.TOO_MANY)
            status = 429
        elif right and (found := _received(request, sender, kind, form)):
            reference, again = found
            return redirect(f"{sender.here}/sent/{reference}{'?again=1' if again else ''}")
    said = {"form": form, "kind": kind, "sender": sender, "text": text, "other": _other(sender, kind)}
    return render(request, "notices/tell.html", said, status=status)


def _other(sender: Sender, kind: str) -> str:
    """The page for the other kind, for somebody with an account."""
    if sender.link is not None:
        return ""
    return "/alert" if kind == "notice" else "/notice"


def _receive(request: Request, sender: Sender, kind: str, form: TellForm) -> tuple[str, bool] | None:
    """(the reference, whether it had come before); None with a sentence on the form where it can't be taken.

    Sent twice is taken once: the same form by its mark, and the same words told again by going back in the browser.
    """
    limits.count(SENT, sender.here)
    act, said = act_of(f"{sender.here} {form.cleaned_data['submission']}"), form.said(request.at)
    if before := find_same(said, kind=kind, sent_by_id=sender.by.id, link=sender.link, since=request.at - SAME_WITHIN):
        return before, True
    told_by = form.cleaned_data.get("sender") or sender.name
    door = sender.by if sender.link else the_door_of_notices()
    try:
        with context.asking_with(sender.key or context.key()), recording(by=door, at=request.at, once=act) as note:
            _refuse_twice(act)
            receive_notice(
                note,
                kind=kind,
                icb_id=sender.area.pk,
                said=said,
                sender=told_by,
                sent_by=sender.by,
                link=sender.link,
            )
    except AlreadyDone:
        return reference_of(act), True
    except IntegrityError as clash:
        if "referrals_notice" not in str(clash):
            raise
        return reference_of(act), True
    except NotNow as problem:
        form.add_error(None, problem.sentence)
        return None
    return reference_of(act), False


def _received(request: Request, sender: Sender, kind: str, form: TellForm) -> tuple[str, bool] | None:
    """The same, and how long it took says nothing of whom it is about."""
    with after_whole_seconds():
        return _receive(request, sender, kind, form)


def _refuse_twice(act: Any) -> None:
    with context.as_engine():
        if Notice.objects.filter(act=act).exists():
            raise AlreadyDone("This was already sent.")


def _sent(request: Request, sender: Sender, kind: str, reference: str) -> HttpResponse:
    """The receipt: the reference, by when somebody opens it, and whom to ring. Nothing of who it is about."""
    came = _came_at(sender, reference)
    if came is None:
        return redirect(sender.here)
    rule, due = opened_by(kind == "alert", came[1], *rules_of(sender.area.code))
    # The names and numbers to ring of this one area: whoever has a link reads no rota.
    with context.as_engine():
        on_call = list_on_call(sender.area.pk, request.at.astimezone(LONDON).date())
    said = {
        "reference": reference,
        "again": request.GET.get("again") == "1",
        "came_at": came[1],
        "kind": kind,
        "sender": sender,
        "due": due,
        "rule": rule,
        "timed": kind == "alert",
        "on_call": on_call,
        "opens": f"/notices/{came[0]}" if sender.by_phone else "",
    }
    return draw(request, "notices/sent.html", said, icb_id=sender.area.pk)


def _came_at(sender: Sender, reference: str) -> tuple[int, datetime] | None:
    """When this sender's own notice came. As the engine: whoever sent it reads no notice."""
    if not _REFERENCE.fullmatch(reference):
        return None
    with context.as_engine():
        found = Notice.objects.filter(reference=reference, sent_by_id=sender.by.id, link=sender.link)
        return found.values_list("id", "came_at").first()
