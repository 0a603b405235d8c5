"""The report: its three faces made from what was written, issued once and then the same for ever.

What is about somebody else never enters the two that the person and family read; nor do evidence and levels of
concern. What was recommended stands with its owner as it was on the day; on the family's pages it is read from the
ledger instead, so that they see what happened since.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from alongside.features.actions.models import Action
from alongside.features.actions.queries import list_of_origin
from alongside.features.people.operations import record_fact
from alongside.features.reviews.holding import text
from alongside.features.reviews.holding.lines import findings_of, lines_of
from alongside.features.reviews.holding.operations import lock_write_up
from alongside.features.reviews.models import CarriedOver, Finding, ReportFace, Review, ReviewReport, WriteUp
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import Calendar, day_in_words, default_calendar, local_day
from alongside.policy.decision import Decision
from alongside.policy.duties.held_reviews import report_due
from alongside.policy.enquiry import ACCOUNTED, CONCERN, OUTCOMES, PLAIN_TITLES, Line
from alongside.policy.rules import Ruleset

Face = dict[str, Any]
Rules = Callable[[str], tuple[Ruleset, Calendar]]


def _national(icb: str) -> tuple[Ruleset, Calendar]:
    return Ruleset.build(), default_calendar()


_rules_of: list[Rules] = [_national]


def rules_from(rules: Rules) -> None:
    """Where an area's rules and the calendar come from, which is above this room. For `config/wiring.py` only."""
    _rules_of[:] = [rules]


def rules_of(icb_code: str) -> tuple[Ruleset, Calendar]:
    return _rules_of[0](icb_code)


def due_of(review: Review) -> Decision:
    """The last day on which the report is in time; value is that day."""
    ruleset, calendar = rules_of(review.person.icb.code)
    return report_due(local_day(review.held_at), ruleset, calendar)


def has_part_8a_begun(icb_code: str) -> bool:
    """Whether a review can be held under Part 8A of the Act: not before it has commenced."""
    return rules_of(icb_code)[0].has_commenced("statutory_first_cetr")


def due_days(icb_code: str, held: Iterable[date]) -> dict[date, date]:
    """Of days on which reviews were held: the last day on which the report is in time."""
    ruleset, calendar = rules_of(icb_code)
    return {day: report_due(day, ruleset, calendar).value for day in held}


def faces_of(me: Me, write_up: WriteUp) -> dict[str, Face]:
    """What each face would say now, as far as this reader reads."""
    lines, found = lines_of(write_up), findings_of(write_up)
    return {
        ReportFace.Face.FULL: _full(me, write_up, lines, found),
        ReportFace.Face.FAMILY: _family(write_up, lines, found),
        ReportFace.Face.EASY: {"easy": write_up.easy},
    }


def _full(me: Me, write_up: WriteUp, lines: Sequence[Line], found: dict[str, Finding]) -> Face:
    carried = CarriedOver.objects.visible_to(me).filter(review_id=write_up.review_id).order_by("pk")
    return {
        "outcome": OUTCOMES.get(write_up.outcome_code, ""),
        "outcome_words": write_up.outcome_words,
        "source": write_up.line_set.source if write_up.line_set else "",
        "lines": [_full_line(line, found[line.key]) for line in lines if line.key in found],
        "carried": [
            {"what": one.what, "answer": ACCOUNTED[one.answer], "because": one.because, "times": one.times}
            for one in carried
            if one.answer
        ],
        "recommended": [_recommended(one) for one in list_of_origin(me, Action.Origin.REVIEW, [write_up.review_id])],
    }


def _full_line(line: Line, row: Finding) -> Face:
    return {
        "title": line.title,
        "overarching": line.overarching,
        "finding": row.finding,
        "seen": row.seen,
        "working": row.working,
        "not_working": row.not_working,
        "concern": CONCERN.get(row.concern, ""),
        "about_others": row.about_others,
    }


def _recommended(one: Action) -> Face:
    return {
        "what": one.what,
        "who": one.owner.name,
        "where": one.place_name,
        "by": day_in_words(one.due_on),
        "how_known": one.how_known,
        "times": one.times,
    }


def _family(write_up: WriteUp, lines: Sequence[Line], found: dict[str, Finding]) -> Face:
    """Plain words where there are some, else the finding itself; nothing that is about somebody else."""
    told = []
    for line in lines:
        row = found.get(line.key)
        words = (row.plain or row.finding).strip() if row and not row.about_others else ""
        if words:
            told.append({"title": PLAIN_TITLES.get(line.key, line.title), "words": words})
    return {"plain": write_up.plain, "lines": told}


def issue_report(
    note: Notes,
    *,
    by: Me,
    write_up: WriteUp,
    family_gets: str,
    family_words: str = "",
    late_because: str = "",
    seen: int | None = None,
) -> ReviewReport:
    """The next version, frozen in its three faces.

    Raises NotNow while it isn't written up, without plain words, without a reason where it is late or where the family
    doesn't get it, and when somebody saved the write-up since `seen`.
    """
    row = lock_write_up(write_up, seen)
    review, today = row.review, local_day(note.at)
    _check_ready(row, today, family_gets, family_words, late_because)
    number = (ReviewReport.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0) + 1
    report = record_fact(
        note,
        ReviewReport,
        person=row.person,
        topic=Topic.REVIEW,
        words=text.ISSUED_EVENT if number == 1 else f"Version {number} of the report of the review was issued.",
        code="review.reported",
        review=review,
        number=number,
        family_gets=family_gets,
        family_words=family_words.strip(),
        late_because=late_because.strip(),
    )
    ReportFace.objects.bulk_create(_face(note, report, face, body) for face, body in faces_of(by, row).items())
    return report


def _check_ready(row: WriteUp, today: date, family_gets: str, family_words: str, late_because: str) -> None:
    if row.written_up_at is None:
        raise NotNow("not_written_up", text.NOT_WRITTEN_UP)
    if not row.plain.strip() and not row.easy:
        raise NotNow("plain", text.NOTHING_TO_TELL)
    if family_gets == ReviewReport.FamilyGets.OBJECTS and not family_words.strip():
        raise NotNow("objects", "Write what they said, and why the family does not get the report.")
    due = due_of(row.review).value
    first = not ReviewReport.objects.filter(review=row.review).exists()
    if first and today > due and not late_because.strip():
        raise NotNow("late", text.LATE.format(day=day_in_words(due)))


def _face(note: Notes, report: ReviewReport, face: str, body: Face) -> ReportFace:
    return ReportFace(
        person_id=report.person_id,
        topic=Topic.REVIEW,
        recorded_icb_id=report.recorded_icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        report=report,
        face=face,
        body=body,
    )
