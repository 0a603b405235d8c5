"""The report: faces without third parties, frozen when issued, late with a reason; and what follows it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from alongside.features.people.models import Person
from alongside.features.reviews.holding import afterwards
from alongside.features.reviews.holding.operations import finish_writing, tell_person
from alongside.features.reviews.holding.report import faces_of
from alongside.features.reviews.holding.tests.conftest import (
    BEFORE,
    does,
    held,
    issued,
    recommended,
    says,
    whole,
    written,
)
from alongside.features.reviews.models import OversightPanel, Recipient, ReportFace, ReviewReport
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from alongside.policy.enquiry import ASKED, PERSONAL, Quality, quality_of, weakest_of
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def due(person: Person) -> dict[str, Duty]:
    with context.as_engine():
        rows = Duty.objects.filter(person=person, doing="open_review")
        return {one.key.partition(":")[0]: one for one in rows}


def test_it_is_written_up_only_with_the_four_questions_answered(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    says(northmoor, review, "safe", finding="Yes, at home.")
    with pytest.raises(NotNow, match="Is the care they get now good"):
        does(northmoor, "coordinator", finish_writing, write_up=written(northmoor, review), outcome="ready", words="")
    assert whole(northmoor, review).written_up_at == NOW


def test_no_report_before_it_is_written_up(northmoor: Area, ellis: Person) -> None:
    with pytest.raises(NotNow, match="Write up the review first"):
        issued(northmoor, held(northmoor, ellis))


def test_the_family_reads_nothing_about_somebody_else_no_evidence_and_no_levels(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    says(northmoor, review, "risk", finding="His uncle drinks.", concern="serious", about_others=True)
    says(northmoor, review, "care", finding="Panel jargon", plain="School starts on Monday.", seen="Mrs Lee said so",
         working="The tutor", concern="some")  # fmt: skip
    write_up = whole(northmoor, review)
    with acting_as(northmoor.actors["coordinator"]) as me:
        faces = faces_of(me, write_up)
    family, full = str(faces["family"]), str(faces["full"])
    assert "School starts on Monday." in family
    assert "'title': 'Being safe'" in family and "'title': 'Are they safe?'" not in family, "they read of themselves"
    for kept_out in ("uncle", "Panel jargon", "Mrs Lee", "tutor", "concern", "Serious"):
        assert kept_out not in family and kept_out not in str(faces["easy"]), kept_out
    for told in ("uncle", "Panel jargon", "Mrs Lee", "Serious concern"):
        assert told in full


def test_what_was_issued_never_changes(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    whole(northmoor, review)
    first = issued(northmoor, review)
    says(northmoor, review, "autism", finding="Written afterwards.")
    second = issued(northmoor, review)
    assert (first.number, second.number) == (1, 2)
    with context.as_engine():
        bodies = {one.report_id: str(one.body) for one in ReportFace.objects.filter(face="family")}
    assert "Written afterwards." not in bodies[first.pk] and "Written afterwards." in bodies[second.pk]
    with acting_as(northmoor.actors["coordinator"]), pytest.raises(ProgrammingError), transaction.atomic():
        ReportFace.objects.filter(report=first).update(body={})
    with acting_as(northmoor.actors["coordinator"]), pytest.raises(ProgrammingError), transaction.atomic():
        ReviewReport.objects.filter(pk=first.pk).update(late_because="")


def test_a_late_report_says_why(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis, at=NOW - 14 * DAY)
    whole(northmoor, review)
    assert issued(northmoor, review).late_because == "", "the last day is in time"
    other = held(northmoor, ellis, at=NOW - 15 * DAY)
    whole(northmoor, other)
    with pytest.raises(NotNow, match="The report is later than 19 November 2026"):
        issued(northmoor, other)
    assert issued(northmoor, other, late_because="The chair was ill").number == 1


def test_the_family_gets_it_unless_the_person_objects_and_then_it_says_why(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    whole(northmoor, review)
    with pytest.raises(NotNow, match="why the family does not get"):
        issued(northmoor, review, family_gets="objects")
    report = issued(northmoor, review, family_gets="objects", family_words="He told Asha so")
    with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
        ReviewReport.objects.bulk_create([_copy(report, number=2, family_words="")])


def _copy(report: ReviewReport, **changes: Any) -> ReviewReport:
    values = {f.attname: getattr(report, f.attname) for f in ReviewReport._meta.concrete_fields if f.name != "id"}
    return ReviewReport(**values | changes)


def test_each_body_says_what_it_does_and_a_no_has_a_reason(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    sent: dict[str, Any] = {"review": review, "kind": "council", "name": "Northmoor Council", "sent_on": NOW.date(),
                            "sent_how": "secure e-mail", "answers": True}  # fmt: skip
    with pytest.raises(NotNow, match="Issue the report first"):
        does(northmoor, "coordinator", afterwards.record_sent, **sent)
    whole(northmoor, review)
    issued(northmoor, review)
    body: Recipient = does(northmoor, "coordinator", afterwards.record_sent, **sent)
    assert due(ellis)["review_regard"].what == "Find out what Northmoor Council does with the review"
    said = {"recipient": body, "regard": "declined", "on": NOW.date()}
    with pytest.raises(NotNow, match="reason that they gave"):
        does(northmoor, "coordinator", afterwards.record_regard, because=" ", **said)
    does(northmoor, "coordinator", afterwards.record_regard, because="No money this year", **said)
    assert "review_regard" not in due(ellis)


def test_what_is_due_is_right_at_every_step_also_from_scratch(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    assert set(due(ellis)) == {"review_told", "review_written_up", "review_report"}
    does(northmoor, "coordinator", tell_person, write_up=written(northmoor, review), on=NOW.date(), how="talked",
         words="Ellis and his mother")  # fmt: skip
    assert set(due(ellis)) == {"review_written_up", "review_report"}
    whole(northmoor, review)
    assert set(due(ellis)) == {"review_report"}
    issued(northmoor, review)
    assert set(due(ellis)) == {"review_feedback_asked"}
    assert due(ellis)["review_feedback_asked"].owner_actor == northmoor.actors["keyworker"]
    does(northmoor, "keyworker", afterwards.record_feedback, review=review, voice="young_person", name="",
         answers={"heard": "yes"}, said="")  # fmt: skip
    assert due(ellis) == {}
    does(northmoor, "coordinator", afterwards.raise_case, review=review, because="Third time")
    assert due(ellis)["oversight_panel"].due.date() == (NOW + 42 * DAY).date()
    assert [found for _, found in find_differing()] in ([], [[]])


def test_nothing_is_due_for_somebody_who_has_no_write_up(northmoor: Area, ellis: Person) -> None:
    held(northmoor, ellis, kind="ehc_plan")
    assert due(ellis) == {}


def test_the_panel_says_safe_well_and_what_it_decides(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    case = does(northmoor, "keyworker", afterwards.raise_case, review=review, because="Nobody acts")
    with pytest.raises(NotNow, match="already"):
        does(northmoor, "keyworker", afterwards.raise_case, review=review, because="Again")
    met = {"icb": northmoor.icb, "held_on": NOW.date(), "who_came": "Commissioner, director of nursing"}
    with pytest.raises(Refused):
        does(northmoor, "keyworker", afterwards.hold_panel, **met)
    panel: OversightPanel = does(northmoor, "commissioner", afterwards.hold_panel, **met)
    said = {"case": case, "panel": panel, "safe": "yes", "well": "no", "checked": "Seen on 3 March"}
    with pytest.raises(NotNow, match="what the panel decided"):
        does(northmoor, "commissioner", afterwards.decide_case, decision=" ", **said)
    does(northmoor, "commissioner", afterwards.decide_case, decision="A new provider by June", **said)
    assert "oversight_panel" not in due(ellis)
    with pytest.raises(NotNow, match="already"):
        does(northmoor, "commissioner", afterwards.decide_case, decision="Another", **said)


def test_the_score_is_the_share_of_the_questions_answered_that_were_answered_well() -> None:
    assert quality_of({}) is None and quality_of({"rights": ["", ""]}) is None
    six = {key: ["fully" if number < 6 else "partly", ""] for number, key in enumerate(PERSONAL)}
    assert quality_of(six) == Quality(6, 8) and Quality(6, 8).percent == 75
    assert quality_of({"rights": ["fully", ""], "open": ["not", ""]}) == Quality(1, 2)
    assert (Quality(1, 8).percent, Quality(3, 8).percent, Quality(2, 3).percent) == (13, 38, 67)
    assert weakest_of([six, dict.fromkeys(PERSONAL, ["fully", ""])]) == ("action", "living")
    assert weakest_of([dict.fromkeys(PERSONAL, ["fully", ""])]) == weakest_of([]) == ()


def test_quality_is_by_each_principle_and_all_are_answered(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    items = dict.fromkeys(PERSONAL, ("fully", ""))
    with pytest.raises(NotNow, match="Rights led"):
        does(northmoor, "coordinator", afterwards.score_quality, review=review, said="",
             items={key: one for key, one in items.items() if key != "rights"})  # fmt: skip
    score = does(northmoor, "coordinator", afterwards.score_quality, review=review, items=items, said="")
    assert set(score.items) == set(PERSONAL) and len(PERSONAL) == 8


def test_feedback_says_something(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    with pytest.raises(NotNow, match="Answer a question"):
        does(northmoor, "keyworker", afterwards.record_feedback, review=review, voice="family", name="Dawn",
             answers=dict.fromkeys(ASKED, ""), said=" ")  # fmt: skip


def test_a_partner_reads_the_report_and_not_the_teams_own_notes(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis, at=BEFORE)
    recommended(northmoor, review, at=BEFORE)
    whole(northmoor, review, at=BEFORE)
    with acting_as(northmoor.actors["partner_health"]) as me:
        assert not ReportFace.objects.visible_to(me).exists()
