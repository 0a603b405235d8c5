"""A keyworker outside the rules: who authorised it, why, and until when."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.features.keyworking import text
from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.outside import allow_outside_rules, end_exception, find_exception
from alongside.features.keyworking.views import find_held, person_of, today_of
from alongside.features.keyworking.waiting import find_waiting
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.nhsuk.forms import CheckboxesField, DateField, OnceForm, TextareaField, TextField
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words
from alongside.policy.keyworker_eligibility import may_have_keyworker


class OutsideForm(OnceForm):
    """Who authorised it, why, until when; or that it ends."""

    authorised_by = TextField("Who authorised it?", subject="The name", most=120)
    authorised_post = TextField("What is their post?", subject="The post", most=120)
    because = TextareaField("Why?", subject="The reason", most=500, rows=3)
    until = DateField("Until when?", subject="The last day", hint="It is looked at again then", not_before_today=True)


class EndForm(OutsideForm):
    """The same where one stands already."""

    ends = CheckboxesField("Or", choices=[("yes", "It ends")], required=False)


def _why_none(request: Request, person: Person, today: date) -> str:
    """Why nobody needs to be authorised: they have a keyworker, or the rules give them one. Else ''."""
    if held := find_held(request.me, person, today):
        begins = "since" if held.from_date <= today else "from"
        return text.HAS_ONE.format(name=held.worker.name, begins=begins, day=day_in_words(held.from_date))
    waiting = find_waiting(request.me, person.icb, today, caseload_rules_of(person.icb), person.pk)
    if waiting is None:
        return ""
    if waiting.consent == "refused":
        return text.SAID_NO
    return text.WITHIN_RULES if may_have_keyworker(waiting.told) else ""


@for_roles(Role.MANAGER)
def outside(request: Request, reference: str) -> HttpResponse:
    """Writes it down. They wait for a keyworker from then on, like everybody else."""
    person, today = person_of(request, reference), today_of(request)
    stands = find_exception(request.me, person)
    names = ("authorised_by", "authorised_post", "because", "until")
    if not stands and (sentence := _why_none(request, person, today)):
        record_look(request.me, "keyworker outside the rules", [person.pk], at=request.at)
        messages.info(request, sentence)
        return redirect(f"/people/{person.reference}/keyworker")
    begin = {name: getattr(stands, name) for name in names} if stands else {}
    kind = EndForm if stands else OutsideForm
    form = kind(request.POST if request.method == "POST" else None, initial=begin, today=today)

    def act(note: Notes, given: Any) -> None:
        if stands and given["ends"]:
            end_exception(note, exception=stands)
            return
        allow_outside_rules(note, by=request.me, person=person, **{name: given[name] for name in names})

    record_look(request.me, "keyworker outside the rules", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}/keyworker",
        saved="Saved.",
        context={
            "title": "A keyworker outside the rules",
            "about": "They join the waiting list. Who authorised it, and why, is shown there.",
            "person": person,
        },
    )
