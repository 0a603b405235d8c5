from alongside.features.people.agreement.models import AskingDraft, CapacityRecord
from alongside.features.people.identity.models import FormerNumber, PossibleDuplicate, StrikeOut
from alongside.features.people.models.closed import AgreementOverride, ClosedRecord, LawfulBasis, Share
from alongside.features.people.models.fact import Dated, Fact, ends_after_start
from alongside.features.people.models.facts import (
    Address,
    Belonging,
    Circumstance,
    Communication,
    Consent,
    Diagnosis,
    Document,
    ImportedText,
    LifeEvent,
    OwnWords,
    PersonName,
    Professional,
    Relation,
    Severity,
)
from alongside.features.people.models.person import Guard, Kept, MoveOffer, Person, PersonMerge, Responsibility
from alongside.features.people.models.posted import PostedChange

__all__ = [
    "AgreementOverride",
    "AskingDraft",
    "CapacityRecord",
    "ClosedRecord",
    "LawfulBasis",
    "Share",
    "Address",
    "Severity",
    "Belonging",
    "Circumstance",
    "Communication",
    "Consent",
    "Dated",
    "Diagnosis",
    "Document",
    "Fact",
    "FormerNumber",
    "Guard",
    "ImportedText",
    "Kept",
    "LifeEvent",
    "MoveOffer",
    "OwnWords",
    "Person",
    "PersonMerge",
    "PersonName",
    "PossibleDuplicate",
    "PostedChange",
    "Professional",
    "Relation",
    "Responsibility",
    "StrikeOut",
    "ends_after_start",
]
