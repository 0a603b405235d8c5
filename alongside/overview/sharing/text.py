"""Words of telling others."""

from alongside.features.people.models import LawfulBasis
from alongside.foundation.nhsuk.filters import plural
from alongside.foundation.organisations.models import SharingAgreement
from alongside.foundation.topics import Topic

#: Who may be told, as kinds that an agreement can be with.
KINDS = (
    ("health", "Every health organisation"),
    ("education", "Every school and college"),
    ("social_care", "Every council's social care"),
)
KIND_WORDS = {"health": "health organisations", "education": "schools and colleges", "social_care": "councils"}

#: Consent is no basis for telling against an agreement.
WITHOUT_CONSENT = tuple(choice for choice in LawfulBasis.choices if choice[0] != LawfulBasis.CONSENT)
#: Who they are is always part of it.
TOPICS = tuple((topic.value, topic.label) for topic in Topic if topic != Topic.IDENTITY)

SHARED = "Saved."
OVERRIDDEN = "Saved. They can read it now, until the day that you chose."
TOLD = "Saved. The family reads of it from now on."
LATER = "Saved. It comes back to you on that day."
ENDED_OVERRIDE = "Saved. The record is closed to them."
SIGNED = "Saved. What families agreed to is open to them from the day it was signed."
ENDED_AGREEMENT = "Saved. After that day nothing is open to them."
LIMITED = "Saved. Whatever was open to them is closed. Invite them again if they may see something."


def party_of(agreement: SharingAgreement) -> str:
    """Whom an agreement is with."""
    if agreement.organisation:
        return agreement.organisation.name
    return f"all {KIND_WORDS.get(agreement.recipient_kind, agreement.recipient_kind)}"


def sees_no_more(count: int, name: str) -> str:
    """'3 people will no longer be seen by Hillcrest School.'"""
    return f"{plural(count, 'person', 'people')} will no longer be seen by {name}."
