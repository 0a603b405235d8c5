"""The doors: what an actor really reaches, asked as they are, with the product's own means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import resolve

from alongside.config.probing.reading import Reader, Records
from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.waiting import list_waiting
from alongside.features.people.models import Document, Person
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation
from alongside.overview.models import RegisterRow


@dataclass
class Try:
    """How a door answered, and how it should have. `opened` None: this page is not for the role, so it says nothing."""

    opened: bool | None
    should: bool


class Doors:
    """All doors for one identity. Whole sets are asked once; pages and searches each time."""

    def __init__(self, me: Me | None, key: str, reader: Reader, records: Records) -> None:
        self.me, self.reader, self.records = me, reader, records
        self.client = Client(HTTP_HOST=next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip("*.") or "localhost")
        if key:
            self.client.cookies[settings.KEY_COOKIE] = key

    def _numbers(self, sql: str, values: Sequence[int | list[str]] = ()) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            return {row[0] for row in cursor.fetchall()}

    @cached_property
    def _people(self) -> set[int]:
        return self._numbers("select id from people_person")

    @cached_property
    def _lines(self) -> set[int]:
        rows = RegisterRow.objects.visible_to(self.me) if self.me else RegisterRow.objects.all()
        return set(rows.values_list("person_id", flat=True))

    @cached_property
    def _documents(self) -> set[int]:
        rows = Document.objects.visible_to(self.me) if self.me else Document.objects.all()
        return set(rows.values_list("pk", flat=True))

    @cached_property
    def _in_code(self) -> set[int]:
        rows = Person.objects.visible_to(self.me) if self.me else Person.objects.all()
        return set(rows.values_list("pk", flat=True))

    def sql(self, person: int) -> Try:
        return Try(person in self._people, self.reader.reaches(person))

    def scope(self, person: int) -> Try:
        return Try(person in self._in_code, self.reader.reaches(person))

    def list(self, person: int) -> Try:
        return Try(person in self._lines, self.reader.sees_line(person))

    def count(self, person: int) -> Try:
        found = self._numbers("select count(*) from overview_registerrow where person_id = %s", [person])
        return Try(found != {0}, self.reader.sees_line(person))

    def search(self, person: int) -> Try:
        entry, _, words = self.records.lines.get(person, (0, 0, ["nobody"]))
        found = self._numbers("select entry_id from overview_search(%s, 1000000)", [words])
        return Try(entry in found, self.reader.sees_line(person))

    def document(self, person: int) -> Try:
        number = next(iter(self.records.documents_of.get(person, ())), None)
        if number is None:
            return self.sql(person)
        return Try(number in self._documents, self.reader.sees_document(number))

    @cached_property
    def _waiting(self) -> set[int]:
        if self.me is None or not self.me.holds(*NAMES):
            return set()
        areas = Organisation.objects.filter(pk__in=[held.area for held in self.me.roles if held.role in NAMES])
        return {
            one.person_id
            for area in areas
            for one in list_waiting(self.me, area, self.reader.today, caseload_rules_of(area))
        }

    @cached_property
    def _told(self) -> set[int]:
        return self._numbers(TOLD)

    def waiting(self, person: int) -> Try:
        """The list of those who wait for a keyworker. Who isn't on it may have one: that says nothing."""
        return Try(True if person in self._waiting else None, self.reader.reaches(person))

    def told(self, person: int) -> Try:
        """What wards and schools told, and who has or is proposed which keyworker."""
        return Try(True if person in self._told else None, self.reader.reaches(person))

    def family(self, person: int) -> Try:
        tried = self._get(f"/mine/{self.records.people[person].reference}", bool(self.reader.links.get(person)))
        return Try(tried.opened or None, tried.should)

    def naming(self, person: int) -> Try:
        return self._get(f"/people/{self.records.people[person].reference}/keyworker", self.reader.reaches(person))

    def page(self, person: int) -> Try:
        return self._get(f"/people/{self.records.people[person].reference}", self.reader.reaches(person))

    def export(self, person: int) -> Try:
        path = f"/people/{self.records.people[person].reference}/timeline?print=1"
        return self._get(path, self.reader.reaches(person))

    def link(self, person: int) -> Try:
        if person not in self.records.lines:
            return self.page(person)
        entry, _, _ = self.records.lines[person]
        return self._get(f"/register/entries/{entry}/rate", self.reader.sees_line(person))

    def _get(self, path: str, should: bool) -> Try:
        status = self.client.get(path).status_code
        if status == 200:
            return Try(True, should)
        if status == 400 or status >= 500:
            raise RuntimeError(f"{path} answered {status}: the doors can't be tried like this.")
        declared = getattr(resolve(path.partition("?")[0]).func, "protection", "").split(",")
        # A page for other roles, or a form for some of those who may read, says nothing about the record.
        silent = status != 404 or self.me is None or not self.me.holds(*declared) or path.endswith(SOME)
        return Try(None if silent and should else False, should)


# Forms for some of those who may read the record.
SOME = ("/rate", "/keyworker")
TOLD = """
    select person_id from referrals_notice where person_id is not null
    union select person_id from referrals_toldbylink where person_id is not null
    union select person_id from keyworking_proposedplace
    union select person_id from keyworking_allocation
"""

# How often each door is tried, of a hundred tries: pages take a thousand times as long as a line of a set.
WEIGHTS: dict[str, float] = {
    "sql": 30,
    "scope": 18,
    "list": 25,
    "document": 12,
    "waiting": 5,
    "told": 5,
    "count": 2,
    "search": 1.2,
    "page": 0.8,
    "family": 0.4,
    "naming": 0.4,
    "export": 0.5,
    "link": 0.5,
}
Door = Callable[[Doors, int], Try]
DOORS: dict[str, Door] = {name: getattr(Doors, name) for name in WEIGHTS}
