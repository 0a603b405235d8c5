from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.policy.counting import COUNTING
from alongside.policy.reference import rules_as_markdown, tools_as_markdown
from alongside.policy.rules import (
    CERTAINTY,
    KINDS,
    NATIONAL,
    Length,
    Ruleset,
    live_keys,
    local_value,
)
from alongside.policy.tests.building import RULES, duties, find, on_register, rating, stay

RED = next(rule for rule in NATIONAL if rule.key == "register_review_red")
START = date(2026, 6, 10)


def own(days: int, starts_on: date = START, icb: str = "DEMO"):
    return local_value(RED, icb, Length(days, "days"), starts_on, "Agreed by the register group")


def by_row(ruleset: Ruleset = RULES) -> dict[int, dict]:
    return {row["row"]: row for row in ruleset.printed()}


def test_there_is_one_printed_object_for_each_of_the_72_rows_in_order():
    assert [row["row"] for row in RULES.printed()] == list(range(1, 73))


def test_every_row_says_how_it_is_counted_where_it_comes_from_and_how_certain_it_is():
    for rule in NATIONAL:
        assert rule.counting in COUNTING, rule.key
        assert rule.certainty in CERTAINTY, rule.key
        assert rule.kind in KINDS, rule.key
        assert rule.source_label and rule.title, rule.key
        assert rule.starts_on is not None or rule.pack, rule.key


def test_rows_on_the_register_transition_and_admission_are_live():
    live = {number for number, row in by_row().items() if row["live"]}
    register = {29, 30, 35, 36, 37, 38, 61, 64, 71}
    transition = {46, 47, 48, 51, 52, 53, 54, 55, 56, 62, 68}
    admission = set(range(6, 14)) | set(range(17, 26)) | {27, 28, 31, 67}
    assert register | transition | admission <= live


def test_every_row_is_live_but_those_that_are_law_later():
    assert [number for number, row in by_row().items() if not row["live"]] == [1, 2, 3, 5]


def test_law_that_has_not_commenced_is_not_live_until_it_is_switched_on():
    assert not any(by_row()[row]["live"] for row in (1, 2, 3, 5))
    assert [part["live"] for part in by_row()[4]["parts"]] == [False, True]
    commenced = Ruleset.build("DEMO", commencements={"part_8a": START})
    assert all(by_row(commenced)[row]["live"] for row in (1, 2, 3, 4))
    assert not by_row(commenced)[5]["live"]


def test_rules_no_code_computes_are_printed_as_not_live():
    computed = live_keys()
    for rule in NATIONAL:
        if rule.row and rule.key not in computed:
            assert not by_row()[rule.row]["live"], rule.key


def test_a_row_with_several_parts_lists_them():
    row = by_row()[28]
    assert [part["length"] for part in row["parts"]] == ["48 hours", "72 hours"]
    assert row["length"] == "target 48 hours; breach 72 hours"
    assert len(by_row()[67]["parts"]) == 3
    assert by_row()[35]["parts"] == []


def test_local_defaults_are_labelled_so():
    assert by_row()[37]["label"] == "local default"
    assert by_row()[61]["label"] == "local default"
    assert by_row()[24]["label"] == "law"
    assert by_row()[18]["label"] == "national policy"


def test_a_local_value_governs_from_its_first_day():
    rules = Ruleset.build("DEMO", local=[own(10)])
    assert rules.on("register_review_red", START - timedelta(days=1)).length == Length(7, "days")
    assert rules.on("register_review_red", START).length == Length(10, "days")
    assert by_row(rules)[35]["local"][0]["length"] == "10 days"
    assert by_row(rules)[35]["length"] == "7 days"


def test_a_local_value_that_ends_gives_way_to_the_national_one():
    rules = Ruleset.build("DEMO", local=[replace(own(10), ends_on=date(2026, 6, 30))])
    assert rules.on("register_review_red", date(2026, 6, 30)).length.number == 10
    assert rules.on("register_review_red", date(2026, 7, 1)).length.number == 7


def test_a_later_local_value_replaces_an_earlier_one():
    rules = Ruleset.build("DEMO", local=[own(10), own(5, date(2026, 7, 1))])
    assert rules.on("register_review_red", date(2026, 6, 30)).length.number == 10
    assert rules.on("register_review_red", date(2026, 7, 1)).length.number == 5


