"""Readable names of the pages that looks are recorded on, and of what connected somebody with the record."""

from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.overview.guarded.models import Opening

#: By the name a look carries. What is not here is read as it is, with a capital.
PAGES = {
    "address": "Address: form",
    "belonging": "Where they belong: form",
    "box": "Messages",
    "circumstance": "Circumstances: form",
    "communication": "How they communicate: form",
    "diagnosis": "Diagnosis: form",
    "disposal": "Records disposed of",
    "family": "Family sign-in: who was asked",
    "family agreed": "Family door: what was agreed",
    "family change": "Family door: something has changed",
    "family home": "Family door: start page",
    "family invitation": "Family sign-in: invitation",
    "family letter": "Family door: a letter",
    "family letters": "Family door: letters",
    "family picture": "Family door: picture or recording",
    "family promises": "Family door: what was promised",
    "family who sees": "Family door: who can see what",
    "family words": "Family door: own words",
    "import row": "Import: one row",
    "life-event": "Life events: form",
    "my day": "My day",
    "own-words": "Own words: form",
    "person": "Person's page",
    "professional": "Professionals: form",
    "referral_progress": "How a referral is going",
    "register list": "Live register",
    "relation": "Family and relations: form",
    "told": "Answer to what a family told us",
}


def page_label(name: str) -> str:
    """What a page is called in the audit."""
    return PAGES.get(name) or name[:1].upper() + name[1:]


def named_like(asked: str) -> list[str]:
    """The names that looks carry of pages whose label has these words in it."""
    return [name for name, label in PAGES.items() if asked.lower() in label.lower()]


def reason_words(reason: str) -> str:
    """As the database says it ('involved allocation', 'role manager') in words. See `access.reasons`."""
    kind, _, which = reason.partition(" ")
    if kind == "emergency":
        return f"Opened in an emergency: {Opening.Reason(which).label}"
    if kind == "involved":
        return str(Involvement.Because(which).label)
    if kind == "role":
        return str(Role(which).label)
    return "Something due is theirs to do" if kind == "duty" else ""
