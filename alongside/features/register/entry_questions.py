"""Questions of entry: a tool that gives no colour and may open keyworking. Called inside `recording()`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Subquery

from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.features.register.access import check_may_run_register
from alongside.features.register.models import EntryAnswers, Rating, RegisterEntry
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.ratings import Tool, suggest

#: The tool is for everybody else. Source: needs, section 2, tool 9 (Norfolk).
RATED_ALREADY = ("red", "amber", "blue")


def find_entry_answers(me: Me, person: Person) -> EntryAnswers | None:
    """The newest answers, which count."""
    rows = EntryAnswers.objects.visible_to(me).filter(person=person, superseded_by=None)
    return rows.select_related("recorded_by").order_by("pk").last()


def why_not_asked(me: Me, person: Person) -> str:
    """Why these questions are not for them now, in a sentence; empty when they are."""
    decided = Rating.objects.filter(entry=OuterRef("pk"), standing=Rating.Standing.DECIDED)
    newest = decided.order_by("-rated_at", "-id").values("colour")[:1]
    entries = RegisterEntry.objects.visible_to(me).filter(person=person, removed_on=None)
    colours = list(entries.annotate(colour=Subquery(newest)).values_list("colour", flat=True))
    if not colours:
        return "These questions are for people on the register. Put them on the register first."
    if rated := next((colour for colour in colours if colour in RATED_ALREADY), ""):
        return f"These questions are for people who are not rated red, amber or blue. They are rated {rated}."
    return ""


def answer_entry_questions(
    note: Notes,
    *,
    person: Person,
    tool: Tool,
    answers: Mapping[str, Any],
    opens_keyworking: bool,
    because: str,
    by: Me,
    newest: int | None,
) -> EntryAnswers:
    """Keeps the answers, what the tool suggests from them, and what a named person decides.

    newest: the answers that the form was filled in after. `person` is locked by the caller. Raises NotNow when the
    questions are not for them, when somebody answered since, for no answer at all, or when a decision that differs
    from the suggestion has no reason.
    """
    check_may_run_register(by, person.icb_id)
    if sentence := why_not_asked(by, person):
        raise NotNow("not_asked", sentence)
    before = find_entry_answers(by, person)
    if (before.pk if before else None) != newest:
        raise NotNow("changed_since", "Somebody answered these questions while you did. What you chose is below.")
    if not answers:
        raise NotNow("no_answers", "Answer at least one of the questions.")
    suggested = suggest(tool, answers).value or ""
    if bool(suggested) != opens_keyworking and not because:
        raise NotNow("override", "Say why your decision differs from what the answers suggest.")
    yes = sum(answer is True for answer in answers.values())
    decided = "keyworking is open to them" if opens_keyworking else "they do not come into keyworking by them"
    return record_fact(
        note,
        EntryAnswers,
        person=person,
        topic=Topic.REGISTER,
        words=f"{tool.title}: {yes} of {len(tool.items)} answered yes; {decided}.",
        code="entry_questions.answered",
        tool=tool.key,
        tool_version=tool.version,
        answers=dict(answers),
        suggested=suggested,
        opens_keyworking=opens_keyworking,
        because=because,
    )
