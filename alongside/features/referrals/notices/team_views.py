"""The register team's pages about notices: the list, one notice with whom it may be about, and each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.keyworking.before import said_of_keyworkers
from alongside.features.people.changing import answer_form
from alongside.features.referrals.access import TRIAGES
from alongside.features.referrals.notices import queries, settling, text
from alongside.features.referrals.notices.forms import BecauseForm, SameForm, SettleForm, TakeForm
from alongside.features.referrals.notices.models import Notice
from alongside.features.referrals.triage_queries import find_person
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes


@for_roles(*TRIAGES)
def notices(request: Request) -> HttpResponse:
    """What came: nobody's on top, then what is being worked on."""
    show = request.GET.get("show", "open")
    if show not in text.LISTS:
        raise Http404
    lines = queries.list_notices(request.me, show, request.at)
    seen = [line.notice.person_id for line in lines if line.notice.person_id]
    record_look(request.me, f"notices, {show}", seen, at=request.at)
    context = {
        "show": show,
        "lines": lines,
        "tabs": [(label, f"?show={name}", name == show) for name, label in text.LISTS.items()],
        "text": text,
    }
    return render(request, "notices/list.html", context)


def reach(request: Request, number: int) -> Notice:
    """The notice; 404 outside one's areas."""
    notice = queries.find_notice(request.me, number)
    if notice is None:
        raise Http404
    return notice


def _look(request: Request, notice: Notice, *others: int) -> None:
    """Keeps that this page was opened, with everybody on it."""
    seen = [*others, *([notice.person_id] if notice.person_id else [])]
    record_look(request.me, f"notice {notice.reference}", seen, at=request.at)


@for_roles(*TRIAGES)
def one(request: Request, number: int) -> HttpResponse:
    """One notice: what was told, whom it may be about side by side, earlier referrals, and what to do."""
    notice = queries.find_notice(request.me, number)
    if notice is None:
        return _kept(request, number)
    alike = [] if notice.is_decided else queries.find_alike(request.me, notice)
    _look(request, notice, *(person.person_id for person in alike))
    context = {
        "notice": notice,
        "line": queries.lines_of([notice], request.at)[0],
        "alike": alike,
        "worked": said_of_keyworkers(person.person_id for person in alike) if alike else {},
        "rows": queries.side_by_side(request.me, notice, alike) if alike else [],
        "earlier": queries.find_earlier(notice),
        "take_form": TakeForm(initial={"version": notice.version}),
        "text": text,
    }
    return render(request, "notices/one.html", context)


def _kept(request: Request, number: int) -> HttpResponse:
    """What this coordinator wrote down from a call, where another team opens it: that it is kept, and no more."""
    notice = queries.find_told_by(request.me, number)
    if notice is None:
        raise Http404
    record_look(request.me, f"notice {notice.reference}, kept", [], at=request.at)
    return render(request, "notices/kept.html", {"notice": notice})


Act = Callable[[Notes, Notice, Mapping[str, Any], Me], Any]


@dataclass(frozen=True)
class Doing:
    """One thing to do: its form and what saves it."""

    form: type[OnceForm]
    act: Act


def _take(note: Notes, notice: Notice, given: Mapping[str, Any], me: Me) -> None:
    settling.take(note, notice=notice, by=me, seen=given["version"])


def _same(note: Notes, notice: Notice, given: Mapping[str, Any], me: Me) -> None:
    person = find_person(me, given["reference"].strip().upper())
    if person is None:
        raise NotNow("not_ours", "No record that you can open has this reference. Check it.")
    settling.decide_same(note, notice=notice, person=person, because=given["because"], by=me, seen=given["version"])


def _new(note: Notes, notice: Notice, given: Mapping[str, Any], me: Me) -> None:
    settling.decide_new(note, notice=notice, because=given["because"], by=me, seen=given["version"])


def _nobody(note: Notes, notice: Notice, given: Mapping[str, Any], me: Me) -> None:
    settling.decide_nobody(note, notice=notice, because=given["because"], by=me, seen=given["version"])


def _settle(note: Notes, notice: Notice, given: Mapping[str, Any], me: Me) -> None:
    settling.settle(note, notice=notice, words=given["words"], by=me, seen=given["version"])


DOINGS: dict[str, Doing] = {
    "take": Doing(TakeForm, _take),
    "same": Doing(SameForm, _same),
    "new": Doing(BecauseForm, _new),
    "nobody": Doing(BecauseForm, _nobody),
    "settle": Doing(SettleForm, _settle),
}


@for_roles(*TRIAGES)
def step(request: Request, number: int, doing: str) -> HttpResponse:
    """One step with its short form."""
    wanted = DOINGS.get(doing)
    notice = reach(request, number)
    if wanted is None:
        raise Http404
    _look(request, notice)
    if request.method != "POST" and (done := _done_already(notice, doing)):
        messages.info(request, done)
        return redirect("notice_one", notice.pk)
    initial = {
        "version": notice.version,
        "reference": request.GET.get("person", "")[:14],
        "words": notice.settled_words,
    }
    form = wanted.form(
        request.POST if request.method == "POST" else None,
        initial=initial,
        today=request.at.astimezone(LONDON).date(),
    )

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        wanted.act(note, notice, given, request.me)

    ring = f" Ring {notice.ring_name} on {notice.ring_phone}." if doing == "settle" else ""
    return answer_form(
        request,
        form,
        act,
        go_to=f"/notices/{notice.pk}",
        saved=text.SAVED[doing],
        context={
            "title": text.FORM_TITLE.get(doing, "You have it"),
            "person": None,
            "about": f"{notice.shown_name}, {notice.reference}. {text.ABOUT.get(doing, '')}".strip() + ring,
            "button": text.BUTTON.get(doing, "I have it"),
        },
    )


def _done_already(notice: Notice, doing: str) -> str:
    """A sentence where this step was done meanwhile, by oneself or another; '' where it can be done."""
    if notice.settled_at:
        return text.DONE["settle"]
    if doing == "take":
        return text.DONE["take"] if notice.taken_at else ""
    return text.DONE["decide"] if doing != "settle" and notice.is_decided else ""
