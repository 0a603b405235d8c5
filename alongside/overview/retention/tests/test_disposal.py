"""Records that nothing keeps go in whole, by two people; whatever something keeps stays."""

import json
import random
import re
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Communication, Fact, Person
from alongside.features.people.operations import merge_people, record_fact
from alongside.features.register.operations import remove
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.settle import protected_models
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.models import Event, History
from alongside.foundation.recording.recording import recording
from alongside.foundation.recording.verify import verify_audit
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.retention.models import Hold, Proposal, ProposedRecord
from alongside.overview.retention.queries import list_records
from tests.cast import Area, acting_as, add_registered, key_of

LONG_AGO = datetime(2008, 3, 3, 9, 0, tzinfo=UTC)
#: What is left: the history tells that an emptied row, with a reference and no name, was taken away.
EMPTIED = {"History.person_id": 1}
LEFT = datetime(2009, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def northmoor(northmoor: Area) -> Area:
    """An area whose staff have been there for long."""
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=LONG_AGO) as note:
        RoleHeld.objects.update(from_date=date(2005, 1, 1))
        note("x.y", words="x")
    return northmoor


def left(area: Area, family_name: str, born: date = date(1985, 5, 1), *, stays_on: bool = False) -> Person:
    """Somebody who was on the register for a year, long ago."""
    person, entry = add_registered(area, family_name=family_name, birth_date=born, at=LONG_AGO)
    if not stays_on:
        with acting_as(area.actors["coordinator"], LEFT) as me, recording(by=me, at=LEFT) as note:
            record_fact(note, Communication, person=person, topic=Topic.COMMUNICATION, words="x", best_way="By letter")
            remove(note, entry=entry, on=LEFT.date(), because="low_risk", by=me)
    return person


def client_of(actor: Actor) -> Client:
    client = Client()
    client.cookies["alongside_key"] = key_of(actor)
    return client


def sends(client: Client, address: str, **given: str) -> object:
    return client.post(address, {"submission": uuid4().hex} | given)


def proposed(area: Area) -> Proposal:
    answer = sends(client_of(area.actors["governance"]), "/retention/propose", second=str(area.actors["manager"].pk))
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    with context.as_engine():
        return Proposal.objects.order_by("-pk")[0]


def approve(area: Area, proposal: Proposal) -> None:
    answer = sends(client_of(area.actors["manager"]), f"/retention/{proposal.pk}", approved="yes")
    assert answer.status_code == 302


def lets_go(area: Area, proposal: Proposal) -> object:
    return sends(client_of(area.actors["governance"]), f"/retention/{proposal.pk}/dispose")


def rows_about(person: Person) -> dict[str, int]:
    """How many rows of each table still name a person."""
    found = {}
    with context.as_engine(), connection.cursor() as cursor:
        for model in protected_models():
            for field in model._meta.concrete_fields:
                if field.column in ("person_id", "merged_id", "survivor_id") and model.__name__ != "Look":
                    try:
                        with transaction.atomic():
                            cursor.execute(
                                f"select count(*) from {model._meta.db_table} where {field.column} = %s", [person.pk]
                            )
                            found[f"{model.__name__}.{field.column}"] = cursor.fetchone()[0]
                    except DatabaseError:
                        continue
    return {name: many for name, many in found.items() if many}


def test_a_record_goes_in_whole_and_the_log_stays(northmoor: Area) -> None:
    person = left(northmoor, "Oldfield")
    other = left(northmoor, "Young", born=date(1999, 5, 1), stays_on=True)
    before = rows_about(other)
    proposal = proposed(northmoor)
    with context.as_engine():
        assert Duty.objects.get(subject="disposal").owner_actor_id == northmoor.actors["manager"].pk
    approve(northmoor, proposal)
    answer = lets_go(northmoor, proposal)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert rows_about(person) == EMPTIED
    with context.as_engine():
        assert not Person.objects.filter(pk=person.pk).exists()
        kept = " ".join(str(row) for row in History.objects.values_list("before", "after"))
        kept += " ".join(Event.objects.values_list("words", flat=True))
        assert "Oldfield" not in kept and "By letter" not in kept
        record = ProposedRecord.objects.get()
        assert (record.outcome, record.reference) == ("gone", person.reference) and record.rows_gone >= 6
        assert not Duty.objects.filter(subject="disposal").exists()
    assert {name: many for name, many in rows_about(other).items()} == before
    page = client_of(northmoor.actors["governance"]).get(f"/retention/{proposal.pk}").content.decode()
    assert person.reference in page and "Gone" in page
    # References are checked when a transaction ends.
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_the_audit_says_disposed_and_not_tampered(northmoor: Area, settings: object, tmp_path: Path) -> None:
    settings.AUDIT_ROOTS = tmp_path / "roots.log"  # type: ignore[attr-defined]
    left(northmoor, "Oldfield")
    proposal = proposed(northmoor)
    approve(northmoor, proposal)
    lets_go(northmoor, proposal)
    verdict = verify_audit()
    assert verdict.tampered == [] and verdict.state == "disposed"


