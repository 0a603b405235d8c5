"""Writing down an agency's no, and what became of it."""

from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.actions.access import list_writable
from alongside.features.actions.queries import find_action
from alongside.features.escalation import queries, text
from alongside.features.escalation.access import FOLLOWS, READS
from alongside.features.escalation.following import agency_of
from alongside.features.escalation.forms import RefusalForm, SettleForm
from alongside.features.escalation.models import Refusal
from alongside.features.escalation.refusals import No, move_next_step, record_refusal, settle_refusal
from alongside.features.escalation.views import data_of, readable, today_of, writable
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes


@for_roles(*FOLLOWS)
def add(request: Request, reference: str) -> HttpResponse:
    """A no; `?action=` begins with the agreed action that was refused, `?agency=` with whose no it is."""
    me, reach, today = request.me, writable(request, reference), today_of(request)
    person = reach.person
    number = request.GET.get("action", "")
    action = find_action(me, person, int(number)) if number.isdecimal() and len(number) < 18 else None
    begin: dict[str, Any] = {"said_on": today, "agency": request.GET.get("agency", "")}
    if action is not None:
        begin |= {"asked_for": action.what[:300], "topic": action.topic, "organisation": action.place_name}
        begin |= {"agency": agency_of(action.topic), "criterion": action.because, "who": action.owner.name}
    form = RefusalForm(data_of(request), topics=list_writable(me, reach), today=today, initial=begin)

    def act(note: Notes, given: Any) -> None:
        same = ("agency", "asked_for", "criterion", "said_on", "then_what", "then_on", "who", "seen", "alternative")
        no = No(
            topic=int(given["topic"]),
            place=given["organisation"],
            organisation=given["found"],
            action_number=action.number if action else None,
            told=not given["untold"],
            **{name: given[name] for name in same},
        )
        record_refusal(note, by=me, person=person, no=no)

    record_look(me, "write down a refusal", [person.pk], at=request.at)
    return answer_form(
        request, form, act, go_to=f"/people/{person.reference}/escalations", saved=text.REFUSAL_SAVED,
        template="escalation/refuse.html", context={"person": person, "title": "Write down a no"},
    )  # fmt: skip


@for_roles(*READS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One no: what was said, and what became of it or comes next."""
    reach = readable(request, reference)
    refusal: Refusal | None = queries.find_refusal(request.me, reach.person, number)
    if refusal is None:
        raise Http404
    found, today = refusal, today_of(request)
    begin = {"then_what": refusal.then_what, "then_on": max(refusal.then_on, today), "settled": ""}
    form = SettleForm(data_of(request), initial=begin, today=today)

    def act(note: Notes, given: Any) -> None:
        if given["settled"]:
            settle_refusal(note, by=request.me, refusal=found, settled=given["settled"], words=given["words"])
        else:
            move_next_step(note, by=request.me, refusal=found, then_what=given["then_what"], then_on=given["then_on"])

    record_look(request.me, "refusal", [reach.person.pk], at=request.at)
    context = {
        "person": reach.person,
        "refusal": refusal,
        "writes": reach.writes and request.me.holds(*FOLLOWS) and not refusal.settled,
        "today": today,
    }
    return answer_form(
        request, form, act, go_to=f"/people/{reach.person.reference}/escalations", saved=text.SAVED,
        template="escalation/refusal.html", context=context,
    )  # fmt: skip
