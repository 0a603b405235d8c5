"""Less contact, and the end of keyworking, on the family's own pages; each says for themselves how it was."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.models import AdultLead, Ending, ExitAnswer, StepDown
from alongside.features.keyworking.stepping_down.ending_views import letter_response
from alongside.features.keyworking.stepping_down.exit_answers import record_exit_answer
from alongside.features.keyworking.stepping_down.letter import lines_of
from alongside.features.keyworking.stepping_down.queries import about, steps_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.nhsuk.forms import NumberField, OnceForm, TextareaField
from alongside.foundation.topics import Topic
from alongside.policy.stepping_down import every
from alongside.portal import reading
from alongside.portal.reading import Mine

FAMILY = (Role.YOUNG_PERSON, Role.FAMILY)


class OwnExitForm(OnceForm):
    """One's own word on how it was; none of the three has to be given."""

    experience = NumberField(
        "How was it to have a worker?",
        least=0,
        most=10,
        hint="A number from 0 to 10. 0 is bad, 10 is very good.",
        required=False,
    )
    hope = NumberField(
        "How much hope do you have now?",
        least=0,
        most=10,
        hint="A number from 0 to 10. 0 is none, 10 is a lot.",
        required=False,
    )
    said = TextareaField("What do you want to say?", most=1000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and all(given.get(name) in (None, "") for name in ("experience", "hope", "said")):
            self.add_error("experience", "Give a number or write something")
        return given


def _mine(request: Request, reference: str, page: str) -> Mine:
    """404 where nothing of keyworking is open to this reader."""
    mine = reading.mine(request, reference, page)
    if Topic.KEYWORKING not in mine.reach.topics:
        raise Http404
    return mine


def _newest(mine: Mine, model: Any) -> Any:
    """The newest row that this reader may know of: who stays tells where they learn or live."""
    if not mine.told_where:
        return None
    return model.objects.visible_to(mine.me).filter(about(mine.person)).order_by("-pk").first()


@for_roles(*FAMILY)
def ending(request: Request, reference: str) -> HttpResponse:
    """How contact becomes less; then who stays, warning signs, how to come back."""
    mine = _mine(request, reference, "family ending")
    plan, ended = _newest(mine, StepDown), _newest(mine, Ending)
    workers = reading.workers(mine)
    over = ended is not None and not any(one["part"] == "designated" for one in workers)
    said = ExitAnswer.objects.visible_to(mine.me).filter(person=mine.person, recorded_by_id=mine.me.id)
    context = {
        "mine": mine,
        "person": mine.person,
        "own": mine.own,
        "today": mine.today,
        "ending": ended if over else None,
        "stays": lines_of(ended.who_stays) if over else (),
        "signs": lines_of(ended.warning_signs) if over else (),
        "plan": plan if plan is not None and plan.closed_on is None else None,
        "steps": steps_of(plan) if plan is not None else [],
        "every": every,
        "lead": _newest(mine, AdultLead) if Topic.ADULTHOOD in mine.reach.topics else None,
        "contact": find_contact(mine.person.icb_id),
        "said": said.order_by("-pk").first(),
    }
    return render(request, "portal/ending.html", context)


@for_roles(*FAMILY)
def ending_letter(request: Request, reference: str) -> HttpResponse:
    """The same on paper."""
    mine = _mine(request, reference, "family ending on paper")
    if not mine.told_where:
        raise Http404
    rows = Ending.objects.visible_to(mine.me).filter(about(mine.person)).select_related("recorded_icb")
    found = rows.order_by("-pk").first()
    if found is None:
        raise Http404
    return letter_response(request, found, called=mine.name)


@for_roles(*FAMILY)
def exit_answer(request: Request, reference: str) -> HttpResponse:
    """How it was, and how much hope there is: one's own word."""
    mine = _mine(request, reference, "family exit answer")
    return answer_form(
        request,
        OwnExitForm(request.POST if request.method == "POST" else None),
        lambda note, given: record_exit_answer(
            note,
            person=mine.person,
            voice=ExitAnswer.Voice.YOUNG_PERSON if mine.own else ExitAnswer.Voice.FAMILY,
            name="" if mine.own else mine.me.name,
            **{name: given[name] for name in ("experience", "hope", "said")},
        ),
        go_to=f"/mine/{mine.person.reference}/ending",
        saved="Thank you. We have got it.",
        template="portal/plan_form.html",
        context={
            "mine": mine,
            "person": mine.person,
            "own": mine.own,
            "title": "How was it?",
            "about": "What you say helps us. Nobody else in your family reads it here.",
            "button": "Send",
        },
    )
