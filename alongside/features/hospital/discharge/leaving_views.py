"""Where they went, who supports them, whom the family rings, what happens when."""

from typing import Any

from django.http import HttpResponse

from alongside.features.hospital.discharge import queries, text
from alongside.features.hospital.discharge.after_forms import LeavingForm
from alongside.features.hospital.discharge.leaving import write_leaving
from alongside.features.hospital.discharge.reaching import data_of, page_of, stay_of
from alongside.features.people.changing import answer_form
from alongside.features.people.views import CHANGES
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

FIELDS = (
    "closure",
    "where_to",
    "support_by",
    "support_until",
    "ring",
    "ring_phone",
    "week_1",
    "week_2",
    "week_4",
)


@for_roles(*CHANGES)
def write(request: Request, stay_id: int) -> HttpResponse:
    """Writes it down, or changes it."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    stands = queries.newest_leaving(stay)
    begin: dict[str, Any] = (
        {name: getattr(stands, name) for name in FIELDS} if stands else {"where_to": stay.destination}
    )
    form = LeavingForm(data_of(request), initial=begin | {"seen": stands.pk if stands else 0})

    def act(note: Notes, given: Any) -> None:
        write_leaving(note, stay=stay, seen=given["seen"] or 0, **{name: given[name] for name in FIELDS})

    record_look(request.me, "after discharge", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=page_of(stay, "after-discharge"),
        saved=text.SAVED["leaving"],
        context={
            "title": "The weeks after hospital",
            "person": reach.person,
            "about": "All of this but the national value stands on the family’s own page. Write it for them.",
        },
    )
