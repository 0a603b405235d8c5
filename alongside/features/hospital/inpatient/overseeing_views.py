"""Who was told about a stay, who visited, and that the keyworker knows."""

from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.hospital.inpatient import forms, overseeing, text
from alongside.features.hospital.inpatient.views import ask, data_of, moment_in, page_of, today_of, workable
from alongside.features.hospital.models import Stay, StayNotice
from alongside.features.people.views import CHANGES
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.recording import Notes
from alongside.policy.in_hospital import BODIES

#: The admission itself may be told to these, though no rule here says when.
OF_ADMISSION = ("council", "education", "host")


@for_roles(*CHANGES)
def tell(request: Request, stay_id: int, kind: str) -> HttpResponse:
    """One body was told. A record with names, not a tick."""
    stay = workable(request, stay_id)
    if kind not in StayNotice.Kind.values:
        raise Http404
    labels = dict(StayNotice.Body.choices)
    bodies = [(body, labels[body]) for body in BODIES.get(kind, dict.fromkeys(OF_ADMISSION))]
    begin = {"on": today_of(request), "told_by": request.me.name}
    form = forms.TellForm(data_of(request), initial=begin, today=today_of(request), bodies=bodies)

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        at = moment_in(locked, given.pop("on"), given.pop("at"), note.at)
        overseeing.tell_body(note, stay=locked, kind=kind, at=at, **given)

    title = f"Who was told? {StayNotice.Kind(kind).label}"
    go_to = f"{page_of(stay)}/follows"
    return ask(request, stay, form, act, title=title, saved=text.SAVED["told"], go_to=go_to)


def _notice(request: Request, stay: Stay, number: int) -> StayNotice:
    row = StayNotice.objects.visible_to(request.me).filter(pk=number, stay=stay, superseded_by=None).first()
    if row is None:
        raise Http404
    return row


@for_roles(*CHANGES)
def reply(request: Request, stay_id: int, notice_id: int) -> HttpResponse:
    """What a body replied."""
    stay = workable(request, stay_id)
    row = _notice(request, stay, notice_id)
    form = forms.ReplyForm(data_of(request), initial={"replied_on": today_of(request)}, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        overseeing.record_reply(note, notice=StayNotice.objects.get(pk=row.pk), **given)

    title = f"Reply of {row.told_whom}"
    go_to = f"{page_of(stay)}/follows"
    return ask(request, stay, form, act, title=title, saved=text.SAVED["replied"], go_to=go_to)


@for_roles(*CHANGES)
def reference(request: Request, stay_id: int, notice_id: int) -> HttpResponse:
    """The reference of a body that was told, where it came later."""
    stay = workable(request, stay_id)
    row = _notice(request, stay, notice_id)
    form = forms.ReferenceForm(data_of(request), today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        overseeing.record_reference(note, notice=StayNotice.objects.get(pk=row.pk), **given)

    title = f"Reference of {row.told_whom}"
    go_to = f"{page_of(stay)}/follows"
    return ask(request, stay, form, act, title=title, saved=text.SAVED["reference"], go_to=go_to)


@for_roles(*CHANGES)
def visit(request: Request, stay_id: int) -> HttpResponse:
    """An oversight visit, with everything that was found."""
    stay = workable(request, stay_id)
    begin = {"on": today_of(request), "by_whom": request.me.name}
    form = forms.VisitForm(data_of(request), initial=begin, today=today_of(request))

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        at = moment_in(locked, given.pop("on"), given.pop("at"), note.at)
        yes = {name: given.pop(name) == "yes" for name in ("face_to_face", "seen_alone")}
        overseeing.record_visit(note, stay=locked, at=at, **yes, **given)

    away = request.POST.get("face_to_face") == "no"
    saved = text.SAVED["visit_away" if away else "visit"]
    about = "Worries about somebody’s safety go to the council’s safeguarding team now, by telephone."
    return ask(request, stay, form, act, title="Visit to the hospital", saved=saved, about=about)