@pytest.mark.parametrize("what", ["hold", "register", "child", "no birth date"])
def test_what_something_keeps_is_not_even_proposed(northmoor: Area, what: str) -> None:
    born = {"child": date(2004, 5, 1), "no birth date": None}.get(what, date(1985, 5, 1))
    person = left(northmoor, "Oldfield", born=born, stays_on=what == "register")  # type: ignore[arg-type]
    client = client_of(northmoor.actors["governance"])
    if what == "hold":
        answer = sends(client, "/retention/holds/new", reference=person.reference, because="An inquest")
        assert answer.status_code == 302
    assert "No record may go now" in client.get("/retention").content.decode()
    assert sends(client, "/retention/propose", second=str(northmoor.actors["manager"].pk)).status_code == 422
    page = client.get("/retention/propose").content.decode()
    assert "Nothing may go now" in page and "Propose</button>" not in page


def test_whoever_may_not_decide_is_not_offered(northmoor: Area) -> None:
    left(northmoor, "Oldfield")
    page = client_of(northmoor.actors["governance"]).get("/retention/propose").content.decode()
    offered = re.findall(r'name="second"[^>]*value="(\d+)"', page)
    assert str(northmoor.actors["manager"].pk) in offered
    assert not {str(northmoor.actors[role].pk) for role in ("keyworker", "governance", "admin")} & set(offered)


def test_a_hold_after_the_yes_still_keeps_it(northmoor: Area) -> None:
    person = left(northmoor, "Oldfield")
    proposal = proposed(northmoor)
    approve(northmoor, proposal)
    sends(
        client_of(northmoor.actors["governance"]), "/retention/holds/new", reference=person.reference, because="A claim"
    )
    lets_go(northmoor, proposal)
    with context.as_engine():
        assert ProposedRecord.objects.get().outcome == "kept" and Person.objects.get(pk=person.pk).family_name


def test_merged_records_go_together(northmoor: Area) -> None:
    survivor, merged = left(northmoor, "Oldfield"), left(northmoor, "Oldfeild")
    with acting_as(northmoor.actors["coordinator"], LEFT) as me, recording(by=me, at=LEFT) as note:
        merge_people(note, survivor=survivor, merged=merged, because="The same")
    proposal = proposed(northmoor)
    approve(northmoor, proposal)
    assert lets_go(northmoor, proposal).status_code == 302
    assert rows_about(survivor) == rows_about(merged) == EMPTIED


def test_it_takes_two(northmoor: Area, saltby: Area) -> None:
    left(northmoor, "Oldfield")
    governance = northmoor.actors["governance"]
    assert sends(client_of(governance), "/retention/propose", second=str(governance.pk)).status_code == 422
    proposal = proposed(northmoor)
    assert lets_go(northmoor, proposal).status_code == 404
    refused = sends(client_of(governance), f"/retention/{proposal.pk}", approved="yes")
    assert refused.status_code == 422 and "Somebody else" in refused.content.decode()
    with acting_as(governance, clock.now()) as me, pytest.raises(DatabaseError, match="second person"):
        with recording(by=me, at=clock.now()) as note:
            note("x.y", words="x")
            Proposal.objects.update(approved=True, decided_at=clock.now())
    with acting_as(governance, clock.now()) as me, pytest.raises(DatabaseError, match="second person"):
        with recording(by=me, at=clock.now()) as note:
            note("x.y", words="x")
            values = {"icb": northmoor.icb, "proposed_at": clock.now(), "decided_at": clock.now(), "approved": True}
            Proposal.objects.create(**values, proposed_by=governance, second=northmoor.actors["manager"])
    for who in (saltby.actors["governance"], saltby.actors["manager"]):
        assert client_of(who).get(f"/retention/{proposal.pk}").status_code == 404
    no = sends(client_of(northmoor.actors["manager"]), f"/retention/{proposal.pk}", approved="no", because="Not yet")
    assert no.status_code == 302 and lets_go(northmoor, proposal).status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "manager", "governance"])
