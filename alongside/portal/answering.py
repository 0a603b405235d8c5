"""Staff: what a family told us, and what was done about it. The answer goes back to whoever told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person, PostedChange
from alongside.features.people.operations.family import answer_change
from alongside.features.people.told_where import must_not_learn_where
from alongside.features.people.views import writable
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import is_used_up, plan_review
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day
from alongside.portal.door import ways_to
from alongside.portal.forms import AnswerForm

NEVER_LOOKED = datetime(1900, 1, 1, tzinfo=UTC)
ANSWERERS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR)


@for_roles(*ANSWERERS)
def answer(request: Request, reference: str, fact_id: int) -> HttpResponse:
    """What they told, and the one question of it: what was done. Whether to rate again is a link beside it."""
    person = writable(request, reference).person
    change = (
        PostedChange.objects.visible_to(request.me)
        .select_related("recorded_by", "answered_by")
        .filter(pk=fact_id, person=person)
        .first()
    )
    if change is None:
        raise Http404
    barred = must_not_learn_where(change.recorded_by, person.pk, request.at)
    reader = change.recorded_by.name if barred else ""
    # A school, a ward, a partner or a referral has no page of its own: whoever put it on the record answers them.
    ours = change.recorded_by.name if change.recorded_by.kind == "person" else ""
    if request.method != "POST":
        record_look(request.me, "told", [person.pk], at=request.at)

    def act(note: Notes, given: Any) -> None:
        answer_change(note, change=change, answer=given["answer"], checked=bool(reader))
        if given["rate_again"]:
            _rate_again(note, request, person)
        _tell(note, change, given["answer"])

    return answer_form(
        request,
        AnswerForm(request.POST if request.method == "POST" else None, reader=reader, ours=ours),
        act,
        go_to=f"/people/{person.reference}",
        saved=f"Saved. It goes to the messages of {ours}."
        if ours
        else "Saved. They read your answer on their own page.",
        template="inviting/told.html",
        context={"person": person, "change": change, "reader": reader},
    )


def _rate_again(note: Notes, request: Request, person: Person) -> None:
    """What was told makes a look at the rating due today; the colour stays a person's decision.

    Tomorrow where somebody looked today already, for that look uses today up; a sooner day that is planned stays.
    """
    today = local_day(request.at)
    for entry in RegisterEntry.objects.visible_to(request.me).filter(person=person, removed_on=None):
        looks = Rating.objects.filter(entry=entry, standing=Rating.Standing.DECIDED).order_by("-rated_at", "-pk")
        looked = looks.values_list("rated_at", flat=True).first()
        on = today + timedelta(days=1) if looked and local_day(looked) >= today else today
        planned = entry.review_planned_on
        if planned is None or planned > on or is_used_up(planned, looked or NEVER_LOOKED):
            plan_review(note, entry=entry, on=on, by=request.me)


def _tell(note: Notes, change: PostedChange, answer: str) -> None:
    """Also in their letters; the message is theirs alone, so it names no person to the rest of the service."""
    queue_message(
        note,
        icb_id=change.recorded_icb_id,
        kind="told_answered",
        subject="We looked at what you told us",
        body=answer,
        to_actor_id=change.recorded_by_id,
        ways=ways_to(change.recorded_by_id),
        once=f"told:{change.pk}",
    )
