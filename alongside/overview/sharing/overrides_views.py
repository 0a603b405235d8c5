"""Telling somebody although nobody agreed, to keep a young person safe; and looking again whether they can be told."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.models import AgreementOverride, LawfulBasis
from alongside.features.people.operations import override_agreement
from alongside.features.people.operations.telling import LONGEST, end_override, look_again_later, tell_of_override
from alongside.features.people.views import writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.colleagues import answer_finding
from alongside.overview.sharing import queries, text
from alongside.overview.sharing.forms import NothingAsked, OverrideForm, ToldNowForm
from alongside.overview.sharing.looking_again import answer_later, proposed_day, say_proposed
from alongside.policy.counting import end_of_day

DECIDES = (Role.MANAGER, Role.COORDINATOR)


@for_roles(*DECIDES)
def override(request: Request, reference: str) -> HttpResponse:
    """Opens what somebody has to know, for a time."""
    reach = writable(request, reference)
    person = reach.person
    if not request.me.holds_in(person.icb_id, *DECIDES) or not reach.sees((Topic.SAFEGUARDING,)):
        raise Http404
    if request.method != "POST":
        record_look(request.me, "override", [person.pk], at=request.at)
    return answer_override(
        request, person_id=person.pk, icb=person.icb, go_to=f"/people/{person.reference}/shares", person=person
    )


def answer_override(
    request: Request, *, person_id: int, icb: Organisation, go_to: str, person: Any = None
) -> HttpResponse:
    """The form, also for a record that is closed to whoever decides (then `person` is None)."""
    today = request.at.astimezone(LONDON).date()
    proposed = proposed_day(today, icb.code)
    form = OverrideForm(
        request.POST if request.method == "POST" else None,
        initial={"look_again_on": proposed.value, "until": today + timedelta(days=6)},
        today=today,
        colleagues=queries.colleagues(icb.pk, today),
    )
    say_proposed(form, proposed)

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        override_agreement(
            note,
            person_id=person_id,
            actor=Actor.objects.get(pk=int(given["actor"])),
            topics=[int(topic) for topic in given["topics"]],
            lawful_basis=given["lawful_basis"],
            reason=given["reason"],
            senior_name=given["senior_name"],
            to_at=_end_of(given["until"], note.at),
            told=given["told"] == "yes",
            told_words=form.words,
            look_again_on=given["look_again_on"],
            by=request.me,
        )

    return answer_finding(
        request,
        form,
        act,
        go_to=go_to,
        saved=text.OVERRIDDEN,
        context={
            "title": "Tell somebody although nobody agreed",
            "person": person,
            "about": "Only to keep the young person or somebody else safe. A senior decides, and both names are kept.",
            "button": "Let them read it",
        },
    )


def _end_of(day: date, at: datetime) -> datetime:
    """The end of that day; on the last day that is possible, the hour of now."""
    end = end_of_day(day)
    return min(end, at + LONGEST) if day == (at + LONGEST).astimezone(LONDON).date() else end


def _found(number: int) -> AgreementOverride:
    found = queries.find_override(number)
    if found is None:
        raise Http404
    return found


@for_roles(*DECIDES)
@require_safe
def one_override(request: Request, number: int) -> HttpResponse:
    """Who was told what, why, until when; and whether the family knows."""
    found = _found(number)
    if (newest := queries.newest_of(found)) != found.pk:
        return redirect("one_override", number=newest)
    record_look(request.me, "override", [found.person_id], at=request.at)
    context = {
        "override": found,
        "about": [Topic(topic).label for topic in found.about_topics],
        "basis": LawfulBasis(found.lawful_basis).label,
        "open_still": queries.is_open_still(found, request.at),
    }
    return render(request, "sharing/override.html", context)


@for_roles(*DECIDES)
def told_now(request: Request, number: int) -> HttpResponse:
    """The family has been told."""
    found = _found(number)
    return answer_form(
        request,
        ToldNowForm(request.POST if request.method == "POST" else None),
        lambda note, given: tell_of_override(note, override=found, how=given["told_how"]),
        go_to="/",
        saved=text.TOLD,
        context={"title": "They have been told", "person": None, "about": "It stands on their own page from now on."},
    )


@for_roles(*DECIDES)
def later(request: Request, number: int) -> HttpResponse:
    """It is still not safe to tell them."""
    found = _found(number)
    return answer_later(
        request,
        _code_of(found),
        lambda note, why, on: look_again_later(note, override=found, why=why, on=on),
        title="It is still not safe to tell them",
    )


def _code_of(found: AgreementOverride) -> str:
    return Organisation.objects.values_list("code", flat=True).get(pk=found.recorded_icb_id)


@for_roles(*DECIDES)
def end_now(request: Request, number: int) -> HttpResponse:
    """Ends what it opened before its time."""
    found = _found(number)
    return answer_form(
        request,
        NothingAsked(request.POST if request.method == "POST" else None),
        lambda note, given: end_override(note, override=found),
        go_to="/",
        saved=text.ENDED_OVERRIDE,
        context={
            "title": f"Close the record to {found.actor.name} now?",
            "person": None,
            "about": "They stop reading it at once.",
            "button": "Close it to them",
        },
    )
