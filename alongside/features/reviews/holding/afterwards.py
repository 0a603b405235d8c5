"""What follows a report: who got it, what they do with it, how it was, how good it was, and the oversight panel."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.features.people.operations import record_fact
from alongside.features.people.views import midday
from alongside.features.reviews.holding import text
from alongside.features.reviews.holding.access import OVERSEES, check_oversees
from alongside.features.reviews.models import (
    OversightCase,
    OversightPanel,
    QualityScore,
    Recipient,
    Review,
    ReviewFeedback,
)
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words, local_day
from alongside.policy.enquiry import ASKED, PERSONAL


def record_sent(
    note: Notes,
    *,
    review: Review,
    kind: str,
    name: str,
    sent_on: date,
    sent_how: str,
    answers: bool,
    organisation: Organisation | None = None,
) -> Recipient:
    """Somebody was sent the report. answers: whether they say what they do with it."""
    if not name.strip():
        raise NotNow("name", text.NO_SUCH_BODY)
    first = review.reports.order_by("number").first()
    if first is None:
        raise NotNow("no_report", "Issue the report first. Then write down who got it.")
    if sent_on < local_day(first.happened_at) or sent_on > local_day(note.at):
        issued = day_in_words(local_day(first.happened_at))
        raise NotNow("sent_on", f"The report was issued on {issued}. Give that day, or a later one up to today.")
    return record_fact(
        note,
        Recipient,
        person=review.person,
        topic=Topic.REVIEW,
        words=f"The report of the review was sent to {name.strip()}.",
        code="review.sent",
        happened_at=min(midday(sent_on), note.at),
        review=review,
        kind=kind,
        name=name.strip(),
        organisation=organisation,
        sent_on=sent_on,
        sent_how=sent_how.strip(),
        answers=answers,
    )


def record_regard(
    note: Notes, *, recipient: Recipient, regard: str, because: str, on: date, said_by: str = ""
) -> Recipient:
    """What a body does with what was recommended. A reason where it doesn't accept all of it. Source: s.125C."""
    if regard != Recipient.Regard.ACCEPTED and not because.strip():
        raise NotNow("because", "Write the reason that they gave.")
    row = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient.pk)
    if on < row.sent_on or on > local_day(note.at):
        raise NotNow("on", f"It was sent on {day_in_words(row.sent_on)}. Give that day, or a later one up to today.")
    row.regard, row.regard_because, row.regard_on, row.regard_said_by = regard, because.strip(), on, said_by.strip()
    row.save(update_fields=["regard", "regard_because", "regard_on", "regard_said_by"])
    note.of(
        "review.regarded",
        row,
        words=f"{row.name}: {row.get_regard_display()[:1].lower()}{row.get_regard_display()[1:]}.",
    )
    return row


def record_feedback(
    note: Notes, *, review: Review, voice: str, name: str, answers: Mapping[str, str], said: str
) -> ReviewFeedback:
    """How the review was, by one voice. A newer one of theirs counts; none is averaged."""
    given = {key: answers[key] for key in ASKED if answers.get(key)}
    if not given and not said.strip():
        raise NotNow("nothing", "Answer a question, or write something.")
    who = "The young person" if voice == ReviewFeedback.Voice.YOUNG_PERSON else "Somebody of the family"
    return record_fact(
        note,
        ReviewFeedback,
        person=review.person,
        topic=Topic.REVIEW,
        words=f"{who} said how the review was.",
        code="review.feedback",
        review=review,
        voice=voice,
        name=name.strip(),
        answers=given,
        said=said.strip(),
    )


def score_quality(note: Notes, *, review: Review, items: Mapping[str, tuple[str, str]], said: str) -> QualityScore:
    """How far the review met each of the PERSONAL principles. Its score is counted from them: `enquiry.quality_of`."""
    given = {key: list(items[key]) for key in PERSONAL if items.get(key) and items[key][0]}
    if len(given) < len(PERSONAL):
        missing = ", ".join(PERSONAL[key][0] for key in PERSONAL if key not in given)
        raise NotNow("items", f"Say how far each was met. Missing: {missing}.")
    return record_fact(
        note,
        QualityScore,
        person=review.person,
        topic=Topic.REVIEW,
        words="How good the review was, was written down.",
        code="review.quality",
        review=review,
        items=given,
        said=said.strip(),
    )


def raise_case(note: Notes, *, review: Review, because: str) -> OversightCase:
    """Brings a review before the area's oversight panel, with a reason. One open case for a review."""
    if not because.strip():
        raise NotNow("because", "Write why the panel should look at it.")
    if OversightCase.objects.filter(review=review, decided_at=None).exists():
        raise NotNow("raised", text.ALREADY_RAISED)
    return record_fact(
        note,
        OversightCase,
        person=review.person,
        topic=Topic.REVIEW,
        words="The review was raised to the oversight panel.",
        code="review.raised_to_panel",
        review=review,
        because=because.strip(),
    )


def hold_panel(note: Notes, *, by: Me, icb: Organisation, held_on: date, who_came: str) -> OversightPanel:
    """A meeting of the area's oversight panel. Every open case counts its days from it."""
    if not by.holds_in(icb.pk, *OVERSEES):
        raise Refused("not_theirs", "A commissioner, coordinator or manager of the area writes this down.")
    if held_on > local_day(note.at):
        raise NotNow("held_on", "The day can't be in the future.")
    if OversightPanel.objects.filter(icb=icb, held_on=held_on).exists():
        raise NotNow("held_already", "A panel of that day is written down already.")
    panel = OversightPanel.objects.create(
        icb=icb, held_on=held_on, who_came=who_came.strip(), recorded_at=note.at, written_by_id=note.by.id
    )
    note("oversight_panel.held", words=f"The oversight panel met on {day_in_words(held_on)}.", icb_id=icb.pk)
    waiting = OversightCase.objects.filter(recorded_icb=icb, decided_at=None).values_list("person_id", flat=True)
    note.recount.update(waiting)
    return panel


def decide_case(
    note: Notes,
    *,
    by: Me,
    case: OversightCase,
    panel: OversightPanel,
    safe: str,
    well: str,
    checked: str,
    decision: str,
) -> OversightCase:
    """What the panel found and decided on one review. Raises NotNow where it has been decided."""
    check_oversees(by, case.person)
    row = OversightCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if row.decided_at is not None:
        raise NotNow("decided", text.ALREADY_DECIDED)
    if not decision.strip():
        raise NotNow("decision", "Write what the panel decided.")
    values: dict[str, Any] = {"panel": panel, "safe": safe, "well": well, "checked": checked.strip()}
    values |= {"decision": decision.strip(), "decided_at": note.at, "decided_by_id": by.id}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["panel", "safe", "well", "checked", "decision", "decided_at", "decided_by"])
    note.of("review.panel_decided", row, words="The oversight panel looked at the review.")
    return row
