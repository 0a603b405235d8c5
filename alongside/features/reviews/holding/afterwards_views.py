"""After the report: who got it and what they do with it, how it was, how good it was, the oversight panel, figures."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.reviews.holding import access, afterwards, queries, text
from alongside.features.reviews.holding.counting import SMALLEST, count_reviews
from alongside.features.reviews.holding.forms_afterwards import (
    AskedForm,
    DecideForm,
    FeedbackForm,
    PanelForm,
    QualityForm,
    RaiseForm,
    RegardForm,
    SentForm,
)
from alongside.features.reviews.holding.operations import ask_feedback
from alongside.features.reviews.holding.views import data_of, today_of, writing
from alongside.features.reviews.models import OversightCase, Recipient
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.policy.counting import day_in_words, months_after
from alongside.policy.enquiry import MET, SCORE_IS_OURS, WELL

QUESTIONS = "The questions are ours: the national form was not seen. Leave open what they don’t want to answer."


@for_roles(*access.HOLDS)
def sent(request: Request, reference: str, review_id: int) -> HttpResponse:
    """Somebody was sent the report."""
    one = writing(request, reference, review_id)
    today = today_of(request)
    return answer_form(
        request,
        SentForm(data_of(request), initial={"sent_on": today}, today=today),
        lambda note, given: afterwards.record_sent(
            note,
            review=one.review,
            kind=given["kind"],
            name=given["name"],
            sent_on=given["sent_on"],
            sent_how=given["sent_how"],
            answers=given["answers"],
            organisation=given["organisation"],
        ),
        go_to=one.page,
        saved=text.KEPT,
        context={"title": "Write down who got the report", "person": one.person},
    )


@for_roles(*access.HOLDS)
def regard(request: Request, reference: str, review_id: int, recipient: int) -> HttpResponse:
    """What a body does with what was recommended."""
    one = writing(request, reference, review_id)
    found = Recipient.objects.visible_to(request.me).filter(review=one.review, pk=recipient, answers=True).first()
    if found is None:
        raise Http404
    row: Recipient = found
    begin = {"regard": row.regard, "because": row.regard_because, "on": row.regard_on, "said_by": row.regard_said_by}
    return answer_form(
        request,
        RegardForm(data_of(request), initial=begin, today=today_of(request)),
        lambda note, given: afterwards.record_regard(
            note,
            recipient=row,
            regard=given["regard"],
            because=given["because"],
            on=given["on"],
            said_by=given["said_by"],
        ),
        go_to=one.page,
        saved=text.KEPT,
        context={"title": f"What {row.name} does with it", "person": one.person},
    )


@for_roles(*access.HOLDS)
def asked(request: Request, reference: str, review_id: int) -> HttpResponse:
    """The person and family were asked how it was."""
    one = writing(request, reference, review_id)
    today = today_of(request)
    return answer_form(
        request,
        AskedForm(data_of(request), initial={"on": today}, today=today),
        lambda note, given: ask_feedback(note, write_up=one.write_up, on=given["on"], how=given["how"]),
        go_to=one.page,
        saved=text.KEPT,
        context={"title": "They were asked how the review was", "person": one.person},
    )


@for_roles(*access.HOLDS)
def feedback(request: Request, reference: str, review_id: int) -> HttpResponse:
    """What somebody said of how it was, written down by staff."""
    one = writing(request, reference, review_id)
    return answer_form(
        request,
        FeedbackForm(data_of(request), own=False),
        lambda note, given: afterwards.record_feedback(
            note,
            review=one.review,
            voice=given["voice"],
            name=given["name"],
            answers=dict(given),
            said=given["said"],
        ),
        go_to=one.page,
        saved=text.KEPT,
        context={"title": "How the review was for them", "person": one.person, "about": QUESTIONS},
    )


@for_roles(*access.HOLDS)
def quality(request: Request, reference: str, review_id: int) -> HttpResponse:
    """How good the review was, by the PERSONAL principles."""
    one = writing(request, reference, review_id)
    form = QualityForm(data_of(request))
    return answer_form(
        request,
        form,
        lambda note, given: afterwards.score_quality(note, review=one.review, items=form.items, said=given["said"]),
        go_to=one.page,
        saved=text.KEPT,
        context={
            "title": "How good the review was",
            "person": one.person,
            "about": "The PERSONAL principles of NHS England. The questions and the three answers are ours. The score "
            f"is how many of the questions answered were answered ‘{MET[WELL]}’. {SCORE_IS_OURS}",
        },
    )


@for_roles(*access.HOLDS)
def raising(request: Request, reference: str, review_id: int) -> HttpResponse:
    """Brings the review before the oversight panel."""
    one = writing(request, reference, review_id)
    return answer_form(
        request,
        RaiseForm(data_of(request)),
        lambda note, given: afterwards.raise_case(note, review=one.review, because=given["because"]),
        go_to=one.page,
        saved=text.KEPT,
        context={"title": "Raise it to the oversight panel", "person": one.person, "button": "Raise it"},
    )


@for_roles(*access.OVERSEES)
def deciding(request: Request, reference: str, review_id: int, case: int) -> HttpResponse:
    """What the panel found and decided."""
    one = writing(request, reference, review_id)
    found = OversightCase.objects.visible_to(request.me).filter(review=one.review, pk=case, decided_at=None).first()
    if found is None:
        raise Http404
    row: OversightCase = found
    panels = {str(panel.pk): panel for panel in queries.list_panels([one.person.icb_id])}
    choices = [(number, f"Panel of {day_in_words(panel.held_on)}") for number, panel in panels.items()]
    return answer_form(
        request,
        DecideForm(data_of(request), panels=choices, initial={"panel": next(iter(panels), "")}),
        lambda note, given: afterwards.decide_case(
            note,
            by=request.me,
            case=row,
            panel=panels[given["panel"]],
            safe=given["safe"],
            well=given["well"],
            checked=given["checked"],
            decision=given["decision"],
        ),
        go_to=one.page,
        saved=text.KEPT,
        context={
            "title": "What the oversight panel decided",
            "person": one.person,
            "about": f"Raised because: {row.because}",
            "warning": ""
            if panels
            else "No panel is written down yet. Write down that it met first: Reviews, Oversight panel.",
        },
    )


def _area(request: Request, *roles: str) -> int:
    area: int | None = next((held.area for held in request.me.roles if held.role in roles), None)
    if area is None:
        raise Http404
    return area


@for_roles(*access.OVERSEES)
def oversight(request: Request) -> HttpResponse:
    """Reviews that wait for the oversight panel, and what it decided; and that it met."""
    area = Organisation.objects.get(pk=_area(request, *access.OVERSEES))
    cases, panels = queries.list_cases(request.me, [area.pk]), queries.list_panels([area.pk])
    today = today_of(request)
    record_look(request.me, "oversight panel", sorted({one.person_id for one in cases}), at=request.at)
    return answer_form(
        request,
        PanelForm(data_of(request), initial={"held_on": today}, today=today),
        lambda note, given: afterwards.hold_panel(
            note, by=request.me, icb=area, held_on=given["held_on"], who_came=given["who_came"]
        ),
        go_to="/reviews/oversight",
        saved=text.KEPT,
        template="reviews_held/oversight.html",
        context={
            "waiting": [one for one in cases if one.decided_at is None],
            "decided": [one for one in cases if one.decided_at is not None],
            "panels": panels,
            "text": text,
            "today": today,
        },
    )


@for_roles(*access.COUNTS)
def figures(request: Request) -> HttpResponse:
    """How reviews go in the area over a year. Whoever sees no people is shown no number under five."""
    me, today = request.me, today_of(request)
    area = Organisation.objects.get(pk=_area(request, *access.COUNTS))
    hides = not me.holds_in(area.pk, *access.OVERSEES)
    since = months_after(today, -12)
    context: dict[str, Any] = {
        "told": count_reviews(area.pk, area.code, since, today, hide=hides),
        "since": since,
        "today": today,
        "hides": hides,
        "smallest": SMALLEST,
        "sees_people": not hides,
        "score_is_ours": SCORE_IS_OURS,
    }
    return render(request, "reviews_held/figures.html", context)
