"""A changed rule, holiday or commencement date counts again everybody whom it touches, and shows how far it is."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from alongside.features.hospital.operations import admit
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import propose_rating, rate
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview import recounting
from alongside.overview.models import Duty, Recount
from alongside.overview.operations_rules import (
    add_bank_holiday,
    remove_bank_holiday,
    set_commencement,
    set_local_rule,
)
from alongside.overview.verify import find_differing
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered


def rated(area: Area, entry: RegisterEntry, colour: str) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        rate(note, entry=entry, colour=colour, because="Seen today.", by=me, demanded=NO_FLOOR)


def differing() -> int:
    return sum(len(found) for _, found in find_differing())


def count_again() -> int:
    return list(recounting.count_all(lambda: NOW))[-1]


def due_of(person, rule_key: str):
    with context.as_engine():
        return Duty.objects.get(person=person, rule_key=rule_key).due


def test_a_local_value_counts_again_this_icbs_people_and_nobody_elses(northmoor: Area, saltby: Area) -> None:
    here, entry = add_registered(northmoor)
    there, other = add_registered(saltby)
    rated(northmoor, entry, "green")
    rated(saltby, other, "green")
    before = due_of(there, "register_review_green")
    with acting_as(northmoor.actors["admin"]) as me, recording(by=me, at=NOW) as note:
        set_local_rule(
            note,
            icb=northmoor.icb,
            rule_key="register_review_green",
            amount=60,
            starts_on=date(2026, 1, 1),
            source="Board paper 12",
            by=me,
        )
    (progress,) = recounting.list_progress()
    assert str(progress) == "0 of 1 people counted again"
    assert differing() == 1, "until the recount is done, one person is not yet right"
    assert count_again() == 1
    assert recounting.list_progress() == []
    assert due_of(here, "register_review_green").date() == (NOW + timedelta(days=60)).date()
    assert due_of(there, "register_review_green") == before
    assert differing() == 0


def test_only_an_administrator_or_manager_of_the_icb_sets_its_values(northmoor: Area, saltby: Area) -> None:
    values = {"rule_key": "register_review_green", "amount": 60, "starts_on": date(2026, 1, 1), "source": "Ours"}
    for actor in (northmoor.actors["keyworker"], saltby.actors["admin"]):
        with acting_as(actor) as me, pytest.raises(Refused), recording(by=me, at=NOW) as note:
            set_local_rule(note, icb=northmoor.icb, by=me, **values)
    with acting_as(northmoor.actors["manager"]) as me, pytest.raises(Refused), recording(by=me, at=NOW) as note:
        set_commencement(note, pack="part_8a", starts_on=date(2027, 1, 1), source="SI", by=me)


def test_the_law_and_a_length_of_nothing_are_refused_in_a_sentence(northmoor: Area) -> None:
    for key, amount in (("s2_ends", 20), ("register_review_green", 0), ("no_such_rule", 3)):
        with acting_as(northmoor.actors["admin"]) as me, pytest.raises(NotNow), recording(by=me, at=NOW) as note:
            set_local_rule(
                note, icb=northmoor.icb, rule_key=key, amount=amount, starts_on=date(2026, 1, 1), source="x", by=me
            )
    assert not Recount.objects.exists()


def test_a_holiday_counts_everybody_again(northmoor: Area) -> None:
    person, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        propose_rating(note, entry=entry, colour="red", because="Notice on the placement.", origin="notice")
    before = due_of(person, "change_looked_at")
    with context.as_engine():
        engine = Actor.objects.get(kind="engine")
        with recording(by=engine, at=NOW) as note:
            add_bank_holiday(note, day=before.date(), name="An extra day")
    count_again()
    assert due_of(person, "change_looked_at") > before
    with context.as_engine():
        with recording(by=engine, at=NOW) as note:
            remove_bank_holiday(note, day=before.date())
        with pytest.raises(NotNow), recording(by=engine, at=NOW) as note:
            remove_bank_holiday(note, day=before.date())
    count_again()
    assert due_of(person, "change_looked_at") == before
    assert differing() == 0


def test_a_commencement_date_switches_a_law_on(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        stay = admit(note, person=person, kind="mental_health_hospital", place_name="Elm ward", admitted_at=NOW)
    with acting_as(northmoor.actors["admin"]) as me, recording(by=me, at=NOW) as note:
        set_commencement(note, pack="part_8a", starts_on=date(2026, 1, 1), source="Commencement order", by=me)
    with acting_as(northmoor.actors["admin"]) as me, pytest.raises(NotNow), recording(by=me, at=NOW) as note:
        set_commencement(note, pack="part_8a", starts_on=date(2026, 1, 1), source="Commencement order", by=me)
    count_again()
    assert differing() == 0
    assert stay.pk


def test_verifying_finds_a_planted_difference(northmoor: Area, capsys: pytest.CaptureFixture[str]) -> None:
    person, _ = add_registered(northmoor)
    call_command("verify_duties")
    assert capsys.readouterr().out.splitlines()[-1] == "0"
    with context.as_engine():
        Duty.objects.filter(person=person).update(what="Something else")
    for words in ([], ["--as-at", "2026-11-30"]):
        with pytest.raises(SystemExit):
            call_command("verify_duties", *words)
        assert capsys.readouterr().out.splitlines()[-1] == "1"
    call_command("recount", "--all")
    call_command("verify_duties", "--as-at", "2026-11-30")
    assert capsys.readouterr().out.splitlines()[-1] == "0"


def test_a_release_with_other_rules_counts_everybody_again_once(
    northmoor: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recounting.ask_after_release(NOW) is None, "nobody is here yet"
    add_registered(northmoor)
    first = recounting.ask_after_release(NOW)
    assert first is not None and first.people == 1
    assert count_again() == 1
    assert recounting.ask_after_release(NOW) is None, "the same code again"
    monkeypatch.setattr(recounting, "_code_of_the_rules", lambda: "another")
    assert recounting.ask_after_release(NOW) is not None
