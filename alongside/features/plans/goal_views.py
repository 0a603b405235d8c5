"""Goals: whose they are, how near they are to each who scores, and when they end."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.views import writable
from alongside.features.plans import queries, text
from alongside.features.plans.access import READS, WRITES
from alongside.features.plans.forms import EndGoalForm, GoalForm, ScoreForm
from alongside.features.plans.models import Goal, Voice
from alongside.features.plans.operations import end_goal, score_goal, set_goal
from alongside.features.plans.views import name_of, reach_plan, writes_plans
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look


def _goals_url(person: Person) -> str:
    return f"/people/{person.reference}/plan/goals"


def _who(person: Person, voice: str, typed: str, keyworker: str = "") -> str:
    """The name that a goal or score stands under."""
    return {Voice.YOUNG_PERSON: name_of(person), Voice.KEYWORKER: keyworker}.get(
        Voice(voice), typed.strip() or "Family"
    )


@for_roles(*READS)
@require_safe
def goals(request: Request, reference: str) -> HttpResponse:
    """Each goal with every score, the oldest first."""
    reach = reach_plan(request, reference)
    record_look(request.me, "goals", [reach.person.pk], at=request.at)
    context = {
        "person": reach.person,
        "page_url": f"/people/{reach.person.reference}",
        "name": name_of(reach.person),
        "lines": queries.list_goals(request.me, reach.person),
        "writes": writes_plans(request, reach),
    }
    return render(request, "plans/goals.html", context)


@for_roles(*WRITES)
def add(request: Request, reference: str) -> HttpResponse:
    person = writable(request, reference).person
    record_look(request.me, "goals", [person.pk], at=request.at)
    return answer_form(
        request,
        GoalForm(request.POST if request.method == "POST" else None),
        lambda note, given: set_goal(
            note,
            person=person,
            voice=given["voice"],
            name=_who(person, given["voice"], given["name"]),
            what=given["what"],
        ),
        go_to=_goals_url(person),
        saved=text.GOAL_SET,
        context={
            "title": "Set a goal",
            "person": person,
            "about": "A goal is theirs, not the service’s. Write it as they say it.",
        },
    )


def _goal(request: Request, person: Person, number: int) -> Goal:
    found = Goal.objects.visible_to(request.me).filter(person=person, pk=number, superseded_by=None).first()
    if found is None:
        raise Http404
    return found


@for_roles(*WRITES)
def score(request: Request, reference: str, fact_id: int) -> HttpResponse:
    person = writable(request, reference).person
    goal = _goal(request, person, fact_id)
    record_look(request.me, "goals", [person.pk], at=request.at)
    return answer_form(
        request,
        ScoreForm(request.POST if request.method == "POST" else None),
        lambda note, given: score_goal(
            note,
            goal=goal,
            voice=given["voice"],
            name=_who(person, given["voice"], given["name"], request.me.name),
            score=given["score"],
            said=given["said"],
        ),
        go_to=_goals_url(person),
        saved=text.SCORED,
        context={
            "title": "Score a goal",
            "person": person,
            "about": f"“{goal.what}” 0 is not near at all, 10 is reached. Each scores for themselves.",
        },
    )


@for_roles(*WRITES)
def end(request: Request, reference: str, fact_id: int) -> HttpResponse:
    person = writable(request, reference).person
    goal = _goal(request, person, fact_id)
    record_look(request.me, "goals", [person.pk], at=request.at)
    return answer_form(
        request,
        EndGoalForm(request.POST if request.method == "POST" else None),
        lambda note, given: end_goal(note, goal=goal, how=given["how"], on=request.at.astimezone(LONDON).date()),
        go_to=_goals_url(person),
        saved=text.GOAL_ENDED,
        context={"title": "End a goal", "person": person, "about": f"“{goal.what}”"},
    )
