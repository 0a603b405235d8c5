"""Tables as COPY wants them: columns, what stands in them unless said, and values as text."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from alongside.features.hospital.models import LegalStatus, Stay
from alongside.features.keyworking.models import Allocation
from alongside.features.people import models as people
from alongside.features.people.models import MoveOffer
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.reviews.models import Review
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
    "legalstatus": LegalStatus,
    "review": Review,
    "entry": RegisterEntry,
    "rating": Rating,
    "allocation": Allocation,
    "dutyanswer": DutyAnswer,
    "involvement": Involvement,
    "event": Event,
}
# What the database itself fills in.
BY_DATABASE = {"xid", "digest", "disposal_id"}
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def as_text(value: Any) -> str:
    """One value in the text format of COPY."""
    match value:
        case None:
            return "\\N"
        case bool():
            return "t" if value else "f"
        case str():
            return str.translate(value, _ESCAPED)
        case int() | float() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case list():
            return as_text("{" + ",".join(json.dumps(item) for item in value) + "}")
        case dict():
            return as_text(json.dumps(value))
    raise TypeError(f"{type(value)} has no place in a table")


class Table:
    """One model's columns, and the value of each where nothing is said."""

    def __init__(self, kind: str) -> None:
        self.kind, self.model = kind, MODELS[kind]
        fields = [field for field in self.model._meta.concrete_fields if field.column not in BY_DATABASE]
        self.columns = [str(field.column) for field in fields]
        self.blank = {field.column: _unless_said(field) for field in fields}
        self.name = self.model._meta.db_table

    def line(self, row: dict[str, Any]) -> str:
        """The row as a line of COPY. KeyError for a value that has no column."""
        said = dict(self.blank)
        for column, value in row.items():
            if column not in said:
                raise KeyError(f"{self.name} has no column {column}")
            said[column] = as_text(value)
        return "\t".join(said.values()) + "\n"


def _unless_said(field: models.Field) -> str:
    default = field.get_default()
    return as_text(default.value if hasattr(default, "value") and not isinstance(default, str) else default)


TABLES = {kind: Table(kind) for kind in MODELS}