@pytest.mark.parametrize(
    ("days", "starts_on", "due"),
    [
        (10, "2026-06-08", "2026-06-11"),  # the old value is due on the 8th, when the new one governs
        (10, "2026-06-09", "2026-06-08"),  # it was due the day before the new one
        (3, "2026-06-06", "2026-06-06"),  # shorter, but never before its own first day
        (3, "2026-06-01", "2026-06-04"),
    ],
)
def test_a_changed_value_reaches_everyone_due_from_its_first_day_on(days, starts_on, due):
    rules = Ruleset.build("DEMO", local=[own(days, date.fromisoformat(starts_on))])
    facts = on_register(rating("red", "2026-06-01"))
    assert find(facts, "register_review", rules).due.date().isoformat() == due


def test_law_is_that_of_the_day_on_which_the_clock_began():
    rules = Ruleset.build("DEMO", commencements={"detention_2025": START})
    before = rules.governing("s3_first_period", START - timedelta(days=1), lambda rule: START)
    after = rules.governing("s3_first_period", START, lambda rule: START)
    assert before[0].length == Length(6, "months")
    assert after[0].length == Length(3, "months")


def test_nothing_is_in_force_before_its_first_day_and_a_clock_follows_the_first_row():
    assert RULES.on("oversight_visit_child", date(2019, 4, 30)) is None
    assert RULES.on("oversight_visit_child", date(2019, 5, 1)) is not None
    assert RULES.in_force("oversight_visit_child", date(2010, 1, 1)).length == Length(6, "weeks")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (replace(RED, key="nothing"), "no rule called"),
        (own(10, icb="OTHER"), "belongs to another"),
        (replace(own(10), starts_on=None), "give the day"),
        (replace(own(10), length=None), "needs a length"),
        (own(0), "whole number"),
        (replace(own(10), length=Length(3, "hours")), "hours cannot"),
        (replace(own(10), length=Length(3, "fortnights")), "whole number"),
        (replace(own(10), counting="guessing"), "unknown way"),
    ],
)
def test_a_local_value_that_cannot_be_is_refused_with_a_sentence(rule, words):
    with pytest.raises(ValueError, match=words):
        Ruleset.build("DEMO", local=[rule])


def test_the_law_cannot_be_changed_locally():
    law = next(rule for rule in NATIONAL if rule.key == "s2_ends")
    with pytest.raises(ValueError, match="this is the law"):
        Ruleset.build("DEMO", local=[local_value(law, "DEMO", Length(30, "days"), START)])


def test_an_unknown_pack_is_refused():
    with pytest.raises(ValueError, match="no rule pack"):
        Ruleset.build("DEMO", commencements={"part_9": START})


def test_the_digest_changes_with_every_value_and_not_otherwise():
    same = Ruleset.build("DEMO", local=[own(10)])
    assert same.digest() == Ruleset.build("DEMO", local=[own(10)]).digest()
    others = [
        RULES,
        Ruleset.build("OTHER"),
        Ruleset.build("DEMO", local=[own(11)]),
        Ruleset.build("DEMO", local=[own(10, date(2026, 6, 11))]),
        Ruleset.build("DEMO", commencements={"part_8a": START}),
    ]
    assert len({rules.digest() for rules in [same, *others]}) == 6


def test_a_duty_says_when_its_number_is_a_local_default():
    facts = on_register(rating("red", "2026-06-01"), stays=(stay("2026-06-01", legal=()),))
    found = duties(facts)
    assert next(d for k, d in found.items() if k.startswith("register_review")).local_default
    assert not next(d for k, d in found.items() if k.startswith("oversight")).local_default


def test_a_value_the_icb_has_set_is_not_a_local_default_any_more():
    rules = Ruleset.build("DEMO", local=[own(10, date(2026, 1, 1))])
    duty = find(on_register(rating("red", "2026-06-01")), "register_review", rules)
    assert not duty.local_default
    assert duty.source == "Agreed by the register group"


def test_the_reference_shows_every_rule_and_tool():
    page = rules_as_markdown(Ruleset.build("DEMO", local=[own(10)]))
    assert "here: 10 days from 2026-06-10" in page
    numbers = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    assert [int(number) for number in numbers if number.isdigit()] == list(range(1, 73))
    assert all(rule.title in page for rule in NATIONAL if rule.row is None)
    assert "Which definition fits today?" in tools_as_markdown()
