"""Duties about no one person: stored with the change, counted again with the rules, proved like all others."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from alongside.features.referrals.models import Referral
from alongside.features.referrals.tests.sending import ask
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.overview.engine import matters
from alongside.overview.models import Duty, LocalRule
from alongside.overview.recounting import ask_recount, count_all
from alongside.overview.verify import find_differing_matters
from tests.cast import Area

MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


def outcome_due(referral: Referral) -> date:
    with context.as_engine():
        return Duty.objects.get(subject="referral", subject_id=referral.pk, rule_key="referral_outcome").due.date()


def test_an_areas_own_length_reaches_its_matters_and_no_other_areas(northmoor: Area, saltby: Area) -> None:
    here, _ = ask(northmoor, MONDAY)
    there, _ = ask(saltby, MONDAY)
    assert outcome_due(here) == outcome_due(there) == date(2026, 2, 9)
    with context.as_engine():
        LocalRule.objects.create(
            icb=northmoor.icb,
            rule_key="referral_outcome",
            amount=2,
            unit="weeks",
            starts_on=date(2025, 1, 1),
            source="Decided by the board",
            decided_by=Actor.objects.get(kind="engine"),
        )
    ask_recount(because="A rule was changed.", at=MONDAY, icb_id=northmoor.icb.pk)
    assert list(find_differing_matters()) == [("referral", here.pk)], "until they are counted"
    list(count_all(lambda: MONDAY))
    assert outcome_due(here) == date(2026, 1, 26)
    assert outcome_due(there) == date(2026, 2, 9)
    assert list(find_differing_matters()) == []


def test_a_duty_of_a_matter_that_is_gone_is_found_and_taken_away(northmoor: Area) -> None:
    referral, _ = ask(northmoor, MONDAY)
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute("update overview_duty set subject_id = subject_id + 1000 where subject = 'referral'")
    assert sorted(find_differing_matters()) == [("referral", referral.pk), ("referral", referral.pk + 1000)]
    with context.as_engine():
        matters.refresh_matters("referral", [referral.pk + 1000])
        assert not Duty.objects.filter(subject_id=referral.pk + 1000, subject="referral").exists()


def test_verify_duties_counts_matters_too_also_as_at_a_day(northmoor: Area) -> None:
    ask(northmoor, MONDAY)
    told = StringIO()
    call_command("verify_duties", as_at="2026-02-10", stdout=told)
    assert told.getvalue().splitlines()[-1] == "0"
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(
            "update overview_duty set due = due + interval '9 days', late_from = late_from + interval '9 days' "
            "where rule_key = 'referral_outcome'"
        )
    for given, differ in (({"as_at": "2026-02-10"}, "1"), ({"as_at": "2026-03-10"}, "0"), ({}, "1")):
        told = StringIO()
        try:
            call_command("verify_duties", stdout=told, stderr=StringIO(), **given)
        except SystemExit:
            assert differ == "1"
        assert told.getvalue().splitlines()[-1] == differ, given


@pytest.mark.parametrize("kind", sorted(matters.kinds()) or ["referral"])
def test_every_kind_has_a_page_and_reads_nothing_for_nobody(db: None, kind: str) -> None:
    assert matters.address_of(kind, 7).startswith("/")
    with context.as_engine():
        assert matters.derive_matters(kind, [2**40]) == {}
        assert isinstance(matters.list_ids(kind), list)


def test_a_change_is_stored_in_the_transaction_that_made_it(northmoor: Area) -> None:
    referral, _ = ask(northmoor, MONDAY)
    with context.as_engine():
        shown = Duty.objects.get(subject="referral", subject_id=referral.pk, rule_key="referral_triage")
    assert shown.shows_from == MONDAY
    assert shown.due == MONDAY + timedelta(days=2)
