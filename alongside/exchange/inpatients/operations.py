"""Comparing a file, and deciding each row. Each is called inside `recording()`."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from alongside.exchange.inpatients import text
from alongside.exchange.inpatients.comparing import compare
from alongside.exchange.inpatients.models import InpatientFile, InpatientLine
from alongside.exchange.sheets import PreparedRow
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day

WORKS = (Role.COMMISSIONER, Role.MANAGER, Role.COORDINATOR)
KIND = "inpatient_file"
#: What waits for somebody stands before what doesn't.
FIRST = ("theirs", "ours", "differs", "match")


def areas_of(me: Me) -> dict[int, str]:
    """The ICBs whose file `me` may compare, by id, with their names."""
    return {held.area: held.area_name for held in me.roles if me.holds_in(held.area, *WORKS)}


def compare_file(
    note: Notes,
    *,
    icb: Organisation,
    file_name: str,
    digest: str,
    rows: Sequence[PreparedRow],
    as_at: date,
    by: Me,
) -> InpatientFile:
    """Keeps what came of each row; the record stays as it is.

    Raises Refused for anybody but those who run the area's service or commission it, NotNow for a file that was
    compared already, that names nobody, or of a day that has not come.
    """
    if icb.pk not in areas_of(by):
        raise Refused("not_theirs", text.NOT_THEIRS)
    if as_at > local_day(note.at):
        raise NotNow("future", text.FUTURE)
    if InpatientFile.objects.filter(icb=icb, sha256=digest, as_at=as_at).exists():
        raise NotNow("again", text.AGAIN)
    compared = compare(by, icb.pk, rows, as_at)
    if not any(one.number for one in compared):
        raise NotNow("nobody", text.NOBODY)
    made = InpatientFile.objects.create(
        icb=icb, file_name=file_name[-200:], sha256=digest, as_at=as_at, compared_by_id=by.id, compared_at=note.at
    )
    InpatientLine.objects.bulk_create(
        InpatientLine(
            file=made,
            icb=icb,
            number=one.number,
            outcome=one.outcome,
            person_id=one.person.pk if one.person else None,
            stay_id=one.stay_id,
            shown_name=one.name[:160],
            said=[[part[:200] for part in row] for row in one.said],
            why=one.why[:300],
        )
        for one in sorted(compared, key=lambda one: FIRST.index(one.outcome))
    )
    counted = Counter(one.outcome for one in compared)
    told = ", ".join(f"{counted[outcome]} {label.lower()}" for outcome, label in InpatientLine.Outcome.choices)
    note.matter(KIND, made.pk)
    words = f"The inpatient file of {as_at:%-d %B %Y} was compared: {told}."
    note("inpatient_file.compared", words=words, icb_id=icb.pk)
    return made


def decide_line(note: Notes, *, line: InpatientLine, decision: str, because: str, by: Me) -> InpatientLine:
    """A named person decides, with a reason. Raises NotNow for a row that is decided, or that needs no decision."""
    if line.icb_id not in areas_of(by):
        raise Refused("not_theirs", text.NOT_THEIRS)
    if line.outcome == InpatientLine.Outcome.MATCH:
        raise NotNow("match", text.IS_MATCH)
    if line.decision:
        raise NotNow("decided", text.DECIDED)
    line.decision, line.because = decision, because.strip()
    line.decided_at, line.decided_by_id = note.at, by.id
    line.save(update_fields=["decision", "because", "decided_at", "decided_by"])
    note.matter(KIND, line.file_id)
    words = f"A row of the inpatient file was decided: {InpatientLine.Decision(decision).label.lower()}."
    note("inpatient_file.decided", words=words, icb_id=line.icb_id)
    return line
