"""Organising one review: asking for it, its page, and each step of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.hospital.models import Stay
from alongside.features.people.changing import answer_form
from alongside.features.people.queries import Reach, about
from alongside.features.reviews.holding.report import has_part_8a_begun
from alongside.features.reviews.models import PlannedReview, PlannedStep
from alongside.features.reviews.models.planned import MANDATORY
from alongside.features.reviews.organising import forms, operations, queries, text
from alongside.features.reviews.organising.access import ORGANISES, READS
from alongside.features.reviews.organising.deciders import list_commissioners
from alongside.features.reviews.organising.lateness import limit_of
from alongside.features.reviews.organising.now import what_now
from alongside.features.reviews.organising.pool import unfit_on
from alongside.features.reviews.organising.preparing import list_not_in_time
from alongside.features.reviews.organising.reaching import (
    data_of,
    organisable,
    page_of,
    planned_of,
    readable,
    today_of,
)
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import age_on
from alongside.policy.planned_reviews import missing_from_panel, worth_considering
from alongside.policy.review_checks import AGENDA, BEFORE, papers_of

_K = PlannedStep.Kind
Act = Callable[[Notes, Any], Any]


@for_roles(*READS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """Everything about one planned review, in the order in which it is done."""
    reach = readable(request, reference)
    planned = planned_of(request, reach, number)
    me, person = request.me, reach.person
    panel = queries.list_panel(planned)
    agreed, seated = queries.gate_of(planned)
    not_asked = queries.list_not_asked(planned, panel) if planned.is_open else []
    papers = list(queries.papers_of(planned))
    there = {paper.line for paper in papers}
    on = (planned.starts_at or request.at).astimezone(LONDON).date()
    unfit = unfit_on(panel, on) if planned.is_open else {}
    missing = missing_from_panel(queries.seats_of(panel)) if planned.is_open else ()
    to_come = [line for line in papers_of(planned.kind) if line.code not in there]
    ticked = queries.newest_checks(planned)
    lines_open = sum(1 for line in BEFORE if line.code not in ticked or not ticked[line.code].done)
    child = person.birth_date is None or age_on(person.birth_date, on) < 18
    record_look(me, "planned review", [person.pk], at=request.at)
    context = {
        "person": person,
        "here": page_of(reach, planned),
        "planned": planned,
        "writes": reach.writes and me.holds(*ORGANISES),
        "steps": queries.list_steps(planned),
        "not_in_time": list_not_in_time(me, planned, now=request.at),
        "panel": panel,
        "unfit": unfit,
        "missing": missing,
        "not_asked": {one.pk for one in not_asked},
        "consider": worth_considering(queries.seats_of(panel), child=child) if planned.is_open else (),
        "answers": queries.answers_of(me, planned),
        "agreed": agreed,
        "may_agree": reach.sees((Topic.AGREEMENT,)),
        "seated": seated,
        "papers": papers,
        "to_come": to_come,
        "lines": BEFORE,
        "agenda": AGENDA,
        "ticked": ticked,
        "invites": queries.list_invites(planned),
        "emergencies": queries.list_emergencies(me, person),
        "text": text,
    } | what_now(
        planned,
        agreed=agreed,
        now=request.at,
        missing=[*missing, *(f"somebody who can sit in place of {one.name}" for one in panel if one.pk in unfit)],
        not_asked=[one.name for one in not_asked],
        still_open=[
            *(["papers that should reach the panel"] if to_come else []),
            *([f"{lines_open} of {len(BEFORE)} lines of the check-list"] if lines_open else []),
        ],
    )
    return render(request, "organising/one.html", context)


@for_roles(*ORGANISES)
def ask(request: Request, reference: str) -> HttpResponse:
    """Somebody asks for a review, or it is planned because policy asks for one."""
    reach = organisable(request, reference)
    stays = list(_stays(request, reach))
    begin = {"kind": request.GET.get("kind", ""), "stay": request.GET.get("stay", ""), "asked_on": today_of(request)}
    form = forms.AskForm(
        data_of(request),
        stays=[(stay.pk, f"{stay.place_name}, since {day_in_words(stay.admitted_at)}") for stay in stays],
        initial=begin,
        today=today_of(request),
    )
    made: list[PlannedReview] = []

    def act(note: Notes, given: Any) -> None:
        chosen = next((stay for stay in stays if str(stay.pk) == given.get("stay")), None)
        made.append(
            operations.ask_for_review(
                note,
                person=reach.person,
                kind=given["kind"],
                why=given["why"],
                asked_by=given["asked_by"],
                asked_name=given["asked_name"],
                asked_on=given["asked_on"],
                stay=chosen if given["kind"] in ("post_admission", "inpatient", "independent") else None,
                to_be_held=given["held"],
            )
        )

    record_look(request.me, "planned review", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=lambda: page_of(reach, made[0]) if made else page_of(reach),
        saved=text.SAVED,
        context={
            "title": "Ask for a review",
            "person": reach.person,
            "about": "Anybody may ask. It is answered, also when the answer is no. It decides nothing about "
            "admission or discharge.",
        },
    )


def _stays(request: Request, reach: Reach) -> Any:
    rows = Stay.objects.visible_to(request.me).filter(about(reach.person), superseded_by=None)
    return rows.filter(kind=Stay.Kind.HOSPITAL).order_by("-admitted_at")[:10]


@for_roles(*ORGANISES)
def step(request: Request, reference: str, number: int, kind: str) -> HttpResponse:
    """One step: its short form, or its button."""
    if kind not in STEPS:
        raise Http404
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    form_class, act_of, about_it = STEPS[kind]
    form = form_class(
        data_of(request),
        initial=_begin(planned, kind, request.at),
        today=today_of(request),
        **_besides(request, planned, kind),
    )

    def act(note: Notes, given: Any) -> None:
        act_of(note, planned, form, given)

    record_look(request.me, "planned review", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=lambda: _afterwards(reach, planned, kind),
        saved=text.SAVED,
        context={
            "title": text.BUTTONS[_K(kind)],
            "person": reach.person,
            "about": about_it,
            "warning": text.HELD_UNAGREED if kind == _K.HELD and not queries.is_agreed(planned) else "",
            "button": text.BUTTONS[_K(kind)] if form_class in (forms.ButtonForm, forms.PapersForm) else "Save",
        },
    )


def _besides(request: Request, planned: PlannedReview, kind: str) -> dict[str, Any]:
    """What a form has to know besides.

    Held: its limit, where that is past, and the law. Replaced: who decides. Papers: whether any is here.
    Called off: whether somebody of the family asked for it and reads why.
    """
    if kind in (_K.CANCELLED, _K.NOT_HELD):
        return {"asks_family": planned.asked_on_own_page}
    if kind == _K.PAPERS_SENT:
        return {"any_here": queries.has_papers(planned)}
    if kind == _K.REPLACED:
        return {"commissioners": list_commissioners(planned.person, today_of(request))}
    if kind != _K.HELD:
        return {}
    limit = limit_of(planned)
    part_8a = has_part_8a_begun(planned.person.icb.code)
    return {"limit": limit if limit and limit < request.at else None, "part_8a": part_8a}


@for_roles(*ORGANISES)
def replace_due(request: Request, reference: str) -> HttpResponse:
    """Something else takes the place of what policy asks for in a stay: who decided it, when and why."""
    reach = organisable(request, reference)
    number, kind = request.GET.get("stay", ""), request.GET.get("kind", "")
    stay = next((one for one in _stays(request, reach) if str(one.pk) == number), None)
    if stay is None or kind not in MANDATORY:
        raise Http404
    today = today_of(request)
    form = forms.ReplaceForm(data_of(request), today=today, commissioners=list_commissioners(reach.person, today))

    def act(note: Notes, given: Any) -> None:
        operations.replace_what_is_due(
            note, person=reach.person, kind=kind, stay=stay, instead=given["instead"],
            decider=form.chosen, decided_on=given["decided_on"], because=given["because"],
        )  # fmt: skip

    record_look(request.me, "planned review", [reach.person.pk], at=request.at)
    context = {"title": text.BUTTONS[_K.REPLACED], "person": reach.person, "about": STEPS[_K.REPLACED][2]}
    return answer_form(request, form, act, go_to=page_of(reach), saved=text.SAVED, context=context)


def _afterwards(reach: Reach, planned: PlannedReview, kind: str) -> str:
    """A review that was held is written up on its own page."""
    if kind == _K.HELD:
        held = PlannedReview.objects.filter(pk=planned.pk).values_list("review_id", flat=True).first()
        if held:
            return f"{page_of(reach)}/{held}"
    return page_of(reach, planned)


def _begin(planned: PlannedReview, kind: str, now: datetime) -> dict[str, Any]:
    begin: dict[str, Any] = {"seen": planned.version}
    if planned.starts_at and (kind == _K.DATED or (kind == _K.HELD and planned.starts_at <= now)):
        at = planned.starts_at.astimezone(LONDON)
        begin |= {"on": at.date(), "at": f"{at:%H:%M}"}
    if kind == _K.DATED:
        begin |= {"minutes": planned.minutes, "place": planned.place, "video_because": planned.video_because}
        begin["how"] = "video" if planned.by_video else "face"
    if kind == _K.HELD:
        chair = queries.chair_of(planned)
        begin["chair"] = chair.name if chair else ""
    return begin


def _set_day(note: Notes, planned: PlannedReview, form: Any, given: Any) -> None:
    operations.set_day(
        note, planned=planned, starts_at=form.starts_at, minutes=given["minutes"], place=given["place"],
        by_video=given["how"] == "video", video_because=given["video_because"], seen=given["seen"],
    )  # fmt: skip


def _held(note: Notes, planned: PlannedReview, form: Any, given: Any) -> None:
    operations.hold(
        note, planned=planned, held_at=form.held_at, chair=given["chair"], statutory=given.get("statutory", False),
        late_reason=given.get("late_reason", ""), late_words=given.get("late_words", ""), seen=given["seen"],
    )  # fmt: skip


def _papers_sent(note: Notes, planned: PlannedReview, form: Any, given: Any) -> None:
    because = given.get("none_because", "")
    operations.say_papers_sent(note, planned=planned, none_because=because, seen=given["seen"])


def _replaced(note: Notes, planned: PlannedReview, form: Any, given: Any) -> None:
    operations.replace(
        note, planned=planned, instead=given["instead"], decider=form.chosen, decided_on=given["decided_on"],
        because=given["because"], seen=given["seen"],
    )  # fmt: skip


def _plain(operation: Callable[..., Any], *names: str) -> Callable[[Notes, PlannedReview, Any, Any], None]:
    def act(note: Notes, planned: PlannedReview, form: Any, given: Any) -> None:
        operation(note, planned=planned, seen=given["seen"], **{name: given[name] for name in names if name in given})

    return act


STEPS: dict[str, tuple[type[forms.SeenForm], Callable[[Notes, PlannedReview, Any, Any], None], str]] = {
    _K.ACCEPTED: (forms.ButtonForm, _plain(operations.accept), "A day is set next."),
    _K.DECLINED: (
        forms.BecauseForm, _plain(operations.decline, "because"),
        "Whoever asked is told so, in these words. They can ask again.",
    ),
    _K.DATED: (
        forms.DayForm, _set_day,
        "A day that suits the young person, their family and advocate. At least two weeks ahead leaves time to agree "
        "and to choose who comes. Nobody needed in hospital waits for a review.",
    ),
    _K.INVITED: (
        forms.ButtonForm, _plain(operations.say_invited), "Everybody on the panel, and everybody else, was asked.",
    ),
    _K.PAPERS_SENT: (
        forms.PapersForm, _papers_sent, "Papers reach the panel 24 hours before it begins.",
    ),
    _K.HELD: (
        forms.HeldForm, _held, "Only a review that was held answers what policy asks for. Its findings come next.",
    ),
    _K.ADJOURNED: (
        forms.BecauseForm, _plain(operations.adjourn, "because"),
        "It was not held. A new day is due, and everybody is invited to it.",
    ),
    _K.NOT_HELD: (
        forms.NotHeldForm, _plain(operations.say_not_held, "reason", "because", "family_words"),
        "What policy asks for stays due. Plan another one.",
    ),
    _K.CANCELLED: (forms.CancelForm, _plain(operations.cancel, "because", "family_words"), ""),
    _K.REPLACED: (
        forms.ReplaceForm, _replaced,
        "Policy asks for this review. Only a commissioner decides, by name, that something else takes its place.",
    ),
}  # fmt: skip
