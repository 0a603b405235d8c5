"""Taking rows of the audit out of the service is an act of its own. Called inside `recording()`."""

import csv
import io

from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.overview.audit.queries import Found
from alongside.overview.subject_access.files import plain_cell


def export(note: Notes, *, found: Found, show: str, icb_id: int, filters: dict[str, str]) -> str:
    """The rows as CSV. The act keeps how many, and what was asked for."""
    head = ["When", "Who", "Page", "How many", "Why"] if show == "looks" else ["When", "Who", "What", "Which fields"]
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(head)
    for line in found.lines:
        cells = [moment(line.at), line.by, line.what, line.about, line.why][: len(head)]
        sheet.writerow([plain_cell(cell) for cell in cells])
    note(
        "audit.exported",
        words=f"{len(found.lines):,} rows of the audit were exported.",
        icb_id=icb_id,
        show=show,
        filters=filters,
    )
    return text.getvalue()
