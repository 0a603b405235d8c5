"""How it was to have a worker, in each one's voice. Each is called inside `recording()`."""

from typing import Any

from alongside.features.keyworking.models import ExitAnswer
from alongside.features.keyworking.stepping_down import text
from alongside.features.people.models import Person
from alongside.features.people.operations import correct_fact, record_fact
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def record_exit_answer(
    note: Notes, *, person: Person, voice: str, name: str, experience: int | None, hope: int | None, said: str
) -> ExitAnswer:
    """How it was, and how much hope there is, by one voice. A newer answer of theirs counts; none is averaged."""
    if experience is None and hope is None and not said.strip():
        raise NotNow("nothing", text.NOTHING_SAID)
    who = "The young person" if voice == ExitAnswer.Voice.YOUNG_PERSON else "Somebody of the family"
    return record_fact(
        note,
        ExitAnswer,
        person=person,
        topic=Topic.KEYWORKING,
        words=f"{who} said how it was to have a worker.",
        code="exit.answered",
        voice=voice,
        name=name,
        experience=experience,
        hope=hope,
        said=said,
    )


def correct_exit_answer(note: Notes, *, answer: ExitAnswer, **said: Any) -> ExitAnswer:
    """What staff wrote down in somebody's voice was mistyped: a new row in its place; the old one is kept.

    Raises Refused for what somebody said by themselves, NotNow where it was corrected meanwhile or says nothing.
    """
    fresh = ExitAnswer.objects.select_for_update(of=("self",)).select_related("recorded_by").get(pk=answer.pk)
    if fresh.recorded_by.kind == Actor.Kind.FAMILY:
        raise Refused("their_own", text.THEIR_OWN)
    if ExitAnswer.objects.filter(supersedes=fresh).exists():
        raise NotNow("stale", text.STALE)
    if said["experience"] is None and said["hope"] is None and not said["said"].strip():
        raise NotNow("nothing", text.NOTHING_SAID)
    return correct_fact(note, fresh, words="What was said of how it was to have a worker was corrected.", **said)
