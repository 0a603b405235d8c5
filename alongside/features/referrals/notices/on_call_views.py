"""Who is on call today, what nobody has opened, and the rota that the manager keeps."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.referrals.notices import queries, rota, settling, text
from alongside.features.referrals.notices.forms import CalledForm, OnCallForm, RemoveForm, TakeForm
from alongside.features.referrals.notices.models import OnCall
from alongside.features.referrals.notices.protected import RINGS
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

#: Partners read whom to ring, and nothing of what waits.
OF_THE_SERVICE = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)


@for_roles(*RINGS)
def on_call(request: Request) -> HttpResponse:
    """Today's named people of each area of whoever asks; for the service also what waits, without a name."""
    me, today = request.me, request.at.astimezone(LONDON).date()
    areas = {held.area: held.area_name for held in me.roles if held.role in RINGS}
    ours = [held.area for held in me.roles if held.role in OF_THE_SERVICE]
    found = queries.list_rota(list(areas), today)
    record_look(me, "on call", [], at=request.at)
    context = {
        "areas": [
            {
                "id": number,
                "name": name,
                "today": [one for one in found if one.icb_id == number and one.from_date <= today],
                "later": [one for one in found if one.icb_id == number and one.from_date > today],
                "keeps": me.holds_in(number, Role.MANAGER),
            }
            for number, name in sorted(areas.items(), key=lambda one: one[1])
        ],
        "waiting": queries.list_waiting(me, ours, request.at) if ours else [],
        "opens": me.holds(Role.COORDINATOR),
        "on_duty": {one.icb_id for one in found if one.actor_id == me.id and one.from_date <= today},
        "ours": bool(ours),
        "me": me,
        "today": today,
        "text": text,
    }
    return render(request, "notices/on_call.html", context)


@for_roles(*OF_THE_SERVICE)
def waiting_one(request: Request, number: int) -> HttpResponse:
    """One that nobody had opened, for whoever is on call: what was told and whom to ring, and nothing on record."""
    me = request.me
    notice = queries.find_while_on_call(me, number, request.at)
    if notice is None:
        raise Http404
    record_look(
        me, f"notice {notice.reference}, on call", [notice.person_id] if notice.person_id else [], at=request.at
    )
    given, initial = request.POST if request.method == "POST" else None, {"version": notice.version}
    if notice.taken_at is None:
        return answer_form(
            request,
            TakeForm(given, initial=initial),
            lambda note, given: settling.take_on_call(note, notice=notice, by=me, seen=given["version"]),
            go_to=f"/on-call/waiting/{number}",
            saved=text.SAVED["take_on_call"],
            template="notices/on_call_one.html",
            context={"notice": notice},
        )
    return answer_form(
        request,
        CalledForm(given, initial=initial | {"words": notice.settled_words}),
        lambda note, given: settling.report_call(
            note, notice=notice, words=given["words"], by=me, seen=given["version"]
        ),
        go_to=f"/on-call/waiting/{number}",
        saved=text.SAVED["called"],
        template="notices/on_call_one.html",
        context={"notice": notice},
    )


@for_roles(Role.MANAGER)
def add(request: Request) -> HttpResponse:
    """Names somebody from a day to a day."""
    today = request.at.astimezone(LONDON).date()
    area = next(held.area for held in request.me.roles if held.role == Role.MANAGER)
    form = OnCallForm(
        request.POST if request.method == "POST" else None,
        staff=queries.list_staff(area, today),
        initial={"from_date": today, "to_date": today},
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        rota.add(
            note,
            icb_id=area,
            actor_id=int(given["actor"]),
            phone=given["phone"],
            from_date=given["from_date"],
            to_date=given["to_date"],
            by=request.me,
        )

    return answer_form(
        request,
        form,
        act,
        go_to="/on-call",
        saved="Saved.",
        context={
            "title": "Name somebody on call",
            "person": None,
            "about": "Alerts from A&E lead to them by a text message that says nothing of what it is about, where the "
            "number is a mobile number. Wards and partners read the name and the number.",
        },
    )


@for_roles(Role.MANAGER)
def remove(request: Request, number: int) -> HttpResponse:
    found = OnCall.objects.select_related("actor").filter(pk=number).first()
    if found is None or not request.me.holds_in(found.icb_id, Role.MANAGER):
        raise Http404
    form = RemoveForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Any) -> None:
        rota.remove(note, on_call=found, by=request.me)

    return answer_form(
        request,
        form,
        act,
        go_to="/on-call",
        saved="Taken off the list.",
        context={
            "title": f"Take {found.actor.name} off the on-call list",
            "person": None,
            "about": f"From {day(found.from_date)} to {day(found.to_date)}.",
            "button": "Take them off",
        },
    )
