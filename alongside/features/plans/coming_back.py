"""Somebody comes back: their last plan is opened as a draft, with a mark on each part, and shared by nobody yet.

What was so then may not be so now. A part keeps its mark until somebody changes it or saves it as it stands; what
nobody has gone through is said to whoever sends the plan and to whoever approves it, and stops neither.
"""

from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.plans.drafting import EMPTY
from alongside.features.plans.models import TOPIC_OF, DraftPart, PlanPart, PlanProposal, PlanVersion
from alongside.foundation.access import context
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words, local_day

#: What is noted when somebody comes back to keyworking.
CAME_BACK = "keyworking.came_back"


def copy_after_return(notes: Notes) -> None:
    """In the transaction in which somebody comes back. For `config/wiring.py`."""
    back = [event.person_id for event in notes.events if event.code == CAME_BACK and event.person_id]
    for number in back:
        copy_forward(notes, person=Person.objects.get(pk=number))


def copy_forward(note: Notes, *, person: Person) -> PlanVersion | None:
    """Opens a draft from the newest shared version, which is given back; None where nothing was to be copied.

    Every part is copied, whoever asks: each is read on its own topic, as before. Words that were begun since stay as
    they are, and a plan that waits for approval is decided on first.
    """
    with context.as_engine():
        last = PlanVersion.objects.filter(about(person), superseded_by=None).order_by("-pk").first()
        if last is None or PlanProposal.objects.filter(person=person, state=PlanProposal.State.WAITING).exists():
            return None
        begun = DraftPart.objects.filter(person=person).values("kind")
        parts = [part for part in PlanPart.objects.filter(version=last).exclude(kind__in=begun) if part.face]
        DraftPart.objects.bulk_create(_copy(note, person, part) for part in parts)
    if not parts:
        return None
    shared = day_in_words(local_day(last.recorded_at))
    words = f"Their plan of {shared} was opened again, to be gone through with them."
    note.of("plan.copied_forward", last, words=words, person_id=person.pk, icb_id=person.icb_id)
    return last


def _copy(note: Notes, person: Person, part: PlanPart) -> DraftPart:
    return DraftPart(
        person=person,
        kind=part.kind,
        topic=TOPIC_OF[part.kind],
        page=f"copied-{part.version_id}",
        saved_at=note.at,
        saved_by_id=note.by.id,
        copied_from_id=part.version_id,
        **{**EMPTY, **part.face},
    )
