"""Adding a document to a person's record. Each is called inside `recording()`."""

from datetime import datetime

from alongside.features.people.documents.text import LABELS, NOT_OWN, OWN_PICTURE, OWN_RECORDING
from alongside.features.people.models import Document, Person
from alongside.features.people.operations import record_fact
from alongside.foundation.access.protected import NotNow
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.storage import keep
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

LONGEST_TITLE = 200


def add_document(
    note: Notes,
    *,
    person: Person,
    topic: int,
    kind: str,
    title: str,
    checked: Checked,
    happened_at: datetime | None = None,
) -> Document:
    """Keeps a checked file as a document of this person. Whoever reads `topic` of them may open it."""
    return record_fact(
        note,
        Document,
        person=person,
        topic=topic,
        words=f"{LABELS.get(kind, 'Document')} added: {title}",
        happened_at=happened_at,
        kind=kind,
        title=title,
        file_name=checked.file_name,
        media_type=checked.media_type,
        size=checked.size,
        storage_key=keep(checked.content),
        sha256=checked.sha256,
    )


def add_own(note: Notes, *, person: Person, about: str, checked: Checked, added_by: str = "") -> Document:
    """A picture they made or a recording of their voice. Raises NotNow for any other kind of file.

    added_by: who of the family added it for them, as the title then says: 'their mother'.
    """
    if checked.media_type.startswith("image/"):
        kind = OWN_PICTURE
    elif checked.media_type.startswith("audio/"):
        kind = OWN_RECORDING
    else:
        raise NotNow("not_own", NOT_OWN)
    title = about or LABELS[kind]
    if added_by:
        by = f", added by {added_by}"
        title = f"{title[: LONGEST_TITLE - len(by)]}{by}"
    return add_document(note, person=person, topic=Topic.OWN_WORDS, kind=kind, title=title, checked=checked)
