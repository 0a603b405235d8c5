"""The register team's pages about referrals: the list, one referral, and each step on its way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.before import said_of_keyworkers
from alongside.features.people.changing import answer_form
from alongside.features.people.identity.finding import find_possible
from alongside.features.referrals import text
from alongside.features.referrals.access import TRIAGES
from alongside.features.referrals.eligibility import entry_rules_of, told_of_referral
from alongside.features.referrals.lifecycle import possible_steps
from alongside.features.referrals.models import Referral, ReferralStep
from alongside.features.referrals.operations import (
    acknowledge,
    add_note,
    ask_more,
    consult,
    decline,
    look_again,
    record_call,
    reopen,
)
from alongside.features.referrals.operations.reaching import goes_out
from alongside.features.referrals.promised import rules_of
from alongside.features.referrals.reading import pauses_of
from alongside.features.referrals.triage_forms import (
    AskForm,
    CallForm,
    ConsultForm,
    DeclineForm,
    LookAgainForm,
    NoteForm,
    ReopenForm,
    SeenForm,
)
from alongside.features.referrals.triage_queries import (
    SHOWN,
    Due,
    clock_of,
    count_referrals,
    find_declined,
    find_referral,
    list_referrals,
)
from alongside.features.referrals.triage_showing import letters_of, said_in, steps_of, told_later
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.duties import proposed_look_again
from alongside.policy.eligibility import Told

_KIND = ReferralStep.Kind


@for_roles(*TRIAGES)
def referrals(request: Request) -> HttpResponse:
    """The worklist: open ones (danger, then who waits longest, on top); those not accepted, by look-again day."""
    show = request.GET.get("show", "open")
    if show not in SHOWN:
        raise Http404
    lines, after = list_referrals(request.me, show, request.at, after=request.GET.get("after", ""))
    seen = [line.referral.person_id for line in lines if line.referral.person_id]
    record_look(request.me, f"referrals, {show}", seen, at=request.at)
    counts = count_referrals(request.me)
    context = {
        "show": show,
        "lines": lines,
        "tabs": [(f"{label} ({counts[name]})", f"?show={name}", name == show) for name, label in text.LISTS.items()],
        "next_url": f"?show={show}&after={after}" if after else "",
        "first_url": f"?show={show}" if request.GET.get("after") else "",
        "today": request.at.astimezone(LONDON).date(),
        "text": text,
    }
    return render(request, "referrals/triage_list.html", context)


def reach(request: Request, referral_id: int) -> Referral:
    """The referral, with the look recorded; 404 outside one's areas."""
    referral = find_referral(request.me, referral_id)
    if referral is None:
        raise Http404
    seen = [referral.person_id] if referral.person_id else []
    record_look(request.me, f"referral {referral.reference}", seen, at=request.at)
    return referral


@for_roles(*TRIAGES)
def one(request: Request, referral_id: int) -> HttpResponse:
    """One referral: what was said, who it may be, what happened so far, and what can be done."""
    referral = reach(request, referral_id)
    steps = list(ReferralStep.objects.filter(referral=referral).order_by("id"))
    alike = [] if referral.person_id else alike_to(request, referral)
    more, more_said = told_later(referral)
    context = {
        "referral": referral,
        "clock": clock_of(referral, pauses_of(steps, referral.decided_at), Due().of(referral), request.at),
        "steps": steps_of(steps),
        "said": said_in(referral),
        "letters": letters_of(referral),
        "more": more,
        "more_said": more_said,
        "alike": alike,
        "earlier": _asked_before(referral),
        "worked": said_of_keyworkers(person.person_id for person in alike) if alike else {},
        "told": _local_rules(referral, request) if referral.decided_at is None else (),
        "can": possible_steps(referral.state),
        "seen_form": SeenForm(initial={"version": referral.version}),
        "today": request.at.astimezone(LONDON).date(),
        "text": text,
    }
    return render(request, "referrals/triage_one.html", context)


def _asked_before(referral: Referral) -> list[Referral]:
    """Others of the area, open or not accepted, that may be about the same young person."""
    return find_declined(
        given=referral.given_name,
        family=referral.family_name,
        birth_date=referral.birth_date,
        nhs_number=referral.nhs_number or None,
        icb_id=referral.icb_id,
        but=referral.pk,
    )


def _local_rules(referral: Referral, request: Request) -> tuple[Told, ...]:
    """What the area's rules of entry say of it, test by test. They suggest; a person decides."""
    return told_of_referral(referral, entry_rules_of(referral.icb), request.at.astimezone(LONDON).date())


def alike_to(request: Request, referral: Referral) -> list[Any]:
    """Records within scope that may be the same person; those shown are looked at."""
    found = find_possible(
        given=referral.given_name,
        family=referral.family_name,
        birth_date=referral.birth_date,
        nhs_number=referral.nhs_number or None,
        postcode=referral.postcode,
        me=request.me,
    )
    if found:
        seen = [person.person_id for person in found]
        record_look(request.me, f"who {referral.reference} may be", seen, at=request.at)
    return found


