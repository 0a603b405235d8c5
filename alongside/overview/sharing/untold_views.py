"""Something that others were told and the family may not know of: looked at again until they may."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.models import LawfulBasis, Share
from alongside.features.people.operations.telling import share_later, tell_of_share
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic
from alongside.overview.sharing import queries, text
from alongside.overview.sharing.forms import NothingAsked
from alongside.overview.sharing.looking_again import answer_later
from alongside.overview.sharing.shares_views import READERS


def _found(number: int) -> Share:
    found = queries.find_share(number)
    if found is None:
        raise Http404
    return found


@for_roles(*READERS)
@require_safe
def one_share(request: Request, number: int) -> HttpResponse:
    """What was told to whom, and whether the family may know."""
    found = _found(number)
    if later := getattr(found, "superseded_by", None):
        return redirect("one_share", number=later.pk)
    record_look(request.me, "share", [found.person_id], at=request.at)
    context = {
        "share": found,
        "about": [Topic(topic).label for topic in found.about_topics],
        "basis": LawfulBasis(found.lawful_basis).label,
    }
    return render(request, "sharing/share.html", context)


@for_roles(*READERS)
def told_now(request: Request, number: int) -> HttpResponse:
    """The family may know of it now."""
    found = _found(number)
    return answer_form(
        request,
        NothingAsked(request.POST if request.method == "POST" else None),
        lambda note, given: tell_of_share(note, share=found),
        go_to="/",
        saved=text.TOLD,
        context={
            "title": f"May the family know that {found.told_to} was told?",
            "person": None,
            "about": "It stands on their own page from now on. Tell them first, if you can.",
            "button": "Let them read it",
        },
    )


@for_roles(*READERS)
def later(request: Request, number: int) -> HttpResponse:
    """It would still not be safe if the family knew."""
    found = _found(number)
    return answer_later(
        request,
        found.recorded_icb.code,
        lambda note, why, on: share_later(note, share=found, why=why, on=on),
        title="It is still not safe if they know",
    )
