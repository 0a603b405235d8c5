"""Agreement to one review, whether family is invited, who is invited, and the check-list."""

from datetime import date

from alongside.features.people.agreement.answers import Decided, Said
from alongside.features.people.agreement.operations import save_answers
from alongside.features.people.models import CapacityRecord, Person, Relation
from alongside.features.people.operations import record_fact
from alongside.features.reviews.models import PlannedReview, Review, ReviewCheck, ReviewInvite
from alongside.features.reviews.organising import text
from alongside.features.reviews.organising.queries import FAMILY, REVIEW
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import age_on
from alongside.policy.deciding import DECIDES_THEMSELVES, Found, Way, who_decides
from alongside.policy.review_checks import CODES

GIVEN, REFUSED, WITHDRAWN = "given", "refused", "withdrawn"


def ways_to_decide(person: Person, on: date) -> tuple[Way, ...]:
    """On which basis somebody may decide about a review on a day: by age, and by what was found of them."""
    with context.as_engine():
        rows = CapacityRecord.objects.filter(person=person, about=CapacityRecord.About.REVIEW, superseded_by=None)
        found = [Found(row.pk, row.about, row.test, row.able, row.decided_on) for row in rows]
    return who_decides(person.birth_date, on, found, CapacityRecord.About.REVIEW)


def decides_about_family(person: Person, on: date) -> bool:
    """From 16 on the young person decides whether family is invited."""
    return person.birth_date is not None and age_on(person.birth_date, on) >= DECIDES_THEMSELVES


def record_agreement(
    note: Notes, *, planned: PlannedReview, agrees: bool, decided: Decided, family: bool | None = None,
    had_agreed: bool = False,
) -> None:  # fmt: skip
    """What was said to this one review; and, where it was asked, to inviting family. The gate follows at once."""
    if not planned.is_open:
        raise NotNow("over", "This review is not being organised any more.")
    allowed = {way.basis for way in ways_to_decide(planned.person, decided.on)}
    if decided.basis not in allowed:
        raise NotNow("basis", "On that day it was for somebody else to decide. Check who decided, and the day.")
    name = Review.Kind(planned.kind).label
    no = WITHDRAWN if had_agreed else REFUSED
    answer = GIVEN if agrees else no
    words = {GIVEN: "agreed", REFUSED: "said no", WITHDRAWN: "withdrawn"}[answer]
    said = [Said("review", answer, f"{name}: {words}.", recipient_kind=REVIEW, recipient_id=planned.pk)]
    if family is not None:
        told = "may be invited" if family else "is not to be invited"
        answer = GIVEN if family else REFUSED
        said.append(Said("review", answer, f"{name}: family {told}.", recipient_kind=FAMILY, recipient_id=planned.pk))
    save_answers(note, person=planned.person, said=said, decided=decided)


def invite(
    note: Notes, *, planned: PlannedReview, part: str, name: str, needs: str = "", relation: Relation | None = None,
    family_agreed: bool,
) -> ReviewInvite:  # fmt: skip
    """Writes down who is invited besides the panel. Family of somebody of 16 or over only with their yes."""
    if not planned.is_open:
        raise NotNow("over", "This review is not being organised any more.")
    today = note.at.astimezone(LONDON).date()
    if part == ReviewInvite.Part.FAMILY and decides_about_family(planned.person, today) and not family_agreed:
        raise NotNow("family", text.BY_LAW_16.format(called=planned.person.shown_name))
    return record_fact(
        note,
        ReviewInvite,
        person=planned.person,
        topic=Topic.REVIEW,
        words=f"Invited to a review: {name}, {ReviewInvite.Part(part).label.lower()}.",
        code="review_invite.made",
        planned=planned,
        part=part,
        name=name,
        needs=needs,
        relation=relation,
    )


def answer_invite(note: Notes, *, row: ReviewInvite, answer: str) -> None:
    """Whether they come."""
    row.answer = answer
    row.save(update_fields=["answer"])
    note.of("review_invite.answered", row, words=f"{row.name}: {row.get_answer_display().lower()}.")


def tick(note: Notes, *, planned: PlannedReview, line: str, done: bool, said: str = "") -> ReviewCheck:
    """One line of the check-list; the newest answer counts."""
    if line not in CODES:
        raise NotNow("unknown", "This line is not on the check-list.")
    return record_fact(
        note,
        ReviewCheck,
        person=planned.person,
        topic=Topic.REVIEW,
        words="The check-list of a review was gone on with.",
        code="review_check.ticked",
        planned=planned,
        line=line,
        done=done,
        said=said,
    )