Act = Callable[[Notes, Referral, OnceForm, Request, int], Any]


@dataclass(frozen=True)
class Doing:
    """One thing to do: its form, what saves it, and for which step of the life cycle it is."""

    form: type[OnceForm]
    act: Act
    step: str
    saved: str


def _acknowledge(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    return acknowledge(note, referral=referral, by=request.me, seen=seen)


def _ask(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    given = form.cleaned_data
    return ask_more(note, referral=referral, what=given["words"], of_whom=given["of_whom"], by=request.me, seen=seen)


def _consult(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    return consult(note, referral=referral, words=form.cleaned_data["words"], by=request.me, seen=seen)


def _note(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    return add_note(note, referral=referral, words=form.cleaned_data["words"], by=request.me)


def _decline(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    names = ("reason", "words", "alternative", "look_again_on")
    return decline(
        note, referral=referral, by=request.me, seen=seen, **{name: form.cleaned_data[name] for name in names}
    )


def _call(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    assert isinstance(form, CallForm)
    called_at, words = form.called_at(note.at, referral.decided_at), form.cleaned_data["words"]
    why_not = "" if called_at else words
    return record_call(
        note,
        referral=referral,
        called_at=called_at,
        words=words,
        not_called_because=why_not,
        by=request.me,
        seen=seen,
    )


def _look_again(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    given = form.cleaned_data
    return look_again(
        note, referral=referral, words=given["words"], again_on=given["again_on"], by=request.me, seen=seen
    )


def _reopen(note: Notes, referral: Referral, form: OnceForm, request: Request, seen: int) -> Any:
    return reopen(note, referral=referral, words=form.cleaned_data["words"], by=request.me, seen=seen)


DOINGS: dict[str, Doing] = {
    "acknowledge": Doing(SeenForm, _acknowledge, _KIND.ACKNOWLEDGED, "acknowledged"),
    "ask": Doing(AskForm, _ask, _KIND.ASKED, "asked"),
    "consult": Doing(ConsultForm, _consult, _KIND.CONSULTED, "consulted"),
    "note": Doing(NoteForm, _note, _KIND.NOTE, "noted"),
    "decline": Doing(DeclineForm, _decline, _KIND.DECLINED, "declined"),
    "call": Doing(CallForm, _call, _KIND.CALLED, "called"),
    "look-again": Doing(LookAgainForm, _look_again, _KIND.LOOKED_AGAIN, "looked_again"),
    "reopen": Doing(ReopenForm, _reopen, _KIND.REOPENED, "reopened"),
}


@for_roles(*TRIAGES)
def step(request: Request, referral_id: int, doing: str) -> HttpResponse:
    """One step with its short form."""
    wanted = DOINGS.get(doing)
    referral = reach(request, referral_id)
    if wanted is None:
        raise Http404
    today = request.at.astimezone(LONDON).date()
    initial = {"version": referral.version} | _proposed(doing, referral, request)
    form = wanted.form(request.POST if request.method == "POST" else None, initial=initial, today=today)

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        wanted.act(note, referral, form, request, given["version"])

    silent = doing == "ask" and not goes_out(referral)
    about = f"{referral.shown_name}, {referral.reference}. {text.ABOUT.get(doing, '')}"
    return answer_form(
        request,
        form,
        act,
        go_to=f"/referrals/{referral.pk}",
        saved=text.SAVED["asked_by_nobody"].format(reach=_safely(referral)) if silent else text.SAVED[wanted.saved],
        context={
            "title": text.TITLE.get(doing, "You have looked at it"),
            "person": None,
            "about": about.strip(),
            "warning": _safely(referral) if doing in ("ask", "call") else "",
            "button": text.BUTTON.get("ask_by_nobody" if silent else doing, "Save"),
        },
    )


def _safely(referral: Referral) -> str:
    """How they may be reached, where something was said about it."""
    said = [referral.safe_contact]
    if referral.must_not_know:
        said.append(f"Must not know: {referral.must_not_know}")
    if not goes_out(referral):
        phone = referral.asker_phone or referral.phone
        by = f"phone {phone}" if phone else "no phone number was given"
        said.append(f"Nothing is sent by itself: reach {referral.asker_name or 'them'} yourself, safely ({by})")
    return ". ".join(part.rstrip(".") for part in said if part)


def _proposed(doing: str, referral: Referral, request: Request) -> dict[str, Any]:
    """What a form starts with: the day that the rules propose for looking again."""
    today = request.at.astimezone(LONDON).date()
    if doing == "call":
        return {"called_on": today}
    if doing == "decline":
        return {"look_again_on": proposed_look_again(today, *rules_of(referral.icb.code)).value}
    return {}
