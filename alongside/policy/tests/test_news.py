"""News proposes a higher rating; what was so before, or is kept apart from the colour, proposes nothing."""

from datetime import date, timedelta

import pytest

from alongside.policy.ratings import LOWER, NEWS, covers, find_news, proposed_by
from alongside.policy.rules import NATIONAL, live_keys

ENTERED = date(2026, 3, 2)
PROPOSED = {
    ("emergency", "meeting"): "red",
    ("lifeevent", "placement_notice"): "red",
    ("lifeevent", "exclusion"): "amber",
    ("circumstance", "excluded"): "amber",
    ("circumstance", "residential_52"): "amber",
    ("circumstance", "residential_38"): "amber",
    ("circumstance", "residential_risk"): "amber",
    ("circumstance", "looked_after"): "amber",
    ("circumstance", "care_edge"): "amber",
    ("circumstance", "child_protection"): "amber",
    ("circumstance", "youth_justice"): "amber",
}


def proposed(fact: str, kind: str, rated: str = "green", since: date | None = None) -> str | None:
    news = find_news(fact, kind)
    assert news is not None
    return proposed_by(news, rated=rated, entered_on=ENTERED, since=since).value


def test_each_kind_of_news_proposes_its_colour() -> None:
    assert {(news.fact, news.kind): proposed(news.fact, news.kind) for news in NEWS} == PROPOSED


@pytest.mark.parametrize(
    "kind", ["risk_placement", "risk_education", "risk_safeguarding", "ehc_plan", "adopted", "care_leaver", "odd"]
)
def test_what_is_kept_apart_from_the_colour_proposes_nothing(kind: str) -> None:
    assert find_news("circumstance", kind) is None


@pytest.mark.parametrize(
    ("rated", "red", "amber"),
    [
        ("", "red", "amber"),
        ("green", "red", "amber"),
        ("amber", "red", None),
        ("red", None, None),
        ("blue", None, None),
    ],
)
def test_only_a_higher_rating_is_proposed(rated: str, red: str | None, amber: str | None) -> None:
    assert proposed("lifeevent", "placement_notice", rated) == red
    assert proposed("circumstance", "child_protection", rated) == amber


@pytest.mark.parametrize(("pending", "red", "amber"), [("", False, False), ("amber", False, True), ("red", True, True)])
def test_a_proposal_that_waits_covers_the_same_and_the_lower(pending: str, red: bool, amber: bool) -> None:
    assert (covers(pending, "red"), covers(pending, "amber")) == (red, amber)


@pytest.mark.parametrize(("days", "colour"), [(-1, None), (0, None), (1, "amber")])
def test_what_was_so_when_they_came_is_no_change(days: int, colour: str | None) -> None:
    assert proposed("circumstance", "looked_after", since=ENTERED + timedelta(days=days)) == colour


def test_where_nobody_knows_since_when_it_is_news() -> None:
    assert proposed("circumstance", "looked_after", since=None) == "amber"


def test_each_proposal_says_by_which_rule_and_whose_it_is() -> None:
    rows = {rule.key: rule for rule in NATIONAL if rule.key.startswith("rating_proposed_")}
    assert {news.rule_key for news in NEWS} == set(rows) <= live_keys()
    for news in NEWS:
        assert f"Local default: {news.colour} is proposed" in news.because and len(news.because) < 300
        assert rows[news.rule_key].title.startswith(news.colour.capitalize())
    assert all(rule.is_local_default for rule in rows.values()), "no national document sets any of them"
    assert set(LOWER) == {news.colour for news in NEWS}
