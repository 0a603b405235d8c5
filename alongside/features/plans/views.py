"""The plan as it was shared: three faces, what changed, who agrees; on screen and on paper."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.actions import text as action_text
from alongside.features.actions.queries import list_of_plan
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach, reach_person
from alongside.features.plans import queries, showing, text
from alongside.features.plans.access import READS, WRITES, may_approve
from alongside.features.plans.models import PlanPart, PlanVersion
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.documents.letters import as_pdf
from alongside.foundation.recording.looks import record_look
from alongside.policy.plans import PARTS


@dataclass(frozen=True, slots=True)
class Shared:
    """A person's plan as one reader sees it. `version` None: nothing is shared yet, or not on their topics."""

    reach: Reach
    versions: list[PlanVersion]
    version: PlanVersion | None
    parts: dict[str, PlanPart]

    @property
    def until_here(self) -> list[int]:
        """The version that is read and those before it: what was agreed in them stands until it is over."""
        return [one.pk for one in self.versions if self.version and one.pk <= self.version.pk]

    @property
    def person(self) -> Person:
        return self.reach.person


def name_of(person: Person) -> str:
    return person.preferred_name or person.given_name or "them"


def reach_plan(request: Request, reference: str) -> Reach:
    """The person, if whoever asks reaches them and reads anything that a plan is about. 404 otherwise."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    return reach


def writes_plans(request: Request, reach: Reach) -> bool:
    return reach.writes and request.me.holds(*WRITES)


def read_shared(request: Request, reference: str) -> Shared:
    """The version that was asked for, else the newest. 404 for a version that this reader does not see."""
    reach = reach_plan(request, reference)
    versions = queries.list_versions(request.me, reach.person)
    asked = request.GET.get("version", "")
    version = versions[0] if versions else None
    if asked:
        version = next((one for one in versions if str(one.number) == asked), None)
        if version is None:
            raise Http404
    parts = queries.parts_of(request.me, version) if version else queries.latest_parts(request.me, reach.person)
    return Shared(reach, versions, version, parts)


def face_asked(request: Request) -> str:
    asked = request.GET.get("face", "")
    return asked if asked in text.FACES else "full"


@for_roles(*READS)
@require_safe
def plan(request: Request, reference: str) -> HttpResponse:
    """Reads the plan; whoever writes it sees the draft and what waits as well."""
    shared = read_shared(request, reference)
    person, face = shared.person, face_asked(request)
    writes = writes_plans(request, shared.reach)
    proposal = queries.open_proposal(request.me, person) if writes else None
    record_look(request.me, "plan", [person.pk], at=request.at)
    today = request.at.astimezone(LONDON).date()
    changed = {key: how for key, how in shared.version.changed} if shared.version else {}
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "name": name_of(person),
        "today": today,
        "version": shared.version,
        "versions": shared.versions,
        "newest": not shared.versions or shared.version == shared.versions[0],
        "face": face,
        "faces": text.FACES,
        "parts": shown(shared, face, changed if shared.version and shared.version.number > 1 else {}),
        "left_out": len(PARTS) - len(shared.parts) if shared.parts else 0,
        "answers": queries.answers_to(request.me, shared.version) if shared.version else [],
        "answer_tag": text.ANSWER_TAG,
        "goals": queries.list_goals(request.me, person),
        "proposal": proposal,
        "state_tag": text.STATE_TAG,
        "writes": writes,
        "may_approve": proposal is not None and may_approve(request.me, person.icb_id, proposal.recorded_by_id),
        "own_proposal": proposal is not None and proposal.recorded_by_id == request.me.id,
        "actions": list_of_plan(request.me, person, shared.until_here),
        "action_text": action_text,
        "assessed": queries.assessed(request.me, person, today) if writes else None,
    }
    return render(request, "plans/plan.html", context)


def shown(shared: Shared, face: str, changed: dict[str, str]) -> list[dict[str, Any]]:
    faces = {kind: row.face for kind, row in shared.parts.items()}
    return showing.shown_parts(faces, face, own=False, name=name_of(shared.person), changed=changed)


@for_roles(*READS)
@require_safe
def plan_pdf(request: Request, reference: str) -> HttpResponse:
    """The same face on paper, tagged."""
    shared = read_shared(request, reference)
    if not shared.parts:
        raise Http404
    face = face_asked(request)
    record_look(request.me, "plan on paper", [shared.person.pk], at=request.at)
    return pdf_of(
        shown(shared, face, {}),
        title=f"The plan of {name_of(shared.person)}",
        sender=shared.person.icb.name,
        version=shared.version,
        on=request.at.astimezone(LONDON).date(),
        easy=face == "easy",
    )


def pdf_of(
    parts: list[dict[str, Any]], *, title: str, sender: str, version: PlanVersion | None, on: Any, easy: bool
) -> HttpResponse:
    head = "These are the parts of the plan that are open to you."
    if version:
        shared_on = version.recorded_at.astimezone(LONDON)
        head = f"Version {version.number}, shared on {shared_on.day} {shared_on:%B %Y}."
    letter = showing.as_letter(parts, title=title, sender=sender, on=on, easy=easy, head=head)
    return HttpResponse(
        as_pdf(letter),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="plan.pdf"', "Cache-Control": "no-store"},
    )
