"""What my day asks of keyworking, in one statement: asked one by one, it was a third of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.features.keyworking.contacts.queries import AHEAD, MINE, MOST_PEOPLE, MyPerson
from alongside.features.keyworking.models import Appointment
from alongside.features.people.models import Person
from alongside.features.people.scope import rule_of, values_of
from alongside.foundation.access.backend.kept import KeptPlan
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON

COVERS = """
    select coalesce(named.survivor_id, named.id) from keyworking_allocation a
      join people_person named on named.id = a.person_id
    where a.part = 'cover' and a.worker_id = %(worker)s and a.from_date <= %(today)s
      and (a.to_date is null or a.to_date > %(today)s)
      and not exists (select 1 from keyworking_allocation later where later.supersedes_id = a.id)
"""
PLANNED = f"""
    select t.id, t.way, t.with_whom, t."where", t.starts_at,
        p.id as person_id, p.reference, p.given_name, p.preferred_name, p.family_name
    from keyworking_appointment t join people_person p on p.id = t.person_id
    where t.worker_id = %(worker)s and t.called_off_at is null and t.contact_id is null and t.starts_at < %(until)s
      and not exists (select 1 from keyworking_appointment later where later.supersedes_id = t.id)
      and {rule_of("fact", "t")} order by t.starts_at limit {MOST_PEOPLE}
"""
READ = KeptPlan(f"""
    select
        (select json_agg(json_build_array(o.id, o.reference, o.given_name, o.family_name, o.last_at)) from ({MINE}) o),
        array({COVERS}), (select json_agg(o) from ({PLANNED}) o)
""")


@dataclass(frozen=True)
class Alongside:
    """A keyworker's own people, whom they cover today, and their appointments (see `queries`)."""

    people: Sequence[MyPerson]
    covers: Sequence[int]
    appointments: Sequence[Appointment]


def read_alongside(me: Me, at: datetime) -> Alongside:
    """Those whom one walks alongside, whoever was not heard of for longest first; appointments by their time."""
    values = {"worker": me.id, "today": at.astimezone(LONDON).date(), "until": at + AHEAD}
    with connection.cursor() as cursor:
        cursor.execute(READ, values_of(me) | values)
        people, covers, planned = cursor.fetchone()
    return Alongside(
        [_my_person(*row) for row in people or ()],
        covers,
        [_appointment(row) for row in planned or ()],
    )


def _my_person(number: int, reference: str, given: str, family: str, last_at: str | None) -> MyPerson:
    return MyPerson(number, reference, given, family, datetime.fromisoformat(last_at) if last_at else None)


def _appointment(row: dict[str, Any]) -> Appointment:
    """As much of it as my day shows."""
    names = {name: row[name] for name in ("reference", "given_name", "preferred_name", "family_name")}
    return Appointment(
        id=row["id"],
        way=row["way"],
        with_whom=row["with_whom"],
        where=row["where"],
        starts_at=datetime.fromisoformat(row["starts_at"]),
        person=Person(id=row["person_id"], **names),
    )
