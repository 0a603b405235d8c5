"""Completions of training from a CSV file: every row is accounted for, read first, written in one transaction.

Columns, in any order: keyworker, course, completed; and where known: expires, evidence. A second run changes nothing.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from alongside.features.keyworking.caseloads import Member
from alongside.features.keyworking.learning.courses import Known
from alongside.features.keyworking.models import TrainingDone
from alongside.features.keyworking.team import record_training
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes

NEEDED = ("keyworker", "course", "completed")
KNOWN = (*NEEDED, "expires", "evidence")
MOST_ROWS = 2_000
#: How a day is written in such files. The year has four figures, or a day would be guessed.
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Row:
    """A row of the file: ready (with who, which and when), known already, or refused with what to do about it."""

    number: int
    outcome: str
    sentence: str
    worker: Actor | None = None
    course: str = ""
    completed_on: date | None = None
    expires_on: date | None = None
    evidence: str = ""


def read_completions(
    content: bytes, *, icb: Organisation, team: Iterable[Member], courses: Mapping[str, Known], today: date
) -> list[Row]:
    """One outcome for each row that says something. Raises NotNow, with a sentence, for a file that can't be read."""
    lines = _lines(content)
    by_name: dict[str, list[Actor]] = {}
    for member in team:
        by_name.setdefault(_plain(member.actor.name), []).append(member.actor)
    by_course = {_plain(one.title): one for one in courses.values()} | {_plain(k): one for k, one in courses.items()}
    there = set(TrainingDone.objects.filter(icb=icb).values_list("worker_id", "course", "completed_on"))
    return [_read(number, line, by_name, by_course, there, today) for number, line in lines]


def _lines(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    sample = text[:2_000].splitlines()
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if sample and ";" in sample[0] else ",")
    heads = {(_plain(name or "")): name for name in reader.fieldnames or ()}
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        raise NotNow("headings", f"The first row must name the columns. Missing: {', '.join(missing)}.")
    found = []
    for number, line in enumerate(reader, start=2):
        values = {name: str(line.get(heads[name]) or "").strip() for name in KNOWN if name in heads}
        if any(values.values()):
            found.append((number, values))
    if len(found) > MOST_ROWS:
        raise NotNow("too_many", f"The file has {len(found):,} rows. Send at most {MOST_ROWS:,} at once.")
    if not found:
        raise NotNow("empty", "The file has no rows below its headings.")
    return found


def _read(
    number: int,
    line: dict[str, str],
    by_name: Mapping[str, list[Actor]],
    by_course: Mapping[str, Known],
    there: set[tuple[int, str, date]],
    today: date,
) -> Row:
    who, named = line["keyworker"], by_name.get(_plain(line["keyworker"]), [])
    if len(named) != 1:
        many = "Nobody" if not named else "More than one"
        return Row(number, "refused", f"{many} in the team is called “{who}”. Write the name as the team page has it.")
    course = by_course.get(_plain(line["course"]))
    if course is None:
        return Row(number, "refused", f"There is no course “{line['course']}”. Add it to the courses, or correct it.")
    done, until = _day(line["completed"]), _day(line.get("expires", ""))
    if done is None or done > today:
        return Row(number, "refused", f"“{line['completed']}” is not a day in the past. Write it like 31/03/2026.")
    if line.get("expires") and (until is None or until <= done):
        return Row(number, "refused", f"“{line['expires']}” is not a day after the completion.")
    worker, until = named[0], until or course.until(done)
    known = {"worker": worker, "course": course.key, "completed_on": done, "expires_on": until}
    if (worker.pk, course.key, done) in there:
        return Row(number, "known", f"{worker.name}, {course.title}: known already.", **known)  # type: ignore[arg-type]
    there.add((worker.pk, course.key, done))
    sentence = f"{worker.name}, {course.title}, {done:%-d %B %Y}."
    return Row(number, "ready", sentence, evidence=line.get("evidence", "")[:200], **known)  # type: ignore[arg-type]


def take_completions(note: Notes, *, icb: Organisation, rows: Iterable[Row], file_name: str) -> int:
    """Writes what is ready, all of it or none. How many."""
    many = 0
    for row in rows:
        if row.outcome == "ready" and row.worker and row.completed_on:
            record_training(
                note,
                icb=icb,
                worker=row.worker,
                course=row.course,
                completed_on=row.completed_on,
                expires_on=row.expires_on,
                evidence=row.evidence or f"Imported from {file_name}"[:200],
            )
            many += 1
    note("training.imported", words=f"{many:,} completions of training were imported.", icb_id=icb.pk)
    return many


def _day(text: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
