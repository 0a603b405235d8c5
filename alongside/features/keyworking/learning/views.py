"""Training of the team, its courses, completions from a file, and what was given to partners."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from alongside.features.keyworking.access import NAMES, SEES_TEAM, area_of
from alongside.features.keyworking.caseloads import caseload_rules_of, list_team
from alongside.features.keyworking.learning.courses import courses_of, set_course
from alongside.features.keyworking.learning.forms import AwarenessForm, CompetencyForm, CourseForm, UploadForm
from alongside.features.keyworking.learning.importing import Row, read_completions, take_completions
from alongside.features.keyworking.learning.operations import record_awareness, record_competency
from alongside.features.keyworking.learning.standing import standings
from alongside.features.keyworking.models import AwarenessGiven, Course, TrainingDone
from alongside.features.keyworking.team_views import keyworker_of
from alongside.features.keyworking.views import today_of
from alongside.features.people.changing import ALREADY, answer_form, perform
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.keeping import kept_file, set_aside
from alongside.foundation.recording.recording import Notes

PAGE = 50
#: So many lines say what has to be done first; the rest stands with each person.
MOST_URGENT = 20


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@for_roles(*SEES_TEAM)
def training(request: Request) -> HttpResponse:
    """What has to be done first, then each person's courses; for a keyworker their own."""
    me, today = request.me, today_of(request)
    icb = area_of(me, *SEES_TEAM)
    runs = me.holds_in(icb.pk, *NAMES)
    rules = caseload_rules_of(icb)
    courses = courses_of(icb)
    team = [one for one in list_team(icb, today, rules) if one.is_proposed and (runs or one.actor.pk == me.id)]
    done: dict[tuple[int, str], TrainingDone] = {}
    for row in TrainingDone.objects.filter(icb=icb).order_by("completed_on"):
        done[row.worker_id, row.course] = row
    required = rules.on("training_required", today).courses
    people = standings(team, list(courses.values()), done, required, today)
    urgent = sorted((line for _, lines in people for line in lines if line.is_urgent(today)), key=lambda one: one.order)
    context = {
        "people": people,
        "urgent": urgent[:MOST_URGENT],
        "many_urgent": len(urgent),
        "courses": list(courses.values()),
        "required": required,
        "runs": runs,
        "sets": me.holds_in(icb.pk, Role.MANAGER),
        "today": today,
    }
    return render(request, "keyworking/training.html", context)


@for_roles(*NAMES)
def take(request: Request) -> HttpResponse:
    """Reads the file and accounts for every row; the same page takes what is ready."""
    icb, today = area_of(request.me, *NAMES), today_of(request)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    rows: list[Row] = []
    mark, name = "", ""
    if form.is_bound and form.is_valid():
        kept = kept_file(form.cleaned_data["mark"], request.me.id) if form.cleaned_data["mark"] else None
        chosen = form.cleaned_data["file"]
        content = chosen.read() if chosen else kept.content if kept else b""
        name = (chosen.name if chosen else kept.file_name if kept else "")[:120]
        try:
            if not content:
                raise NotNow("gone", "The file is no longer here. Choose it again.")
            team = list_team(icb, today, caseload_rules_of(icb))
            rows = read_completions(content, icb=icb, team=team, courses=courses_of(icb), today=today)
        except NotNow as problem:
            form.add_error(None, problem.sentence)
        else:
            if kept and not chosen:
                outcome = perform(
                    request, form, lambda note, given: take_completions(note, icb=icb, rows=rows, file_name=name)
                )
                if outcome in ("done", "already"):
                    messages.success(request, "Saved." if outcome == "done" else ALREADY)
                    return redirect("/keyworking/training")
            mark = set_aside(Checked(content, "text/csv", name), request.me.id)
    counts = {kind: sum(1 for row in rows if row.outcome == kind) for kind in ("ready", "known", "refused")}
    context = {
        "form": form,
        "rows": rows,
        "counts": counts,
        "mark": mark,
        "file_name": name,
        "again": UploadForm(initial={"mark": mark}) if mark else None,
    }
    return render(request, "keyworking/training_import.html", context, status=422 if form.errors else 200)


@for_roles(Role.MANAGER)
def course(request: Request, key: str) -> HttpResponse:
    """One course of the area's own; `new` adds one."""
    icb = area_of(request.me, Role.MANAGER)
    known = courses_of(icb).get(key)
    if known is None and key != "new":
        raise Http404
    own = Course.objects.filter(icb=icb, key=key).first()
    begin = {"title": known.title, "months": known.months or ""} if known else {}
    begin |= {"kind": own.kind, "source": own.source} if own else {}

    def act(note: Notes, given: Any) -> None:
        number = f"c{slugify(given['title'])[:19]}".strip("-")
        set_course(
            note,
            icb=icb,
            key=key if known else number,
            **{name: given[name] for name in ("title", "kind", "months", "source")},
        )

    return answer_form(
        request,
        CourseForm(_posted(request), initial=begin),
        act,
        go_to="/keyworking/training",
        saved="Saved.",
        context={"title": known.title if known else "Add a course", "person": None},
    )


@for_roles(*NAMES)
def competency(request: Request, actor: int) -> HttpResponse:
    """What a keyworker was seen to be able to do."""
    icb, member = keyworker_of(request, actor)
    return answer_form(
        request,
        CompetencyForm(_posted(request), today=today_of(request)),
        lambda note, given: record_competency(note, icb=icb, worker=member.actor, given=given),
        go_to=f"/keyworking/team/{actor}",
        saved="Saved.",
        context={"title": f"What {member.actor.name} is able to do", "person": None},
    )


@for_roles(*SEES_TEAM)
def awareness(request: Request) -> HttpResponse:
    """What was given to partners, the newest first, with the sum of a year; more is added here."""
    icb, today = area_of(request.me, *SEES_TEAM), today_of(request)
    given_this_year = AwarenessGiven.objects.filter(icb=icb, given_on__gt=today - timedelta(days=365))
    sums = given_this_year.aggregate(people=Sum("how_many"))
    rows = AwarenessGiven.objects.filter(icb=icb).select_related("given_by").order_by("-given_on", "-pk")
    return answer_form(
        request,
        AwarenessForm(_posted(request), today=today),
        lambda note, given: record_awareness(note, icb=icb, given=given),
        go_to="/keyworking/awareness",
        saved="Saved.",
        template="keyworking/awareness.html",
        context={
            "rows": rows[:PAGE],
            "people": sums["people"] or 0,
            "runs": request.me.holds_in(icb.pk, *NAMES),
        },
    )
