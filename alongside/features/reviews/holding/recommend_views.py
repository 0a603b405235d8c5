"""One recommendation of a review, new or said again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from alongside.features.actions.access import list_writable
from alongside.features.actions.models import Action
from alongside.features.actions.owners import list_owners, list_places, owner_from
from alongside.features.people.changing import answer_form
from alongside.features.reviews.holding import access, text
from alongside.features.reviews.holding.carrying import current_action, list_carried
from alongside.features.reviews.holding.forms import RecommendForm
from alongside.features.reviews.holding.operations import recommend
from alongside.features.reviews.holding.views import data_of, today_of, writing
from alongside.features.reviews.models import CarriedOver
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


@for_roles(*access.HOLDS)
def recommending(request: Request, reference: str, review_id: int) -> HttpResponse:
    """One recommendation; `?again=` begins with an earlier one, which is then counted as repeated."""
    one = writing(request, reference, review_id)
    carried = list_carried(request.me, one.review)
    if request.method != "POST" and any(not row.answer for row in carried):
        messages.warning(request, text.CARRY_OVER_FIRST)
        return redirect(f"{one.page}/carried")
    me, person, today = request.me, one.person, today_of(request)
    again = _again(request, carried)
    owners, places = list_owners(me, person, today), list_places(me, person)
    form = RecommendForm(
        data_of(request),
        owners=[(choice.value, choice.label) for choice in owners],
        places=[(choice.value, choice.label) for choice in places],
        topics=list_writable(me, one.reach),
        initial=_begin(again),
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        recommend(
            note,
            by=me,
            write_up=one.write_up,
            topic=int(given["topic"]),
            what=given["what"],
            how_known=given["how_known"],
            owner=owner_from(given, owners, places),
            due_on=given["due_on"],
            repeats=again,
            starts_on=given["starts_on"],
        )

    about = f"It was recommended {_times(again.times)} before, last with {again.owner.name}." if again else ""
    return answer_form(
        request,
        form,
        act,
        go_to=one.page,
        saved=text.RECOMMENDED,
        context={
            "title": "Recommend it again" if again else "Recommend something",
            "person": person,
            "about": about,
            "button": "Save and ask the owner",
        },
    )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _again(request: Request, carried: list[CarriedOver]) -> Action | None:
    """The earlier recommendation that is said again: one that this review accounts for."""
    said = request.GET.get("again", "")
    if not (said.isdecimal() and len(said) < 18):
        return None
    row = next((one for one in carried if one.action_number == int(said) and not one.again_number), None)
    if row is None:
        raise Http404
    return current_action(row.action_number)


def _begin(again: Action | None) -> dict[str, Any]:
    if again is None:
        return {"topic": str(int(Topic.REVIEW))}
    begin = {"what": again.what, "how_known": again.how_known, "topic": again.topic}
    return begin | ({} if again.by_link else {"owner": f"actor-{again.owner_id}"})
