"""Naming somebody's keyworker."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from alongside.features.keyworking.forms import AllocationForm
from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.queries import list_workers
from alongside.features.people.changing import answer_form
from alongside.features.people.text import MAY_NOT
from alongside.features.people.views import writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes

NAMES = (Role.MANAGER, Role.COORDINATOR)


@for_roles(*NAMES)
def name_keyworker(request: Request, reference: str) -> HttpResponse:
    """Names a keyworker, a co-worker or cover. What they may see of the person follows."""
    person = writable(request, reference).person
    if person.icb_id not in request.me.writes:
        raise PermissionDenied(MAY_NOT)
    today = request.at.astimezone(LONDON).date()
    workers = {str(worker.pk): worker for worker in list_workers(person.icb_id, today)}
    form = AllocationForm(
        request.POST if request.method == "POST" else None,
        initial={"from_date": today, "part": Allocation.Part.DESIGNATED},
        today=today,
        workers=[
            (pk, f"{worker.name}, {worker.post}" if worker.post else worker.name) for pk, worker in workers.items()
        ],
    )

    def act(note: Notes, given: Any) -> None:
        allocate(
            note,
            person=person,
            worker=workers[given["worker"]],
            part=given["part"],
            from_date=given["from_date"],
            because=given["because"],
        )

    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}",
        saved="Saved. They see the record from now on.",
        context={
            "title": "Name a keyworker",
            "person": person,
            "about": "A new keyworker ends the time of the one before. A co-worker or cover may overlap.",
        },
    )
