"""Lives are plausible, and the same seed gives the same area."""

from datetime import timedelta
from hashlib import sha256

from simulator import history as h
from simulator.making import Acts, rows_of
from simulator.tests.building import NOW, lives
from simulator.writing.table import TABLES
from simulator.writing.written import Numbers

PEOPLE = 150


def digest(people: int, seed: str) -> str:
    """Over every row of an area, as it goes through the door."""
    found = sha256()
    numbers = Numbers(dict.fromkeys(TABLES, 1))
    for rows in rows_of(iter(lives(people, seed=seed)), numbers, Acts(seed)):
        for kind, some in rows.items():
            for row in some:
                found.update(TABLES[kind].line(row).encode())
    return found.hexdigest()


def test_the_same_seed_gives_the_same_area_and_another_seed_another() -> None:
    assert digest(60, "1") == digest(60, "1")
    assert digest(60, "1") != digest(60, "2")


def test_nothing_happens_out_of_order_or_after_now() -> None:
    for life in lives(PEOPLE):
        moments = [moment.at for moment in life.moments]
        assert moments == sorted(moments) and moments[-1] <= NOW
        assert isinstance(life.moments[0].steps[0], h.Add)


def test_nobody_is_on_the_same_register_twice_at_once() -> None:
    for life in lives(PEOPLE):
        entered = 0
        for moment in life.moments:
            for step in moment.steps:
                entered += isinstance(step, h.Enter) - isinstance(step, h.Remove)
                assert entered in (0, 1)


def test_in_hospital_the_rating_is_blue_and_elsewhere_it_is_not() -> None:
    staying = 0
    for life in lives(PEOPLE * 2):
        inside = False
        for moment in life.moments:
            for step in moment.steps:
                if isinstance(step, h.Admit):
                    inside, staying = True, staying + 1
                elif isinstance(step, h.Leave):
                    inside = False
                elif isinstance(step, h.Rate):
                    assert (step.colour == "blue") == inside
    assert staying, "somebody was in hospital"


def test_after_a_discharge_the_rating_stays_red_for_the_time_the_rules_say() -> None:
    seen = 0
    for life in lives(PEOPLE * 2):
        left = None
        for moment in life.moments:
            for step in moment.steps:
                if isinstance(step, h.Leave):
                    left = step.discharged_at
                elif isinstance(step, h.Admit):
                    left = None
                elif isinstance(step, h.Rate) and left and moment.at < left + timedelta(days=14):
                    assert step.colour == "red"
                    seen += 1
    assert seen


def test_agreement_is_not_always_there() -> None:
    answers = [step.answer for life in lives(PEOPLE * 2) for step in life.moments[0].steps if isinstance(step, h.Agree)]
    assert {"given", "unknown", "refused"} == set(answers)
    assert answers.count("given") > len(answers) * 0.8


def test_a_plan_is_approved_by_somebody_else_and_each_action_has_an_owner() -> None:
    plans = actions = 0
    for life in lives(PEOPLE * 2):
        steps = [(moment.by, step) for moment in life.moments for step in moment.steps]
        writers = [by for by, step in steps if isinstance(step, h.SendPlan)]
        for by, step in steps:
            if isinstance(step, h.SharePlan):
                assert by != writers[step.proposal - 1]
                plans += 1
            elif isinstance(step, h.AgreeAction):
                assert step.owner.name and step.place_id
                actions += 1
    assert plans > PEOPLE / 2 and actions > PEOPLE


def test_a_review_that_has_a_day_is_organised_by_people_and_agreed_to_or_not() -> None:
    planned = agreed = seats = 0
    for life in lives(PEOPLE * 4):
        for moment in life.moments:
            kinds = [step.kind for step in moment.steps if isinstance(step, h.Record)]
            for step in moment.steps:
                if isinstance(step, h.Record) and step.kind == "plannedreview":
                    planned += 1
                    agreed += "consent" in kinds
                    seats += kinds.count("panelmember")
                    assert (step.values["state"] == "dated") == ("starts_at" in step.values)
                    assert step.values["version"] == kinds.count("plannedstep")
    assert planned > agreed > 0 and seats == 3 * agreed
