"""Recording that a stay began or ended. The rating follows in the same act."""

from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from alongside.features.hospital import text
from alongside.features.hospital.discharge.leaving import left_of
from alongside.features.hospital.discharge.queries import list_unmet
from alongside.features.hospital.forms import AdmissionForm, DischargeForm, moment_of
from alongside.features.hospital.inpatient.recording import lock_stay
from alongside.features.hospital.inpatient.views import workable
from alongside.features.hospital.models import Stay, WardStay
from alongside.features.hospital.operations import admit, discharge, find_place_of_safety
from alongside.features.people.changing import answer_form
from alongside.features.people.views import CHANGES, writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day

KEPT = ("kind", "place_name", "ward_type", "legal_status", "security", "adult_ward", "intended_days", "reason")


@for_roles(*CHANGES)
def record_admission(request: Request, reference: str) -> HttpResponse:
    """A stay in a hospital, secure or residential place begins."""
    person = writable(request, reference).person
    today = request.at.astimezone(LONDON).date()
    given = request.POST if request.method == "POST" else None
    form = AdmissionForm(given, initial={"kind": Stay.Kind.HOSPITAL, "on": today}, today=today)
    safe = find_place_of_safety(person)

    def act(note: Notes, cleaned: Any) -> None:
        admitted_at = moment_of(cleaned["on"], cleaned["at"], note.at)
        if safe and cleaned["at"] is None and local_day(admitted_at) == local_day(safe.admitted_at):
            admitted_at = max(admitted_at, safe.admitted_at)
        admit(note, person=person, admitted_at=admitted_at, **{name: cleaned[name] for name in KEPT})

    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}",
        saved=text.SAVED["admitted"],
        context={
            "title": "Record an admission",
            "person": person,
            "about": "In a mental health hospital the rating becomes blue at once.",
            "warning": text.OUT_OF_SAFETY.format(place=safe.place_name, at=moment(safe.admitted_at)) if safe else "",
            "button": "Save the admission",
        },
    )


@for_roles(*CHANGES)
def record_discharge(request: Request, stay_id: int) -> HttpResponse:
    """A stay ends."""
    stay = workable(request, stay_id)
    today = request.at.astimezone(LONDON).date()
    given = request.POST if request.method == "POST" else None
    unmet = [(one.row.pk, one.action.what) for one in list_unmet(stay)]
    in_hospital = stay.kind == Stay.Kind.HOSPITAL
    form = DischargeForm(given, initial={"on": today}, today=today, unmet=unmet, from_hospital=in_hospital)

    def act(note: Notes, cleaned: Any) -> None:
        locked = lock_stay(request.me, stay.pk)
        left_at = moment_of(cleaned["on"], cleaned["at"], note.at)
        if cleaned["at"] is None and left_at < locked.admitted_at and left_at.date() == locked.admitted_at.date():
            left_at = locked.admitted_at
        discharge(
            note,
            stay=locked,
            discharged_at=left_at,
            destination=cleaned["destination"],
            closure=cleaned["closure"],
            ends_because=cleaned.get("ends_because", ""),
            left=left_of(unmet, cleaned),
        )

    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{stay.person.reference}",
        saved=text.SAVED["discharged"],
        context={
            "title": "Record a discharge",
            "person": stay.person,
            "about": f"From {stay.place_name}. After a mental health hospital the rating becomes red at once.",
            "warning": _leads_to_the_move(stay, form) if form.is_transfer else "",
            "button": "Save the discharge",
        },
    )


def _leads_to_the_move(stay: Stay, form: DischargeForm) -> SafeString:
    """Where a transfer is written down, with the day and the time that were typed here."""
    begin = {name: form.data.get(name, "") for name in ("on-day", "on-month", "on-year", "at")}
    return format_html(
        'A transfer is no discharge. <a class="nhsuk-link" href="/hospital/stays/{}/move?{}">Write down the move to '
        "the other hospital</a>: the stay, its reviews and its clocks go on.",
        stay.pk,
        urlencode({"move": WardStay.Move.TRANSFER.value} | {name: value for name, value in begin.items() if value}),
    )
