"""The plan on the family's own pages: three faces, what changed, yes or no with words; goals with one's own score."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.plans import queries, showing, text
from alongside.features.plans.models import Goal, PlanAnswer, PlanPart, PlanVersion, Voice
from alongside.features.plans.operations import answer_plan, score_goal, set_goal
from alongside.features.plans.views import pdf_of
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.topics import Topic
from alongside.portal import reading
from alongside.portal.plan_forms import AgreeForm, OwnGoalForm, OwnScoreForm
from alongside.portal.planned import dates_of_plan
from alongside.portal.reading import Mine
from alongside.portal.views import FAMILY

FACES = {"plain": "Short", "easy": "Pictures", "full": "All of it"}
#: What was chosen last in this browser: nothing else is in it.
FACE_COOKIE = "plan_face"
REMEMBERED = 365 * 24 * 60 * 60
SAID = {
    PlanAnswer.Answer.AGREE: "You said yes to it",
    PlanAnswer.Answer.PARTLY: "You said yes to some of it",
    PlanAnswer.Answer.DISAGREE: "You said no to it",
}


def _mine(request: Request, reference: str, page: str) -> Mine:
    """404 where nothing of plans is open to this reader: nothing tells them that there is one."""
    mine = reading.mine(request, reference, page)
    if Topic.KEYWORKING not in mine.reach.topics:
        raise Http404
    return mine


def _face(request: Request) -> str:
    """What was asked for, else what was chosen before in this browser, else the short words."""
    chosen = (request.GET.get("face", ""), request.COOKIES.get(FACE_COOKIE, ""))
    return next((face for face in chosen if face in FACES), "plain")


def _remember(request: Request, answer: HttpResponse) -> HttpResponse:
    """The choice holds for the next time; pictures are for whoever chose them."""
    if (face := request.GET.get("face", "")) in FACES:
        answer.set_cookie(
            FACE_COOKIE, face, REMEMBERED, path="/mine", secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return answer


def _shown(mine: Mine, parts: dict[str, PlanPart], face: str, *, asked: bool = True) -> list[dict[str, Any]]:
    """The parts in a face. That one isn't there is said only to whoever asked for this face."""
    faces = {kind: row.face for kind, row in parts.items()}
    not_written = text.NOT_THERE_YET if asked else {}
    return showing.shown_parts(faces, face, own=mine.own, name=mine.name, not_written=not_written)


@for_roles(*FAMILY)
def plan(request: Request, reference: str) -> HttpResponse:
    """What stands in the plan, what is new in it, and what one said to it."""
    mine = _mine(request, reference, "family plan")
    version = queries.latest_version(request.me, mine.person)
    parts = queries.parts_of(request.me, version) if version and mine.told_where else {}
    face = _face(request)
    said = queries.answers_to(request.me, version) if version else []
    seen = [one for one in version.changed if one[0] in parts] if version and version.number > 1 else []
    context = {
        "mine": mine,
        "person": mine.person,
        "own": mine.own,
        "version": version,
        "face": face,
        "faces": FACES,
        "parts": _shown(mine, parts, face, asked="face" in request.GET),
        "changed": showing.changed_titles(seen, own=mine.own, name=mine.name),
        "said": said[-1] if said else None,
        "said_words": SAID[PlanAnswer.Answer(said[-1].answer)] if said else "",
        "dates": dates_of_plan(mine, request.at, version.review_on if version else None),
    }
    return _remember(request, render(request, "portal/plan.html", context))


@for_roles(*FAMILY)
def plan_pdf(request: Request, reference: str) -> HttpResponse:
    """The same on paper."""
    mine = _mine(request, reference, "family plan on paper")
    version = _readable(mine)
    parts = queries.parts_of(request.me, version)
    face = _face(request)
    return pdf_of(
        _shown(mine, parts, face),
        title="My plan" if mine.own else f"The plan of {mine.name}",
        sender=mine.person.icb.name,
        version=version,
        on=mine.today,
        easy=face == "easy",
    )


