"""Tables as COPY wants them: columns, what stands in them unless said, and values as text."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models

from alongside.features.actions.models import Action, ActionStep
from alongside.features.hospital.models import (
    AdmissionKnown,
    DischargeDate,
    DischargePlan,
    Leaving,
    LegalStatus,
    RootCause,
    Stay,
    WardStay,
)
from alongside.features.keyworking.models import Allocation, Contact, OutsideRules, Promise
from alongside.features.people import models as people
from alongside.features.people.models import MoveOffer
from alongside.features.plans.models import PlanAnswer, PlanPart, PlanProposal, PlanVersion
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.reviews.models import PanelMember, PlannedReview, PlannedStep, Review
from alongside.foundation.access.models import Involvement
from alongside.foundation.recording.models import Event
from alongside.overview.models import DutyAnswer

# In the order in which they are written.
MODELS: dict[str, type[models.Model]] = {
    "person": people.Person,
    "responsibility": people.Responsibility,
    "moveoffer": MoveOffer,
    "personname": people.PersonName,
    "address": people.Address,
    "belonging": people.Belonging,
    "diagnosis": people.Diagnosis,
    "circumstance": people.Circumstance,
    "relation": people.Relation,
    "professional": people.Professional,
    "communication": people.Communication,
    "ownwords": people.OwnWords,
    "lifeevent": people.LifeEvent,
    "consent": people.Consent,
    "stay": Stay,
    "wardstay": WardStay,
    "legalstatus": LegalStatus,
    "admissionknown": AdmissionKnown,
    "dischargeplan": DischargePlan,
    "dischargedate": DischargeDate,
    "rootcause": RootCause,
    "leaving": Leaving,
    "review": Review,
    "plannedreview": PlannedReview,
    "plannedstep": PlannedStep,
    "panelmember": PanelMember,
    "entry": RegisterEntry,
    "rating": Rating,
    "allocation": Allocation,
    "contact": Contact,
    "promise": Promise,
    "outsiderules": OutsideRules,
    "planproposal": PlanProposal,
    "planversion": PlanVersion,
    "planpart": PlanPart,
    "plananswer": PlanAnswer,
    "action": Action,
    "actionstep": ActionStep,
    "dutyanswer": DutyAnswer,
    "involvement": Involvement,
    "event": Event,
}
# What the database itself fills in.
BY_DATABASE = {"xid", "digest", "disposal_id"}
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _words(value: str) -> str:
    return value if value.isprintable() and "\\" not in value else str.translate(value, _ESCAPED)


@lru_cache(maxsize=10_000)
def _time(value: date | datetime) -> str:
    return value.isoformat()


@lru_cache(maxsize=1_000)
def _act(value: UUID) -> str:
    return str(value)


def _list(value: list[Any]) -> str:
    return _words("{" + ",".join(json.dumps(item) for item in value) + "}")


def _object(value: dict[str, Any]) -> str:
    return _words(json.dumps(value)) if value else "{}"


# By type, because the simulator writes hundreds of values a person.
_AS_TEXT: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: "\\N",
    bool: lambda value: "t" if value else "f",
    str: _words,
    int: str,
    float: str,
    UUID: _act,
    datetime: _time,
    date: _time,
    list: _list,
    dict: _object,
}


def as_text(value: Any) -> str:
    """One value in the text format of COPY."""
    write = _AS_TEXT.get(type(value))
    if write is None:
        write = next((_AS_TEXT[kind] for kind in (str, int) if isinstance(value, kind)), None)
        if write is None:
            raise TypeError(f"{type(value)} has no place in a table")
        value = value.value
    return write(value)


class Table:
    """One model's columns, and the value of each where nothing is said."""

    def __init__(self, kind: str) -> None:
        self.kind, self.model = kind, MODELS[kind]
        fields = [field for field in self.model._meta.concrete_fields if field.column not in BY_DATABASE]
        self.columns = [str(field.column) for field in fields]
        self.places = {column: place for place, column in enumerate(self.columns)}
        self.blank = [_unless_said(field) for field in fields]
        self.name = self.model._meta.db_table

    def line(self, row: dict[str, Any]) -> str:
        """The row as a line of COPY. KeyError for a value that has no column."""
        said, places = self.blank.copy(), self.places
        for column, value in row.items():
            write = _AS_TEXT.get(type(value), as_text)
            said[places[column]] = write(value)
        return "\t".join(said) + "\n"


def _unless_said(field: models.Field) -> str:
    # COPY says every column, so the database's own value for a column is said too.
    default = field.get_default() if field.has_default() or not field.has_db_default() else field.db_default
    return as_text(default.value if hasattr(default, "value") and not isinstance(default, str) else default)


TABLES = {kind: Table(kind) for kind in MODELS}
