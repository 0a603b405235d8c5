"""A rule is live only if changing its number changes what the product says."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.counting import default_calendar
from alongside.policy.duties import (
    ImportFacts,
    duties_for,
    latest_backlog_day,
    matter_duties,
    offer_again_on,
    opening_ends,
    proposed_look_again,
    proposed_review,
)
from alongside.policy.facts import CircumstanceFacts, LegalStatusFacts, ToldFacts
from alongside.policy.ratings import TOOLS, floor, suggest
from alongside.policy.retention import RetentionFacts, kept_by
from alongside.policy.rules import NATIONAL, Length, Ruleset, live_keys
from alongside.policy.rules.rule import MONTHS_OF_YEAR
from alongside.policy.tests.building import (
    CLOSED,
    GUARDING,
    IDENTITY,
    KEYWORKER,
    LETTERBOX,
    entry,
    moment,
    person,
    plan,
    rating,
    referral,
    review,
    stay,
)

#: Law that has to be switched on to be computed.
COMMENCED = {"part_8a": date(2026, 1, 1), "detention_2025": date(2026, 9, 1)}


def _register():
    for colour in ("red", "amber", "green"):
        yield person(entries=(entry(rating(colour, "2026-06-01")),))
    proposed = rating("red", "2026-06-02", id=2, state="proposed")
    yield person(entries=(entry(proposed, provisional=True),), moved_out_at=moment("2026-07-01"), consents=())
    yield person(entries=(entry(removed_on=date(2026, 7, 1)),))
    yield person(entries=(entry(),), birth_date=None)
    for urgent in (True, False):
        yield person(told=(ToldFacts(1, "School", "education", "Their mother", moment("2026-06-01"), urgent),))


def _hospital():
    blue = (entry(rating("blue", "2026-06-01")),)
    sections = tuple(LegalStatusFacts(code, moment("2026-06-01"), None) for code in ("s2", "s3"))
    for born in (date(2012, 3, 10), date(2000, 3, 10)):
        yield person(birth_date=born, entries=blue, stays=(stay("2026-06-01", adult_ward=True),))
        yield person(birth_date=born, stays=(stay("2026-06-01", legal=sections, unit_inadequate=True),))
        for security in ("none", "low"):
            held = review("inpatient", "2026-06-08", statutory=True)
            secure = stay("2026-06-01", security=security, legal=sections[1:])
            yield person(birth_date=born, stays=(secure,), reviews=(held,))
            yield person(birth_date=born, stays=(replace(secure, legal=()),), reviews=(held,))
    yield person(entries=(entry(rating("red", "2026-01-01")),), stays=(stay("2026-06-01"),))
    yield person(stays=(stay("2026-06-01"),), reviews=(review("community", "2026-05-04"),))
    yield person(stays=(stay("2022-06-01"),))
    yield person(stays=(stay("2026-10-01", legal=(LegalStatusFacts("s3", moment("2026-10-01")),)),))
    amber = (entry(rating("amber", "2026-06-01")),)
    yield person(entries=amber, stays=(stay("2026-06-01", "2026-10-01"),))
    for back in ("2026-07-31", "2027-07-01"):  # the last days of both windows
        yield person(stays=(stay("2026-06-01", "2026-07-01"), stay(back, id=2)))


def _growing_up():
    born = (date(2022, 11, 1), date(2013, 5, 1), date(2009, 5, 1))
    care = CircumstanceFacts(9, "continuing_care", date(2020, 1, 1))
    for day in born:
        for known in ("2020-01-01", "2026-12-01", "2027-03-01"):
            for held in ("2026-06-02", "2026-06-06"):
                yield person(
                    birth_date=day,
                    diagnosis=frozenset({"learning_disability"}),
                    entries=(entry(rating("green", known), on=known),),
                    circumstances=(plan(), care),
                    reviews=(review("ehc_plan", held),),
                    allocations=(KEYWORKER,),
                )


#: Duties about no one person.
MATTERS = (
    referral(),
    referral(paused=((moment("2026-01-14"), None),)),
    referral(state="accepted", decided_at=moment("2026-01-20")),
    referral(state="declined", decided_at=moment("2026-01-20"), look_again_on=date(2026, 4, 20)),
    *CLOSED,
    *GUARDING,
    *IDENTITY,
    *LETTERBOX,
    ImportFacts(kind="import", id=1, icb_id=1, opened_at=moment("2026-01-20"), file_name="register.xlsx", waiting=5),
)
TEAMS = {"register": 1}

#: A child of 12, one of 17, an adult, and somebody who died, after they left.
ENDED = [
    RetentionFacts(date(year, 5, 1), died, True, date(2026, 7, 1), date(2026, 7, 1))
    for year, died in ((2014, None), (2009, None), (2004, None), (2004, date(2026, 7, 1)))
]

SCENES = (*_register(), *_hospital(), *_growing_up())


def outcome(rules: Ruleset) -> list:
    """Everything the product says about the scenes, leaving out the words that repeat the length."""
    said = [
        [(d.key, d.rule_key, d.shows_from, d.due, d.breach, d.ends_at) for d in duties_for(facts, rules, CALENDAR)]
        for facts in SCENES
    ]
    said += [
        [
            (d.key, d.rule_key, d.shows_from, d.due, d.breach, d.ends_at)
            for d in matter_duties(m, rules, CALENDAR, TEAMS)
        ]
        for m in MATTERS
    ]
    said.append(proposed_look_again(date(2026, 1, 20), rules, CALENDAR).value)
    said.append(offer_again_on(rules, CALENDAR, date(2026, 1, 20)))
    said.append(proposed_review(date(2026, 1, 20), rules, CALENDAR).value)
    said.append(opening_ends(moment("2026-01-20"), rules).value)
    said += [[(kept.rule.key, kept.until) for kept in kept_by(facts, rules)] for facts in ENDED]
    left = person(stays=(stay("2026-06-01", "2026-07-01"),))
    said += [floor(left, moment(f"2026-07-{day}"), rules).value for day in range(10, 20)]
    said.append(latest_backlog_day(date(2026, 6, 1), rules, CALENDAR).value)
    said += [suggest(TOOLS[3], {"hours": h}, rules).value for h in (40, 48, 60, 330, 336, 400)]
    return said


CALENDAR = default_calendar()
BASE = Ruleset.build("DEMO", commencements=COMMENCED)


def changed(length: Length) -> Length:
    """Another length, clearly shorter or on another day of the year."""
    if length.unit in MONTHS_OF_YEAR:
        return Length(length.number - 1 or 2, length.unit)
    return Length(length.number - 1, length.unit) if length.number > 1 else Length(2, length.unit)


COMPUTED = [rule for rule in NATIONAL if rule.key in live_keys() and rule.length is not None]


@pytest.mark.parametrize("rule", COMPUTED, ids=lambda rule: f"{rule.row}-{rule.key}")
def test_changing_the_number_of_a_live_rule_changes_what_is_due(rule):
    other = [replace(each, length=changed(each.length)) if each is rule else each for each in NATIONAL]
    assert outcome(Ruleset.build("DEMO", commencements=COMMENCED, national=other)) != outcome(BASE)


def test_live_rules_without_a_number_make_duties_too():
    seen = {duty.rule_key for facts in SCENES for duty in duties_for(facts, BASE, CALENDAR)}
    assert {rule.key for rule in NATIONAL if rule.key in live_keys() and rule.length is None} <= seen
