"""Words of documents."""

from alongside.foundation.documents.refused import MOST_MB
from alongside.foundation.topics import Topic

LETTER, OWN_PICTURE, OWN_RECORDING = "letter", "own_picture", "own_recording"
#: What it is, as whoever adds it chooses.
KINDS: tuple[tuple[str, str], ...] = (
    (LETTER, "Letter"),
    ("report", "Report"),
    ("assessment", "Assessment"),
    ("plan", "Plan"),
    ("minutes", "Notes of a meeting"),
    ("picture", "Picture"),
    ("recording", "Recording"),
    ("other", "Something else"),
)
OWN = {OWN_PICTURE: "Their own picture", OWN_RECORDING: "Their own voice"}
LABELS = dict(KINDS) | OWN

#: Not every topic is one that somebody files a paper under.
TOPICS = tuple(topic for topic in Topic if topic not in (Topic.OWN_WORDS, Topic.MONEY))
NOT_OWN = "Choose a picture or a sound recording."
OWN_HINT = f"A picture (JPEG or PNG) or a sound recording, up to {MOST_MB} MB."
ADDED = "The document was added."
GONE = "The file of this document can't be found. Tell whoever runs this installation: it is in the backup."
