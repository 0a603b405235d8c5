"""Sending a plan, approving it, taking it back, and writing down what somebody says to it."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person, Relation
from alongside.features.people.views import writable
from alongside.features.plans import queries, reviewing, showing, text
from alongside.features.plans.access import APPROVES, WRITES, may_approve
from alongside.features.plans.drafting import copied_parts
from alongside.features.plans.forms import AnswerForm, DecideForm, SendForm, TakeBackForm
from alongside.features.plans.models import PlanProposal, Voice
from alongside.features.plans.operations import answer_plan, return_plan, send_plan, share_plan, take_back
from alongside.features.plans.views import name_of
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.plans import PARTS, what_changed


def _plan_url(person: Person) -> str:
    return f"/people/{person.reference}/plan"


@for_roles(*WRITES)
def send(request: Request, reference: str) -> HttpResponse:
    """Sends the draft to a supervisor, with the day of the next look."""
    person = writable(request, reference).person
    today = request.at.astimezone(LONDON).date()
    latest = reviewing.latest_review(person.icb.code, today)
    form = SendForm(
        request.POST if request.method == "POST" else None,
        initial={"review_on": latest.value},
        today=today,
        latest=latest.value,
        because=latest.because,
    )
    record_look(request.me, "plan draft", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: send_plan(
            note,
            person=person,
            review_on=given["review_on"],
            changed_words=given["changed_words"],
            by=request.me,
        ),
        go_to=_plan_url(person),
        saved=text.SENT,
        context={
            "title": "Send the plan for approval",
            "person": person,
            "button": "Send it",
            "about": " ".join([text.BEFORE_SENDING, *not_gone_through(copied_parts(person), name_of(person))]),
        },
    )


def not_gone_through(kinds: Iterable[str], name: str) -> list[str]:
    """A sentence that names the parts that stand as an earlier plan said them; none where there are none."""
    titles = [showing.title_of(PARTS[kind], own=False, name=name) for kind in kinds if kind in PARTS]
    return [text.NOT_GONE_THROUGH.format(titles="; ".join(titles))] if titles else []


def _waiting(request: Request, person: Person) -> PlanProposal:
    found = queries.open_proposal(request.me, person)
    if found is None or found.state != PlanProposal.State.WAITING:
        raise Http404
    return found


@for_roles(*APPROVES)
def approve(request: Request, reference: str) -> HttpResponse:
    """What was sent, part by part, with what changed; then share it or send it back."""
    person = writable(request, reference).person
    proposal = _waiting(request, person)
    form = DecideForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Any) -> None:
        if given["decision"] == "share":
            share_plan(note, proposal=proposal, by=request.me)
        else:
            return_plan(note, proposal=proposal, because=given["because"], by=request.me)

    was = {kind: row.face for kind, row in queries.latest_parts(request.me, person).items()}
    parts = {kind: proposal.parts.get(kind) or {} for kind in PARTS}
    changed = dict(what_changed(was, parts))
    record_look(request.me, "plan to approve", [person.pk], at=request.at)
    returned = request.POST.get("decision") == "return"
    return answer_form(
        request,
        form,
        act,
        go_to=_plan_url(person),
        saved=text.RETURNED if returned else text.SHARED,
        template="plans/approve.html",
        context={
            "person": person,
            "name": name_of(person),
            "proposal": proposal,
            "may_approve": may_approve(request.me, person.icb_id, proposal.recorded_by_id),
            "parts": _faces(parts, name_of(person), changed if was else {}),
            "as_copied": not_gone_through(proposal.as_copied, name_of(person)),
            "gone": [
                showing.title_of(PARTS[k], own=False, name=name_of(person)) for k, h in changed.items() if h == "gone"
            ],
        },
    )


def _faces(parts: dict[str, Any], name: str, changed: dict[str, str]) -> list[dict[str, Any]]:
    """Each part in every face that was written."""
    full = showing.shown_parts(parts, "full", own=False, name=name, changed=changed)
    easy = {one["key"]: one["easy"] for one in showing.shown_parts(parts, "easy", own=False, name=name)}
    return [one | {"plain": parts[one["key"]].get("plain", ""), "lines": easy[one["key"]]} for one in full]


@for_roles(*WRITES)
def back(request: Request, reference: str) -> HttpResponse:
    """Takes back what one sent, before it is decided on."""
    person = writable(request, reference).person
    proposal = _waiting(request, person)
    if proposal.recorded_by_id != request.me.id:
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    record_look(request.me, "plan draft", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: take_back(note, proposal=proposal),
        go_to=f"{_plan_url(person)}/draft",
        saved=text.TAKEN_BACK,
        context={
            "title": "Take the plan back",
            "person": person,
            "button": "Take it back",
            "about": "Nobody decides on it then. The draft is still there, as you left it.",
        },
    )


@for_roles(*WRITES)
def answer(request: Request, reference: str) -> HttpResponse:
    """What somebody of the family said, on paper or aloud, written down in their words."""
    person = writable(request, reference).person
    version = queries.latest_version(request.me, person)
    if version is None:
        raise Http404
    relations = list(
        Relation.objects.visible_to(request.me).filter(person=person, superseded_by=None, to_date=None).order_by("pk")
    )
    people = [("0", name_of(person)), *((str(one.pk), f"{one.name}, {one.relationship}") for one in relations)]
    form = AnswerForm(request.POST if request.method == "POST" else None, people=people)
    record_look(request.me, "plan", [person.pk], at=request.at)

    def act(note: Notes, given: Any) -> None:
        relation = next((one for one in relations if str(one.pk) == given["whose"]), None)
        answer_plan(
            note,
            version=version,
            voice=Voice.FAMILY if relation else Voice.YOUNG_PERSON,
            name=relation.name if relation else name_of(person),
            relation=relation,
            answer=given["answer"],
            said=given["said"],
            how=given["how"],
            parts_read=list(PARTS),
        )

    return answer_form(
        request,
        form,
        act,
        go_to=_plan_url(person),
        saved=text.ANSWERED,
        context={
            "title": "What somebody said about the plan",
            "person": person,
            "about": f"Version {version.number}. A disagreement stops nothing and is not taken away: it stands beside "
            "the plan, and somebody talks with them about it.",
        },
    )