def test_the_database_disposes_of_nothing_without_a_yes(northmoor: Area, role: str) -> None:
    person = left(northmoor, "Oldfield")
    proposal = proposed(northmoor)
    with context.as_engine():
        number = proposal.records.get().pk
    with acting_as(northmoor.actors[role], clock.now()) as me, pytest.raises(DatabaseError, match="said yes"):
        with recording(by=me, at=clock.now()), connection.cursor() as cursor:
            cursor.execute("select access.dispose_record(%s)", [number])
    assert rows_about(person)


def test_lifting_a_hold_lets_the_rules_decide_again(northmoor: Area) -> None:
    person = left(northmoor, "Oldfield")
    client = client_of(northmoor.actors["governance"])
    sends(client, "/retention/holds/new", reference=person.reference, because="An inquest")
    with context.as_engine():
        number = Hold.objects.get().pk
    assert sends(client, f"/retention/holds/{number}/lift", because="It is over").status_code == 302
    assert person.reference in client.get("/retention").content.decode()
    assert client.get(f"/retention/holds/{number}/lift").status_code == 404


def test_the_command_lists_and_changes_nothing(northmoor: Area) -> None:
    person = left(northmoor, "Oldfield")
    left(northmoor, "Young", born=date(2003, 6, 1))
    before, out = rows_about(person), StringIO()
    call_command("dispose", "--dry-run", "--json", "--icb", "TNM", stdout=out)
    said = json.loads(out.getvalue().splitlines()[-1])
    assert (said["looked_at"], said["may_go"]) == (2, 1) and said["records"][0]["reference"] == person.reference
    later = StringIO()
    call_command("dispose", "--dry-run", "--json", "--as-at", "2028-06-02", stdout=later)
    assert json.loads(later.getvalue())["may_go"] == 2
    assert rows_about(person) == before


def kept_through(born: date, gone: date) -> date:
    """The rules said again, in other words: six years; a child's to 25, or 26 from 17; an adult's eight years."""
    age = gone.year - born.year - ((gone.month, gone.day) < (born.month, born.day))
    later = gone.replace(year=gone.year + (6 if age < 18 else 8))
    return max(later, born.replace(year=born.year + (26 if age == 17 else 25))) if age < 18 else later


def test_nothing_that_a_longer_rule_keeps_ever_goes(northmoor: Area) -> None:
    some = random.Random(11)
    born = {}
    for number in range(12):
        day = date(some.choice([1985, 1990, 1991, 1992, 1998, 2001, 2002]), some.randint(1, 12), some.randint(1, 28))
        born[left(northmoor, f"Oldfield{number}", born=day).pk] = day
    may_go = {pk for pk, day in born.items() if kept_through(day, LEFT.date()) < clock.today()}
    assert may_go and set(born) - may_go, "some go and some stay, or this shows nothing"
    proposal = proposed(northmoor)
    approve(northmoor, proposal)
    lets_go(northmoor, proposal)
    with context.as_engine():
        assert set(Person.objects.filter(pk__in=born).values_list("pk", flat=True)) == set(born) - may_go


def test_every_kind_of_fact_is_among_what_goes() -> None:
    """What goes is found through the database's references: each kind of fact has one to the person."""
    for model in protected_models():
        if issubclass(model, Fact):
            assert model._meta.get_field("person").remote_field.model is Person


def test_pages_take_few_statements_whatever_the_size(northmoor: Area) -> None:
    for number in range(4):
        left(northmoor, f"Oldfield{number}")
    proposal = proposed(northmoor)
    client = client_of(northmoor.actors["governance"])
    for address in ("/retention", f"/retention/{proposal.pk}"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= 10, [q["sql"][-80:] for q in asked]
    assert len(list_records(northmoor.icb.pk, "TNM")) == 4
