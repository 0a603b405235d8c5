"""What holds for any facts at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alongside.policy import facts as f
from alongside.policy.area_moves import AreaMoveFacts
from alongside.policy.duties import DOING, TOPICS, duties_for
from alongside.policy.in_hospital import BODIES, InHospitalFacts, LeaveFacts, SegregationFacts, WardFacts
from alongside.policy.ratings import age_of_rating, allows, floor
from alongside.policy.rules import NATIONAL, Length, Ruleset, local_value
from alongside.policy.tests.building import CALENDAR, RULES

QUICK = (Phase.explicit, Phase.generate, Phase.shrink)  # explaining a failure takes too long

DAY = st.dates(date(1990, 1, 1), date(2060, 12, 31))
EDGES = st.sampled_from(
    [date(2024, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2026, 1, 31), date(2026, 12, 31)]
)
DAYS = st.one_of(DAY, EDGES)
MOMENTS = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes),
    DAYS,
    st.integers(0, 1439),
)
MAYBE_DAY, MAYBE_MOMENT = st.none() | DAYS, st.none() | MOMENTS


def some(build, most=3):
    """A few facts of a kind, each with an id of its own."""
    return st.lists(build, max_size=most).map(
        lambda found: tuple(replace(one, id=number) for number, one in enumerate(found, 1))
    )


RATINGS = st.builds(
    f.RatingFacts,
    id=st.just(0),
    colour=st.sampled_from(["red", "amber", "green", "blue", "purple"]),
    rated_at=MAYBE_MOMENT,
    state=st.sampled_from(["decided", "proposed", "superseded"]),
    reviewed_on=MAYBE_DAY,
)
ENTRIES = st.builds(
    f.EntryFacts,
    id=st.just(0),
    icb=st.just("DEMO"),
    listing=st.sampled_from(["child", "adult"]),
    entered_on=MAYBE_DAY,
    removed_on=MAYBE_DAY,
    provisional=st.booleans(),
    ratings=some(RATINGS),
    review_planned_on=MAYBE_DAY,
    imported_at=MAYBE_MOMENT,
)
LEGAL = st.builds(
    f.LegalStatusFacts,
    code=st.sampled_from(["informal", "s2", "s3", "Section 2", "5(2)", "", "?"]),
    from_at=MAYBE_MOMENT,
    to_at=MAYBE_MOMENT,
)
STAYS = st.builds(
    f.StayFacts,
    id=st.just(0),
    kind=st.sampled_from(
        ["mental_health_hospital", "acute_hospital", "secure", "place_of_safety", "residential_home", "?"]
    ),
    admitted_at=MAYBE_MOMENT,
    discharged_at=MAYBE_MOMENT,
    security=st.sampled_from([None, "none", "low", "high", "?"]),
    adult_ward=st.booleans(),
    unit_inadequate=st.booleans(),
    intended_days=st.none() | st.integers(0, 10_000),
    legal=st.lists(LEGAL, max_size=2).map(tuple),
    registered_before=st.sampled_from([None, True, False]),
)
REVIEWS = st.builds(
    f.ReviewFacts,
    id=st.just(0),
    kind=st.sampled_from(
        ["community", "inpatient", "post_admission", "emergency_protocol", "ehc_plan", "oversight_visit"]
        + ["discharge_contact", "annual_health_check", "?"]
    ),
    held_at=MAYBE_MOMENT,
    stay_id=st.sampled_from([None, 1, 2, 9]),
    statutory=st.booleans(),
)
CIRCUMSTANCES = st.builds(
    f.CircumstanceFacts,
    id=st.just(0),
    kind=st.sampled_from(["ehc_plan", "continuing_care", "looked_after"]),
    from_date=MAYBE_DAY,
    to_date=MAYBE_DAY,
)
CONSENTS = st.builds(
    f.ConsentFacts,
    id=st.just(0),
    purpose=st.sampled_from(["register", "keyworking"]),
    answer=st.sampled_from(["given", "refused", "withdrawn", "unknown", "?"]),
    decided_on=MAYBE_DAY,
    evidenced=st.booleans(),
    valid_until=MAYBE_DAY,
    recorded_on=MAYBE_DAY,
    ask_again_on=MAYBE_DAY,
)
CAPACITY = st.builds(
    f.CapacityFacts,
    id=st.just(0),
    about=st.sampled_from(["register", "keyworking", "review", "?"]),
    test=st.sampled_from(["competence", "capacity"]),
    able=st.booleans(),
    decided_on=MAYBE_DAY.map(lambda day: day or date(2026, 1, 1)),
    review_date=MAYBE_DAY,
)
ALLOCATIONS = st.builds(
    f.AllocationFacts,
    id=st.just(0),
    actor_id=st.integers(1, 9),
    role=st.sampled_from(["designated", "co_worker"]),
    from_date=MAYBE_DAY,
    to_date=MAYBE_DAY,
)


def own_ratings(entries: tuple[f.EntryFacts, ...]) -> tuple[f.EntryFacts, ...]:
    """Ratings numbered so that no two entries share one."""
    return tuple(
        replace(entry, ratings=tuple(replace(rating, id=entry.id * 100 + rating.id) for rating in entry.ratings))
        for entry in entries
    )


IN_HOSPITAL = st.builds(
    InHospitalFacts,
    told=st.frozensets(
        st.tuples(st.integers(1, 3), st.sampled_from(sorted(BODIES)), st.sampled_from(["council", "host", "cqc"]))
    ),
    visits=st.dictionaries(st.integers(1, 3), MOMENTS).map(lambda found: tuple(found.items())),
    unknown=st.dictionaries(st.integers(1, 3), MOMENTS).map(lambda found: tuple(found.items())),
    wards=st.lists(
        st.builds(WardFacts, st.integers(1, 3), st.booleans(), st.booleans(), MOMENTS, MAYBE_MOMENT), max_size=3
    ).map(tuple),
    segregations=some(
        st.builds(SegregationFacts, st.integers(1, 2), st.integers(1, 3), MOMENTS, MAYBE_MOMENT, MAYBE_MOMENT)
    ),
    leaves=some(st.builds(LeaveFacts, st.integers(1, 2), st.integers(1, 3), MOMENTS, MAYBE_MOMENT)),
    lengthened=st.frozensets(st.integers(1, 3)),
)

AREA_MOVES = st.builds(
    AreaMoveFacts,
    id=st.integers(1, 3),
    kind=st.sampled_from(["area", "outside", "adult"]),
    to=st.just("Saltby ICB"),
    told_on=DAYS,
    moves_on=MAYBE_DAY,
    asked=st.booleans(),
    offered_at=MAYBE_MOMENT,
    refused=st.integers(0, 3),
    refused_at=MAYBE_MOMENT,
    lifted_at=MAYBE_MOMENT,
    accepted_at=MAYBE_MOMENT,
    steps=st.frozensets(st.sampled_from(["lifted", "family_told", "met", "not_met", "asked_anew"])),
)

PEOPLE = st.builds(
    f.PersonFacts,
    person_id=st.just(1),
    icb=st.just("DEMO"),
    birth_date=MAYBE_DAY,
    died_on=st.sampled_from([None, None, None, date(2026, 1, 1)]),
    diagnosis=st.frozensets(st.sampled_from(["autism", "learning_disability"])),
    entries=some(ENTRIES).map(own_ratings),
    stays=some(STAYS),
    reviews=some(REVIEWS, 5),
    circumstances=some(CIRCUMSTANCES),
    consents=some(CONSENTS),
    allocations=some(ALLOCATIONS),
    answers=st.just(()),
    capacity=some(CAPACITY),
    teams=st.sampled_from([{}, {"register": 1}, {"register": 1, "review": 3, "commissioning": 4}]),
    moved_out_at=MAYBE_MOMENT,
    area_move=st.none() | AREA_MOVES,
    in_hospital=IN_HOSPITAL,
)
RULESETS = st.sampled_from(
    [
        RULES,
        Ruleset.build("DEMO", commencements={"part_8a": date(2026, 3, 1), "detention_2025": date(2026, 3, 1)}),
        Ruleset.build(
            "DEMO",
            local=[
                local_value(rule, "DEMO", Length(9, "days"), date(2026, 3, 1))
                for rule in NATIONAL
                if rule.key.startswith("register_review")
            ],
        ),
    ]
)


def answer_some(facts: f.PersonFacts, rules: Ruleset, picked: list[tuple[int, date]]) -> f.PersonFacts:
    """The same person after some of the duties have been answered."""
    answers: list[f.AnswerFacts] = []
    for number, (which, on) in enumerate(picked, 1):
        found = duties_for(replace(facts, answers=tuple(answers)), rules, CALENDAR)
        if found:
            answers.append(f.AnswerFacts(number, found[which % len(found)].key, "done", on))
    return replace(facts, answers=tuple(answers))


ANSWERS = st.lists(st.tuples(st.integers(0, 30), DAYS), max_size=4)


@settings(max_examples=250, deadline=None, phases=QUICK)
@given(PEOPLE, RULESETS, ANSWERS)
def test_duties_hold_together_for_any_facts(facts, rules, picked):
    facts = answer_some(facts, rules, picked)
    found = duties_for(facts, rules, CALENDAR)
    keys = [duty.key for duty in found]

    assert found == duties_for(facts, rules, CALENDAR), "the same facts give the same duties"
    assert len(keys) == len(set(keys)), "each key is there once"
    assert not set(keys) & {answer.duty_key for answer in facts.answers}, "what is answered is not due"
    for duty in found:
        assert duty.owner.kind in ("actor", "team"), "somebody owns it"
        assert duty.owner.id or not facts.teams
        assert duty.doing in DOING and duty.topic in TOPICS
        assert duty.because.endswith(".") and duty.source and duty.what
        assert duty.shows_from <= duty.due
        assert duty.due.tzinfo is not None

    if facts.died_on is not None:
        assert found == ()
    elif any(entry.is_open for entry in facts.entries):
        lasting = [duty for duty in found if duty.ends_at is None and duty.doing == "rate"]
        assert lasting, "everyone on a register has an open duty with an owner"


@settings(max_examples=80, deadline=None, phases=QUICK)
@given(PEOPLE, MOMENTS)
def test_floors_and_ages_hold_together_for_any_facts(facts, at):
    demanded = floor(facts, at, RULES)
    assert demanded.value in (None, "red", "blue")
    assert demanded.because.endswith(".")
    assert allows(demanded.value or "green", demanded).value
    for entry in facts.entries:
        age_of_rating(entry, at.date(), RULES)


@settings(max_examples=80, deadline=None, phases=QUICK)
@given(PEOPLE)
def test_the_order_of_the_facts_does_not_matter(facts):
    turned = replace(
        facts,
        stays=facts.stays[::-1],
        reviews=facts.reviews[::-1],
        consents=facts.consents[::-1],
        allocations=facts.allocations[::-1],
        circumstances=facts.circumstances[::-1],
    )
    assert duties_for(facts, RULES, CALENDAR) == duties_for(turned, RULES, CALENDAR)


@settings(max_examples=100, deadline=None, phases=QUICK)
@given(st.dates(), st.dates())
def test_dates_at_the_ends_of_the_calendar_do_not_fail(born, entered):
    facts = f.PersonFacts(
        1,
        "DEMO",
        born,
        diagnosis=frozenset({"learning_disability"}),
        entries=(f.EntryFacts(1, "DEMO", "child", entered),),
        circumstances=(f.CircumstanceFacts(1, "ehc_plan", entered),),
        teams={"register": 1},
    )
    assert duties_for(facts, RULES, CALENDAR)
