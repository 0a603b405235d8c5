"""What is decided about one person in a meeting, and corrections of it. Each is called inside `recording()`.

No event of these reaches the family door: what was decided is told to a family by a person, in plain words.
"""

from typing import Any

from alongside.features.people.models.person import RetentionClass
from alongside.features.register.meetings.access import check_runs
from alongside.features.register.meetings.lifecycle import check_nobody_decided, check_possible
from alongside.features.register.meetings.models import AgendaItem, MeetingAddendum, MeetingDecision
from alongside.features.register.models import Rating
from alongside.foundation.access.me import Me
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.decision import Decision


def find_decision(item: AgendaItem) -> MeetingDecision | None:
    """What stands about this person in this meeting."""
    return MeetingDecision.objects.filter(item=item, superseded_by=None).first()


def _stamp(note: Notes, item: AgendaItem) -> dict[str, Any]:
    return {
        "item": item,
        "person_id": item.person_id,
        "topic": Topic.REGISTER,
        "recorded_icb_id": item.recorded_icb_id,
        "recorded_by_id": note.by.id,
        "recorded_at": note.at,
        "happened_at": note.at,
        "retention_class": RetentionClass.REGISTER,
    }


def decide(
    note: Notes,
    *,
    item: AgendaItem,
    decided: str,
    dissent: str,
    present: list[int],
    quorum: Decision,
    rating: Rating | None,
    seen: int,
    by: Me,
) -> MeetingDecision:
    """Writes down what was decided; again during the meeting is a correction of it. The item is locked by the caller.

    seen: the decision that the writer read, 0 for none. quorum: what `policy.meetings.quorum` says of who was there.
    Raises NotNow where somebody decided meanwhile.
    """
    check_runs(by, item.meeting)
    check_possible(item.meeting, "decide")
    standing = find_decision(item)
    check_nobody_decided(standing, seen)
    made = MeetingDecision.objects.create(
        **_stamp(note, item),
        decided=decided,
        dissent=dissent,
        present=present,
        quorate=quorum.value,
        quorum=quorum.because,
        # A rating that was given in this meeting stays with what was decided.
        rating=rating or (standing.rating if standing else None),
        supersedes=standing,
    )
    words = "A decision of the register meeting was corrected." if standing else "The register meeting decided."
    note.of("meeting.decided", made, words=words, untold=True)
    if item.state != AgendaItem.State.DISCUSSED:
        item.state = AgendaItem.State.DISCUSSED
        item.save(update_fields=["state"])
    return made


def correct_minutes(note: Notes, *, item: AgendaItem, said: str, by: Me) -> MeetingAddendum:
    """After the meeting nothing in the minutes changes: what was wrong or missing is written below, with a name."""
    check_runs(by, item.meeting)
    check_possible(item.meeting, "correct")
    made = MeetingAddendum.objects.create(**_stamp(note, item), said=said)
    note.of("meeting.corrected", made, words="The minutes of the register meeting were corrected.", untold=True)
    return made