def _readable(mine: Mine) -> PlanVersion:
    """404 where there is no plan, and for whoever may not know where the young person is: its words may say it."""
    version = queries.latest_version(mine.me, mine.person) if mine.told_where else None
    if version is None:
        raise Http404
    return version


def _voice(mine: Mine) -> str:
    return Voice.YOUNG_PERSON if mine.own else Voice.FAMILY


def _name(mine: Mine) -> str:
    return mine.name if mine.own else mine.me.name


@for_roles(*FAMILY)
def answer(request: Request, reference: str) -> HttpResponse:
    """Yes, some of it, or no, with words. A new answer counts; the one before is kept."""
    mine = _mine(request, reference, "family plan answer")
    version = _readable(mine)
    return answer_form(
        request,
        AgreeForm(request.POST if request.method == "POST" else None),
        lambda note, given: answer_plan(
            note,
            version=version,
            voice=_voice(mine),
            name=_name(mine),
            answer=given["answer"],
            said=given["said"],
            how=PlanAnswer.How.PAGE,
            parts_read=sorted(queries.parts_of(request.me, version)),
        ),
        go_to=f"/mine/{mine.person.reference}/plan",
        saved="Thank you. We have got it.",
        template="portal/plan_form.html",
        context=_frame(mine) | {"title": "Do you agree?", "button": "Tell us"},
    )


def _frame(mine: Mine) -> dict[str, Any]:
    return {"mine": mine, "person": mine.person, "own": mine.own}


@for_roles(*FAMILY)
def goals(request: Request, reference: str) -> HttpResponse:
    """Every goal with each one's scores."""
    mine = _mine(request, reference, "family goals")
    return render(request, "portal/goals.html", _frame(mine) | {"lines": _goal_lines(mine)})


def _goal_lines(mine: Mine) -> list[queries.GoalLine]:
    """Whoever may not know where the young person is reads only what they wrote themselves."""
    lines = queries.list_goals(mine.me, mine.person)
    if mine.told_where:
        return lines
    own = [line for line in lines if line.goal.recorded_by_id == mine.me.id]
    for line in own:
        line.scores = {voice: rows for voice, rows in line.scores.items() if rows[0].recorded_by_id == mine.me.id}
    return own


@for_roles(*FAMILY)
def add_goal(request: Request, reference: str) -> HttpResponse:
    """A goal of one's own."""
    mine = _mine(request, reference, "family goals")
    return answer_form(
        request,
        OwnGoalForm(request.POST if request.method == "POST" else None),
        lambda note, given: set_goal(
            note, person=mine.person, voice=_voice(mine), name=_name(mine), what=given["what"]
        ),
        go_to=f"/mine/{mine.person.reference}/goals",
        saved="We have got your goal.",
        template="portal/plan_form.html",
        context=_frame(mine) | {"title": "A new goal", "button": "Save my goal"},
    )


@for_roles(*FAMILY)
def score(request: Request, reference: str, fact_id: int) -> HttpResponse:
    """One's own score of a goal, whoever's goal it is."""
    mine = _mine(request, reference, "family goals")
    found = Goal.objects.visible_to(request.me).filter(person=mine.person, pk=fact_id, ended_on=None).first()
    if found is None or not (mine.told_where or found.recorded_by_id == request.me.id):
        raise Http404
    goal: Goal = found
    return answer_form(
        request,
        OwnScoreForm(request.POST if request.method == "POST" else None),
        lambda note, given: score_goal(
            note, goal=goal, voice=_voice(mine), name=_name(mine), score=given["score"], said=given["said"]
        ),
        go_to=f"/mine/{mine.person.reference}/goals",
        saved="We have got your score.",
        template="portal/plan_form.html",
        context=_frame(mine) | {"title": "How near is it?", "about": f"“{goal.what}”", "button": "Save my score"},
    )
