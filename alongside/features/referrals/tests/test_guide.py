"""The guide's page, and an area's own rules of entry."""

import re
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.referrals.eligibility import entry_rules_of, set_entry_rule, told_of_referral
from alongside.features.referrals.models import LocalEntryRule, Referral
from alongside.features.referrals.tests.asking import problems, send
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, key_of

FOUR = {"age": "14", "lives": "here", "gp": "here", "diagnosis": "pathway", "happening": ["home"]}


def sets(area: Area, role: str, key: str, value: object) -> None:
    with acting_as(area.actors[role]) as me, recording(by=me, at=NOW) as note:
        set_entry_rule(note, icb=area.icb, key=key, value=value, starts_on=date(2025, 1, 1), source="Board paper 7")  # type: ignore[arg-type]


def test_it_says_which_rule_applies_and_never_closes(northmoor: Area) -> None:
    page = Client().post("/refer/check", FOUR).content.decode()
    assert "Waiting for an assessment does not count here on its own." in page
    assert "You can still ask. A person reads every request" in page
    assert "Here we count a risk of losing the home or placement as a sign of that." in page
    assert "no national figure was found (local default)" in page and "Who gets a keyworker?" in page


def test_it_does_not_say_which_of_the_two_when_it_asked_of_both_at_once(northmoor: Area) -> None:
    page = Client().post("/refer/check", FOUR | {"diagnosis": "diagnosed"}).content.decode()
    assert "You told us about autism or a learning disability. That fits." in page


def test_an_areas_own_rule_is_what_its_visitors_read(northmoor: Area, saltby: Area) -> None:
    sets(northmoor, "manager", "diagnosis_basis", ("diagnosed", "pathway"))
    ours = Client().post("/refer/check", FOUR | {"area": str(northmoor.icb.pk)}).content.decode()
    theirs = Client().post("/refer/check", FOUR | {"area": str(saltby.icb.pk)}).content.decode()
    assert "Waiting for an assessment counts here too." in ours and "Board paper 7 (set by Northmoor ICB)" in ours
    assert "does not count here on its own" in theirs


@pytest.mark.parametrize("role", ["keyworker", "commissioner", "partner_health", "coordinator"])
def test_only_its_managers_and_administrators_set_it(northmoor: Area, role: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        sets(northmoor, role, "age_to", 17)


def test_not_even_another_areas_manager(northmoor: Area, saltby: Area) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        with acting_as(saltby.actors["manager"]) as me, recording(by=me, at=NOW) as note:
            set_entry_rule(note, icb=northmoor.icb, key="age_to", value=17, starts_on=date(2025, 1, 1))
    assert not LocalEntryRule.objects.exists()


def test_the_age_must_be_a_number_that_can_be(northmoor: Area) -> None:
    for age, sentence in (("", "Enter how old they are"), ("x", "Age must be a whole number, like 30")):
        answer = Client().post("/refer/check", FOUR | {"age": age})
        assert answer.status_code == 422 and problems(answer) == [sentence]
    assert Client().post("/refer/check", FOUR | {"age": "121"}).status_code == 422
    assert Client().post("/refer/check", FOUR | {"age": "120"}).status_code == 200


def test_nothing_that_is_asked_here_is_kept(northmoor: Area) -> None:
    answer = Client().post("/refer/check", FOUR)
    assert not answer.cookies.get("alongside_asking") and "14" not in answer.headers.get("Location", "")


def test_triage_reads_the_same_rules(northmoor: Area) -> None:
    send(Client(), "family")
    with context.as_engine():
        referral = Referral.objects.get()
    told = told_of_referral(referral, entry_rules_of(northmoor.icb), NOW.date())
    assert {each.test: each.answer for each in told} == {
        "age": "fits",
        "area": "unsure",
        "diagnosis": "fits",
        "happening": "fits",
    }


def test_a_manager_sets_a_rule_and_reads_it_back(northmoor: Area) -> None:
    manager = Client()
    manager.cookies["alongside_key"] = key_of(northmoor.actors["manager"])
    page = manager.get("/rules/entry").content.decode()
    assert "Proposal of this software" in page and "Set our own" in page
    day = {f"starts_on-{part}": str(getattr(clock.today(), part)) for part in ("day", "month", "year")}
    form = manager.get("/rules/entry/diagnosis_basis").content.decode()
    given = {"submission": mark_on(form), "value": ["diagnosed"], "source": "Board paper 7", **day}
    assert manager.post("/rules/entry/diagnosis_basis", given).headers["Location"] == "/rules/entry"
    assert manager.post("/rules/entry/diagnosis_basis", given | {"submission": "m" * 22}).status_code == 422
    page = manager.get("/rules/entry").content.decode()
    assert "Board paper 7" in page and "Set by northmoor" in page
    with CaptureQueriesContext(connection) as asked:
        manager.get("/rules/entry")
    assert len(asked) <= 6


@pytest.mark.parametrize(
    ("age", "sentence"),
    [("16", "Oldest age must be 17 or more"), ("26", "Oldest age must be 25 or fewer"), ("", "Enter oldest age")],
)
def test_a_rule_that_cannot_be_is_told(northmoor: Area, age: str, sentence: str) -> None:
    manager = Client()
    manager.cookies["alongside_key"] = key_of(northmoor.actors["manager"])
    form = manager.get("/rules/entry/age_to").content.decode()
    day = {f"starts_on-{part}": str(getattr(clock.today(), part)) for part in ("day", "month", "year")}
    answer = manager.post("/rules/entry/age_to", {"submission": mark_on(form), "value": age, "source": "x", **day})
    assert answer.status_code == 422 and problems(answer) == [sentence]


def test_what_the_policy_says_cannot_be_set(northmoor: Area) -> None:
    manager, keyworker = Client(), Client()
    manager.cookies["alongside_key"] = key_of(northmoor.actors["manager"])
    keyworker.cookies["alongside_key"] = key_of(northmoor.actors["keyworker"])
    assert manager.get("/rules/entry/risks").status_code == 404
    assert keyworker.get("/rules/entry/age_to").status_code == 403
    assert "Set our own" not in keyworker.get("/rules/entry").content.decode()


def mark_on(page: str) -> str:
    found = re.search(r'name="submission" value="([^"]+)"', page)
    return found[1] if found else ""
