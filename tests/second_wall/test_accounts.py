"""Accounts, sessions and counts: what a statement under somebody's key reads of them."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import end_key, find_me
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.operations import add_member
from tests.cast import Area, acting_as, add_registered
from tests.second_wall.asking import by_hand, insert, refused, run


@pytest.fixture
def two(northmoor: Area) -> list[str]:
    addresses = ["sam@example.org", "ada@example.org"]
    for address in addresses:
        add_member(email=address, name=address[:3], role="manager", icb_code="TNM", at=clock.now(), today=clock.today())
    return addresses


def test_everybody_reads_their_own_account_and_nobody_elses(northmoor: Area, two: list[str]) -> None:
    with context.as_engine():
        sam = User.objects.select_related("actor").get(email=two[0]).actor
    for actor, sees in ((sam, [two[0]]), (northmoor.actors["admin"], []), (northmoor.actors["coordinator"], [])):
        with acting_as(actor, clock.now()):
            assert list(User.objects.values_list("email", flat=True)) == sees
            assert list(EmailAddress.objects.values_list("email", flat=True)) == sees
    assert not User.objects.exists() and not EmailAddress.objects.exists(), "without a key nobody's"


def test_nobody_changes_a_password_by_hand(northmoor: Area, two: list[str]) -> None:
    with context.as_engine():
        sam = User.objects.select_related("actor").get(email=two[0]).actor
    with by_hand(sam):
        assert run("update accounts_user set password = 'x'") == 0
        with refused():
            run("insert into accounts_user (email, password, is_active, date_joined, password_is_temporary) "
                "values ('x@example.org', 'x', true, now(), false)")  # fmt: skip


def test_while_somebody_signs_in_accounts_are_found_and_no_record_is(northmoor: Area, two: list[str]) -> None:
    add_registered(northmoor)
    with context.signing_in(), connection.cursor() as cursor:
        assert User.objects.count() == 2
        assert find_me(clock.now()) is None
        cursor.execute("select access.engine(), access.actor(), (select count(*) from people_person)")
        assert cursor.fetchone() == (False, None, 0)
        end_key(clock.now())
        assert User.objects.count() == 2, "the server's own proof is no key that ends"


def test_whoever_reads_the_sessions_can_go_on_with_none(two: list[str], db: None) -> None:
    client = Client()
    client.get("/sign-in")
    session = client.session
    session["x"] = "y"
    session.save()
    stored = Session.objects.get().session_key
    assert session.session_key and stored != session.session_key
    again = Client()
    again.cookies["sessionid"] = stored
    assert "x" not in again.session and client.session["x"] == "y"


@pytest.mark.parametrize(
    ("begins", "ends"), [("2026-11-20", "2026-11-20"), ("2026-10-01", "2026-12-30"), ("2026-07-01", "2026-12-31")]
)
def test_who_said_no_is_counted_for_one_whole_quarter_only(northmoor: Area, begins: str, ends: str) -> None:
    with by_hand(northmoor.actors["senior_officer"]):
        with refused("one whole quarter"):
            run("select * from access.closed_in(%s, %s, 5)", begins, ends)
        assert run("select * from access.closed_in('2026-10-01', '2026-12-31', 5)") == 2


def test_nobody_gives_themselves_a_role(northmoor: Area) -> None:
    role = {"role": "coordinator", "area_id": northmoor.icb.pk, "holds_inbox": False, "custodian": True}
    role["from_date"] = clock.today()  # type: ignore[assignment]
    with by_hand(northmoor.actors["admin"]) as me:
        with refused():
            insert("accounts_roleheld", actor_id=me.id, **role)
        assert run("update accounts_roleheld set role = 'coordinator' where actor_id = %s", me.id) == 0
        assert insert("accounts_roleheld", actor_id=northmoor.actors["manager"].pk, **role) == 1


@pytest.mark.parametrize("role", ["coordinator", "admin", "family"])
def test_nobody_puts_a_count_of_attempts_there_by_hand(northmoor: Area, role: str) -> None:
    cache.set("tries", 3)
    with by_hand(northmoor.actors[role]):
        assert run("update account_attempts set value = 'x'") == 0
        with refused():
            run("insert into account_attempts values ('k', 'v', now())")
    assert cache.get("tries") == 3 and cache.incr("tries") == 4
    cache.delete("tries")
    assert cache.get("tries") is None
