"""Reading what is written down about a stay."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from alongside.features.hospital.models import (
    AdmissionKnown,
    AdmissionRecord,
    LegalStatus,
    OversightVisit,
    SafetyExtension,
    Segregation,
    SegregationLook,
    Stay,
    StayIncident,
    StayLeave,
    StayNotice,
    WardStay,
)
from alongside.features.hospital.models.inpatient import RESTRICTIVE
from alongside.features.people.queries import find_survivor
from alongside.foundation.access.me import Me

#: At most this many rows of one kind are shown of a stay; a stay with more says so.
MOST = 200


def find_stay(me: Me, stay_id: int) -> Stay | None:
    """A stay within reach, with whom it is about now; None otherwise."""
    rows = Stay.objects.visible_to(me).select_related("person")
    return of_survivor(me, rows.filter(pk=stay_id, superseded_by=None).first())


def of_survivor(me: Me, stay: Stay | None) -> Stay | None:
    """Where the record was merged into another the stay is shown as that person's; what is written stays with it."""
    if stay is not None and stay.person.survivor_id and (person := find_survivor(me, stay.person)):
        stay.show_as(person)
    return stay


def wards_of(stay: Stay, *, lock: bool = False) -> list[WardStay]:
    """Wards as they are known now, the earliest first."""
    rows: QuerySet[WardStay] = WardStay.objects.filter(stay=stay, superseded_by=None).order_by("from_at", "pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def newest_admission(stay: Stay, *, lock: bool = False) -> AdmissionRecord | None:
    rows: QuerySet[AdmissionRecord] = AdmissionRecord.objects.filter(stay=stay).order_by("-pk")
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward with when it ended: when the next one began, or the stay ended."""

    row: WardStay
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class WholeStay:
    """Everything that hospital keeps of a stay, each newest first but the wards."""

    stay: Stay
    wards: list[Ward]
    admission: AdmissionRecord | None
    legal: list[LegalStatus]
    leaves: list[StayLeave]
    incidents: list[StayIncident]
    segregations: list[Segregation]
    looks: Mapping[int, list[SegregationLook]]
    notices: list[StayNotice]
    visits: list[OversightVisit]
    lengthened: SafetyExtension | None
    known: list[AdmissionKnown]

    @property
    def now(self) -> WardStay | None:
        return self.wards[-1].row if self.wards else None

    @property
    def segregation(self) -> Segregation | None:
        return next((one for one in self.segregations if one.to_at is None), None)

    def restrictive_since(self, at: datetime | None) -> int:
        """How often something restrictive was done since a moment, or in the whole stay."""
        return sum(one.times for one in self.incidents if one.kind in RESTRICTIVE and (not at or one.happened_at > at))


#: Parts of a whole stay by name: the model, and how its rows are joined to the stay.
_PARTS: dict[str, tuple[type[Model], str]] = {
    "wards": (WardStay, "t.stay_id = %(stay)s"),
    "admission": (AdmissionRecord, "t.stay_id = %(stay)s"),
    "legal": (LegalStatus, "t.stay_id = %(stay)s"),
    "leaves": (StayLeave, "t.stay_id = %(stay)s"),
    "incidents": (StayIncident, "t.stay_id = %(stay)s"),
    "segregations": (Segregation, "t.stay_id = %(stay)s"),
    "looks": (
        SegregationLook,
        "t.segregation_id in (select g.id from hospital_segregation g where g.stay_id = %(stay)s)",
    ),
    "notices": (StayNotice, "t.stay_id = %(stay)s"),
    "visits": (OversightVisit, "t.stay_id = %(stay)s"),
    "lengthened": (SafetyExtension, "t.stay_id = %(stay)s"),
    "known": (AdmissionKnown, "t.stay_id = %(stay)s"),
}


def read_whole(stay: Stay) -> WholeStay:
    """Everything of one stay that was found within reach. One statement; row-level security asks once more."""
    parts = ", ".join(f"'{name}', ({_part(model, joined)})" for name, (model, joined) in _PARTS.items())
    with connection.cursor() as cursor:
        cursor.execute(f"select json_build_object({parts})", {"stay": stay.pk})
        (answer,) = cursor.fetchone()
    found = json.loads(answer) if isinstance(answer, str) else answer
    rows = {name: [_made(model, values) for values in found[name] or []] for name, (model, _) in _PARTS.items()}
    wards: list[Any] = sorted(rows["wards"], key=lambda ward: (ward.from_at, ward.pk))
    ends = [*(later.from_at for later in wards[1:]), stay.discharged_at]
    looks: dict[int, list[Any]] = {}
    for look in rows["looks"]:
        looks.setdefault(look.segregation_id, []).append(look)
    singles: dict[str, Any] = {name: rows[name][0] if rows[name] else None for name in ("admission", "lengthened")}
    lists = ("legal", "leaves", "incidents", "segregations", "notices", "visits", "known")
    several: dict[str, Any] = {name: rows[name] for name in lists}
    return WholeStay(
        stay=stay,
        wards=[Ward(row, end) for row, end in zip(wards, ends, strict=False)],
        looks=looks,
        **singles,
        **several,
    )


def _part(model: type[Model], joined: str) -> str:
    """Rows that no later one corrects, the newest first."""
    table = model._meta.db_table
    return (
        f"select json_agg(row_to_json(x) order by x.happened_at desc, x.id desc) from (select t.* from {table} t "
        f"where {joined} and not exists (select 1 from {table} later where later.supersedes_id = t.id) "
        f"order by t.happened_at desc, t.id desc limit {MOST}) x"
    )


def _made(model: type[Model], values: Mapping[str, Any]) -> Any:
    return model(**{field.attname: field.to_python(values[str(field.column)]) for field in model._meta.concrete_fields})
