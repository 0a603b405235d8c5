"""An NHS number that changes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from alongside.features.people import text as people_text
from alongside.features.people.changing import answer_form
from alongside.features.people.identity.forms import NumberForm
from alongside.features.people.identity.numbers import replace_number, restrict_as_national
from alongside.features.people.identity.views import MATCHES
from alongside.features.people.models import Person
from alongside.features.people.views import writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

SAVED = "Saved. The number before is kept on the record."
Given = Mapping[str, Any]


def _held_here(request: Request, reference: str) -> Person:
    """Somebody held by an area that `me` runs. 404 outside scope, 403 where it is another's to say."""
    person = writable(request, reference).person
    if not request.me.holds_in(person.icb_id, *MATCHES):
        raise PermissionDenied(people_text.MAY_NOT)
    return person


@for_roles(*MATCHES)
def number(request: Request, reference: str) -> HttpResponse:
    """Another NHS number. The one before is kept, and found if the NHS gave the new one in its place."""
    person = _held_here(request, reference)
    form = NumberForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Given) -> None:
        locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if given["nhs_number"] != locked.nhs_number or not given["restricted"]:
            replace_number(note, person=locked, number=given["nhs_number"], why=given["why"])
        if given["restricted"] and not locked.restricted:
            restrict_as_national(note, person=locked, by=request.me)

    if request.method != "POST":
        record_look(request.me, "NHS number", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}",
        saved=SAVED,
        context={"title": "Change the NHS number", "person": person},
    )
