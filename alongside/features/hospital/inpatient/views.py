"""Forms about one stay: each saves one thing and goes back to the stay."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.html import format_html

from alongside.features.hospital.forms import moment_of
from alongside.features.hospital.inpatient import forms, living, text, wards
from alongside.features.hospital.inpatient.queries import find_stay, newest_admission
from alongside.features.hospital.inpatient.recording import lock_stay
from alongside.features.hospital.models import Segregation, Stay, StayLeave, WardStay
from alongside.features.people.changing import answer_form
from alongside.features.people.views import CHANGES, writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import OnceForm, TypedDate
from alongside.foundation.nhsuk.forms.dates import PARTS
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

Act = Callable[[Notes, Stay, dict[str, Any]], Any]
PLACED = ("ward_name", "ward_type", "security", "adult_ward", "unit_rating", "rated_on", "distance_km", "out_of_area",
          "commissioner")  # fmt: skip


def workable(request: Request, stay_id: int) -> Stay:
    """The stay, when it may be changed. 404 outside scope, 403 where it may only be read."""
    stay = find_stay(request.me, stay_id)
    if stay is None:
        raise Http404
    writable(request, stay.person.reference)
    return stay


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def moment_in(stay: Stay, on: date, at: time | None, now: datetime) -> datetime:
    """A day without a time is midday, but not before the stay began on that day, nor after it ended on it."""
    found = moment_of(on, at, now)
    if at is None and found < stay.admitted_at and stay.admitted_at.astimezone(LONDON).date() == on:
        return stay.admitted_at
    left = stay.discharged_at
    return left if at is None and left and found > left and left.astimezone(LONDON).date() == on else found


def page_of(stay: Stay) -> str:
    return f"/hospital/stays/{stay.pk}"


def ask(
    request: Request, stay: Stay, form: OnceForm, act: Act, *, title: str, saved: str, about: str = "", **more: Any
) -> HttpResponse:
    """One form about one stay; the look at it is recorded."""
    record_look(request.me, "stay", [stay.person_id], at=request.at)

    def do(note: Notes, given: Any) -> None:
        act(note, lock_stay(request.me, stay.pk), {k: v for k, v in given.items() if k != "submission"})

    return answer_form(
        request,
        form,
        do,
        go_to=more.pop("go_to", page_of(stay)),
        saved=saved,
        template="inpatient/form.html",
        context={"title": title, "person": stay.person, "stay": stay, "about": about, **more},
    )


def _timed(note: Notes, stay: Stay, given: dict[str, Any]) -> dict[str, Any]:
    """The answers with `at` as a moment in place of the day and the time."""
    return given | {"at": moment_in(stay, given.pop("on"), given.pop("at"), note.at)}


@for_roles(*CHANGES)
def move(request: Request, stay_id: int) -> HttpResponse:
    """Another ward or another hospital: the same stay goes on."""
    stay = workable(request, stay_id)

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        given = _timed(note, locked, given)
        wards.move_ward(note, stay=locked, from_at=given.pop("at"), **given)

    begin = {"on": today_of(request), "unit": "km", "out_of_area": "unknown"} | _begun(request)
    form = forms.MoveForm(data_of(request), initial=begin, today=today_of(request), kind=stay.kind)
    about = f"They are in {stay.place_name}. The stay goes on with the same clocks."
    title, saved = "Moved to another ward or hospital", text.SAVED["moved"]
    if stay.kind == Stay.Kind.PLACE_OF_SAFETY:
        title = "Moved within the place of safety"
        about = format_html(
            "They are in a place of safety, {}. From there into a hospital is an admission, not a move: <a "
            'class="nhsuk-link" href="/people/{}/admit">record the admission</a>. It ends the time in the place of '
            "safety at the same moment.",
            stay.place_name,
            stay.person.reference,
        )
    return ask(request, stay, form, act, title=title, saved=saved, about=about)


def _begun(request: Request) -> dict[str, Any]:
    """What was typed of it on the form of a discharge, which leads here."""
    asked = request.GET
    begun: dict[str, Any] = {name: asked[name] for name in ("move", "at") if asked.get(name)}
    if any(asked.get(f"on-{part}") for part in PARTS):
        begun["on"] = TypedDate(*(asked.get(f"on-{part}", "")[:10] for part in PARTS))
    return begun


@for_roles(*CHANGES)
def ward(request: Request, stay_id: int, ward_id: int) -> HttpResponse:
    """What is written down of a ward, put right."""
    stay = workable(request, stay_id)
    row = WardStay.objects.visible_to(request.me).filter(pk=ward_id, stay=stay, superseded_by=None).first()
    if row is None:
        raise Http404

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        wards.correct_ward(note, ward=WardStay.objects.select_related("stay").get(pk=row.pk), **given)

    begin = {name: getattr(row, name) for name in (*PLACED, "place_name") if name != "distance_km"}
    begin |= {"distance": row.distance_km, "unit": "km"}
    form = forms.WardForm(data_of(request), initial=begin, today=today_of(request))
    return ask(request, stay, form, act, title="About this ward", saved=text.SAVED["ward"])


@for_roles(*CHANGES)
def first_ward(request: Request, stay_id: int) -> HttpResponse:
    """The ward of an admission of which no ward was written down yet."""
    stay = workable(request, stay_id)

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        wards.describe_first_ward(note, stay=locked, **given)

    begin: dict[str, Any] = {"place_name": stay.place_name, "ward_name": stay.ward_type, "security": stay.security}
    begin |= {"adult_ward": stay.adult_ward, "unit": "km", "out_of_area": "unknown"}
    form = forms.WardForm(data_of(request), initial=begin, today=today_of(request))
    return ask(request, stay, form, act, title="About this ward", saved=text.SAVED["ward"])


@for_roles(*CHANGES)
def admission(request: Request, stay_id: int) -> HttpResponse:
    """Everything that is known of the admission."""
    stay = workable(request, stay_id)
    known = newest_admission(stay)
    names = [name for name in forms.AdmissionDetailsForm.base_fields if name not in ("seen", "submission")]
    begin: dict[str, Any] = {"reason": stay.reason, "intended_days": stay.intended_days}
    begin |= {"registered_before": {True: "yes", False: "no", None: "unknown"}[stay.registered_before]}
    begin |= {name: "unknown" for name in ("review_before", "diagnosed", "admission_kind", "ehc_plan", "advocate")}
    if known:
        begin = {name: getattr(known, name) for name in names}
    begin["seen"] = known.pk if known else 0
    form = forms.AdmissionDetailsForm(data_of(request), initial=begin, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        seen = given.pop("seen") or 0
        wards.record_admission_details(note, stay=locked, seen=seen, **given)

    about = "What nobody knows is left at ‘not known’. A change keeps what stood here before."
    return ask(request, stay, form, act, title="About the admission", saved=text.SAVED["admission"], about=about)


@for_roles(*CHANGES)
def dates(request: Request, stay_id: int) -> HttpResponse:
    """When the stay began and ended, put right."""
    stay = workable(request, stay_id)
    begin = _day_and_time("admitted", stay.admitted_at) | _day_and_time("discharged", stay.discharged_at)
    form = forms.DatesForm(data_of(request), initial=begin, today=today_of(request))
    if stay.discharged_at is None:
        del form.fields["discharged_on"], form.fields["discharged_time"]

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        left = given.get("discharged_on")
        wards.correct_dates(
            note,
            stay=locked,
            admitted_at=moment_of(given["admitted_on"], given["admitted_time"], note.at),
            discharged_at=moment_of(left, given["discharged_time"], note.at) if left else None,
            because=given["because"],
        )

    return ask(request, stay, form, act, title="Put the dates right", saved=text.SAVED["dates"])


def _day_and_time(name: str, at: datetime | None) -> dict[str, Any]:
    local = at.astimezone(LONDON) if at else None
    return {f"{name}_on": local.date(), f"{name}_time": f"{local:%H:%M}"} if local else {}


@for_roles(*CHANGES)
def legal(request: Request, stay_id: int) -> HttpResponse:
    """The law they are under from a moment on."""
    stay = workable(request, stay_id)
    form = forms.LegalForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        given = _timed(note, locked, given)
        wards.change_legal_status(note, stay=locked, code=given["code"], from_at=given["at"])

    return ask(request, stay, form, act, title="Under which section?", saved=text.SAVED["legal"])


@for_roles(*CHANGES)
def leave(request: Request, stay_id: int) -> HttpResponse:
    """They leave the ward for a time."""
    stay = workable(request, stay_id)
    form = forms.LeaveForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        back_on, back_at = given.pop("back_on"), given.pop("back_time")
        back = datetime.combine(back_on, back_at or time(23, 59), LONDON) if back_on else None
        given = _timed(note, locked, given)
        living.begin_leave(note, stay=locked, from_at=given.pop("at"), back_by=back, **given)

    return ask(request, stay, form, act, title="Leave from the ward", saved=text.SAVED["leave"])


@for_roles(*CHANGES)
def back(request: Request, stay_id: int, leave_id: int) -> HttpResponse:
    """They are back from leave."""
    stay = workable(request, stay_id)
    row = StayLeave.objects.visible_to(request.me).filter(pk=leave_id, stay=stay, superseded_by=None).first()
    if row is None:
        raise Http404
    form = forms.BackForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        current = StayLeave.objects.get(pk=row.pk)
        at = moment_of(given["on"], given["at"], note.at)
        if given["at"] is None and at < current.from_at and current.from_at.astimezone(LONDON).date() == given["on"]:
            at = current.from_at
        living.end_leave(note, leave=current, at=at, how_it_was=given["how_it_was"])

    return ask(request, stay, form, act, title="Back on the ward", saved=text.SAVED["back"])


@for_roles(*CHANGES)
def incident(request: Request, stay_id: int) -> HttpResponse:
    """Something that happened on the ward."""
    stay = workable(request, stay_id)
    begin = {"on": today_of(request), "times": 1, "family_told": "unknown"}
    form = forms.IncidentForm(data_of(request), initial=begin, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        given = _timed(note, locked, given)
        given["times"] = given["times"] or 1
        given["severity"] = int(given["severity"]) if given["severity"] else None
        living.record_incident(note, stay=locked, **given)

    about = "If somebody may be in danger, ring the council’s safeguarding team now, and write it down afterwards."
    title, saved = "Something happened on the ward", text.SAVED["incident"]
    return ask(request, stay, form, act, title=title, saved=saved, about=about)


@for_roles(*CHANGES)
def segregate(request: Request, stay_id: int) -> HttpResponse:
    """Long-term segregation begins."""
    stay = workable(request, stay_id)
    form = forms.SegregationForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        given = _timed(note, locked, given)
        living.begin_segregation(note, stay=locked, from_at=given["at"], because=given["because"])

    about = "It is reviewed daily by the clinician, weekly by the team and after 3 months by another hospital."
    return ask(request, stay, form, act, title="Long-term segregation", saved=text.SAVED["segregation"], about=about)


def _segregation(request: Request, stay: Stay, segregation_id: int) -> Segregation:
    found = Segregation.objects.visible_to(request.me).filter(pk=segregation_id, stay=stay, superseded_by=None).first()
    if found is None:
        raise Http404
    return found


@for_roles(*CHANGES)
def look(request: Request, stay_id: int, segregation_id: int) -> HttpResponse:
    """A review of a segregation."""
    stay = workable(request, stay_id)
    row = _segregation(request, stay, segregation_id)
    form = forms.LookForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        current = Segregation.objects.select_related("stay__person").get(pk=row.pk)
        given = _timed(note, locked, given)
        living.look_at_segregation(note, segregation=current, **given)

    return ask(request, stay, form, act, title="Review of the segregation", saved=text.SAVED["look"])


@for_roles(*CHANGES)
def end_segregation(request: Request, stay_id: int, segregation_id: int) -> HttpResponse:
    """A segregation is over."""
    stay = workable(request, stay_id)
    row = _segregation(request, stay, segregation_id)
    form = forms.EndSegregationForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        current = Segregation.objects.get(pk=row.pk)
        given = _timed(note, locked, given)
        living.end_segregation(note, segregation=current, **given)

    return ask(request, stay, form, act, title="The segregation has ended", saved=text.SAVED["ended"])


@for_roles(*CHANGES)
def lengthen(request: Request, stay_id: int) -> HttpResponse:
    """A doctor lengthened the time in a place of safety."""
    stay = workable(request, stay_id)
    form = forms.LengthenForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        living.extend_place_of_safety(note, stay=locked, **_timed(note, locked, given))

    return ask(request, stay, form, act, title="The time was lengthened", saved=text.SAVED["lengthened"])
