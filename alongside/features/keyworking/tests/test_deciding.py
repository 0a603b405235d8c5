"""Naming, proposing, confirming and overruling: by whom, within which limits, and what is kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from alongside.features.keyworking import proposing
from alongside.features.keyworking.models import Allocation, KeyworkerProfile, Leave, Proposal, ProposedPlace, WorkTime
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.features.keyworking.proposing import ask_proposal, work_out
from alongside.features.keyworking.team import set_caseload_rule
from alongside.features.keyworking.tests.conftest import hire, rated
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.policy.allocation import Plan, fit_of, propose
from tests.cast import NOW, Area, acting_as, key_of

TODAY = clock.today()


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def naming(worker: Actor, **more: Any) -> dict[str, Any]:
    return {"worker": worker.pk, "part": "designated", "submission": new_token(), **on("from_date", TODAY)} | more


def set_rule(area: Area, key: str, value: Any) -> None:
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=clock.now()) as note:
        set_caseload_rule(note, icb=area.icb, key=key, value=value, starts_on=TODAY)


def proposed(area: Area) -> Proposal:
    """A plan asked for by the manager and worked out."""
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=clock.now()) as note:
        asked = ask_proposal(note, icb=area.icb)
    work_out(asked.pk, clock.now(), seconds=20)
    with context.as_engine():
        return Proposal.objects.get(pk=asked.pk)


def changed(area: Area, plan: Proposal, **values: Any) -> None:
    """The plan as it would stand then."""
    with context.as_engine(), recording(by=area.actors["manager"], at=clock.now()) as note:
        Proposal.objects.filter(pk=plan.pk).update(**values)
        note("proposal.changed", words="As it stands.", icb_id=area.icb.pk)


def test_a_red_without_a_keyworker_is_on_the_front_page_at_once_and_goes_when_one_is_named(
    northmoor: Area, ben: Actor
) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    with context.as_engine():
        duty = Duty.objects.get(person=kai, doing="name_keyworker")
        assert duty.owner_team == northmoor.teams["keyworking"] and duty.breach
    manager = as_(northmoor.actors["manager"])
    page = manager.get(f"/?inbox={northmoor.teams['keyworking'].pk}").content.decode()
    assert "Name a keyworker" in page and "without a named keyworker" in page
    goes = manager.get(f"/duties/{duty.pk}/do?next=/")
    assert goes.status_code == 302 and goes["Location"].endswith(f"/people/{kai.reference}/keyworker")
    assert manager.post(f"/people/{kai.reference}/keyworker", naming(ben)).status_code == 302
    with context.as_engine():
        assert not Duty.objects.filter(person=kai, doing="name_keyworker").exists()


def test_the_best_matches_say_why_with_points_before_and_after(northmoor: Area, ben: Actor) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=clock.now()) as note:
        KeyworkerProfile.objects.create(icb=northmoor.icb, worker=ben, interests=["Trains"])
        note("made", words="Written down.", icb_id=northmoor.icb.pk)
    manager = as_(northmoor.actors["manager"])
    wish = {"said": "Somebody calm", "interests": "trains, Lego", "wanted": ben.pk, "submission": new_token()}
    both = manager.post(f"/people/{kai.reference}/keyworker/wish", wish | {"unwanted": ben.pk})
    assert both.status_code == 422 and "Somebody calm" in both.content.decode()
    assert manager.post(f"/people/{kai.reference}/keyworker/wish", wish).status_code == 302
    page = manager.get(f"/people/{kai.reference}/keyworker").content.decode()
    assert page.index("1. Ben Okafor") < page.index("2. ")
    assert "Both like trains." in page and "asked for them" in page
    assert "Would go from 0 to 1.5 of 10 points." in page and "Somebody calm" in page
    assert "A keyworker is for people on the register who are rated" in page and "local practice" in page


def test_whoever_walked_with_them_before_is_named_also_when_they_are_full(northmoor: Area, ben: Actor) -> None:
    kai = rated(northmoor, "Kai", "amber", 30)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=clock.now()) as note:
        made = allocate(note, person=kai, worker=ben, from_date=TODAY - timedelta(days=20))
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=clock.now()) as note:
        end_allocation(note, allocation=made, on=TODAY - timedelta(days=4))
    set_rule(northmoor, "block_at", 1)
    page = as_(northmoor.actors["manager"]).get(f"/people/{kai.reference}/keyworker").content.decode()
    assert "They know each other." in page and "Ben Okafor was their keyworker until" in page
    assert "Beyond the limit. <a" in page and f'href="?worker={ben.pk}#choose"' in page


@pytest.mark.parametrize("role", ["manager", "coordinator"])
def test_beyond_the_hard_limit_only_a_manager_goes_and_says_why(northmoor: Area, ben: Actor, role: str) -> None:
    set_rule(northmoor, "block_at", 4)
    for name in ("Ann", "Bo"):
        person = rated(northmoor, name, "amber", 3)
        assert (
            as_(northmoor.actors["coordinator"]).post(f"/people/{person.reference}/keyworker", naming(ben)).status_code
            == 302
        ), "4 halves are within the limit of 4"
    kai = rated(northmoor, "Kai", "red", 1)
    client, url = as_(northmoor.actors[role]), f"/people/{kai.reference}/keyworker"
    refused = client.post(url, naming(ben, because="They know Kai"))
    assert refused.status_code == 422
    words = refused.content.decode()
    assert "would hold 3.5 points; the limit is 2." in words and "They know Kai" in words
    again = client.post(url, naming(ben, over_limit_because="Nobody else speaks Polish"))
    assert again.status_code == (302 if role == "manager" else 422)
    with context.as_engine():
        kept = Allocation.objects.filter(person=kai).values_list("over_limit_because", flat=True)
        assert list(kept) == (["Nobody else speaks Polish"] if role == "manager" else [])
        assert not Allocation.objects.exclude(person=kai).exclude(over_limit_because="").exists()


def test_nobody_is_given_to_somebody_whose_training_is_missing_when_the_area_says_so(
    northmoor: Area, ben: Actor
) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    set_rule(northmoor, "training_required", ("safeguarding",))
    manager, url = as_(northmoor.actors["manager"]), f"/people/{kai.reference}/keyworker"
    refused = manager.post(url, naming(ben, over_limit_because="Please"))
    assert refused.status_code == 422 and "Safeguarding children is missing" in refused.content.decode()
    sent = {"course": "safeguarding", "submission": new_token(), **on("completed_on", TODAY)}
    assert manager.post(f"/keyworking/team/{ben.pk}/training", sent).status_code == 302
    assert manager.post(url, naming(ben)).status_code == 302


def test_a_double_submit_names_once(northmoor: Area, ben: Actor) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    manager, sent = as_(northmoor.actors["manager"]), naming(ben)
    for _ in range(2):
        assert manager.post(f"/people/{kai.reference}/keyworker", sent).status_code == 302
    with context.as_engine():
        assert Allocation.objects.filter(person=kai).count() == 1


def test_a_plan_places_by_risk_and_wait_is_confirmed_by_a_person_and_closes_the_wait(
    northmoor: Area, ben: Actor
) -> None:
    set_rule(northmoor, "block_at", 5)
    people = [rated(northmoor, name, colour, days) for name, colour, days in (
        ("Late", "red", 9), ("Soon", "red", 1), ("Long", "amber", 80), ("New", "amber", 2), ("Next", "amber", 3),
    )]  # fmt: skip
    plan = proposed(northmoor)
    assert (plan.state, plan.waiting, plan.keyworkers, plan.placed) == ("ready", 5, 2, 4)
    assert plan.optimal and plan.gap == 0
    manager = as_(northmoor.actors["manager"])
    with context.as_engine():
        lines = {line.person.given_name: line for line in ProposedPlace.objects.select_related("person")}
        assert lines["New"].worker is None and lines["New"].because
        assert not Allocation.objects.exists(), "a plan names nobody"
    page = manager.get(f"/keyworking/plans/{plan.pk}").content.decode()
    assert "no plan is better" in page and "still waits" in page
    nothing = manager.post(f"/keyworking/plans/{plan.pk}", {"submission": new_token()})
    assert nothing.status_code == 422 and "Tick whom you confirm" in nothing.content.decode()
    ticked = [lines[name].pk for name in ("Late", "Soon", "Long", "Next")]
    sent = {"places": ticked, "submission": new_token()}
    assert manager.post(f"/keyworking/plans/{plan.pk}", sent).status_code == 302
    with context.as_engine():
        named = set(Allocation.objects.filter(to_date=None).values_list("person__given_name", flat=True))
        assert named == {"Late", "Soon", "Long", "Next"}
        assert set(ProposedPlace.objects.filter(decision="taken").values_list("pk", flat=True)) == set(ticked)
    waiting = manager.get("/keyworking/waiting").content.decode()
    assert "1 person should have a named keyworker" in waiting and people[3].reference in waiting


def test_overruling_shows_the_cost_and_keeps_the_reason(northmoor: Area, ben: Actor) -> None:
    set_rule(northmoor, "block_at", 3)
    asha = northmoor.actors["keyworker"]
    kai, maya = rated(northmoor, "Kai", "red", 9), rated(northmoor, "Maya", "red", 8)
    plan = proposed(northmoor)
    with context.as_engine():
        line = ProposedPlace.objects.get(person=kai)
    other = ben if line.worker_id == asha.pk else asha
    manager, url = as_(northmoor.actors["manager"]), f"/keyworking/plans/{plan.pk}/{line.pk}"
    page = manager.get(f"{url}?worker={other.pk}").content.decode()
    assert f"If {other.name} takes Kai Moss" in page and f"Maya Moss would go to {line.worker.name}" in page
    sent = {"worker": other.pk, "submission": new_token()}
    assert manager.post(url, sent | {"because": ""}).status_code == 422
    assert manager.post(url, sent | {"because": "He asked for them"}).status_code == 302
    with context.as_engine():
        line.refresh_from_db()
        assert (line.decision, line.decided_because) == ("other", "He asked for them")
        assert Allocation.objects.get(person=kai).worker == other
        rest = ProposedPlace.objects.get(person=maya)
    late = manager.post(f"/keyworking/plans/{plan.pk}", {"places": [rest.pk], "submission": new_token()})
    assert late.status_code == 422 and "the limit is" in late.content.decode(), "the caseloads changed since the plan"
    left = {"worker": "nobody", "because": "Moves next week", "submission": new_token()}
    assert manager.post(f"/keyworking/plans/{plan.pk}/{rest.pk}", left).status_code == 302
    with context.as_engine():
        rest.refresh_from_db()
        assert (rest.decision, rest.decided_because) == ("left", "Moves next week")
        assert Event.objects.filter(code="proposal.left", person_id=maya.pk).exists()
    assert maya.reference in manager.get("/keyworking/waiting").content.decode()


def test_after_overruling_the_plan_names_and_counts_who_was_chosen(northmoor: Area, ben: Actor) -> None:
    asha = northmoor.actors["keyworker"]
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=clock.now()) as note:
        KeyworkerProfile.objects.create(icb=northmoor.icb, worker=ben, takes_on=False)
        note("made", words="Written down.", icb_id=northmoor.icb.pk)
    kai, maya, ann = (
        rated(northmoor, "Kai", "red", 9),
        rated(northmoor, "Maya", "red", 8),
        rated(northmoor, "Ann", "red", 7),
    )
    plan = proposed(northmoor)
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/plans/{plan.pk}"
    page = manager.get(here).content.decode()
    assert f"{asha.name}: 0 to 4.5 points, 3 people more" in page and "Ben Okafor" not in page
    with context.as_engine():
        lines = {line.person_id: line.pk for line in ProposedPlace.objects.all()}
    for person, worker in ((kai, str(ben.pk)), (maya, "nobody")):
        sent = {"worker": worker, "because": "Asked for", "submission": new_token()}
        assert manager.post(f"{here}/{lines[person.pk]}", sent).status_code == 302
    page = manager.get(here).content.decode()
    assert f"{kai.shown_name}</a>: Ben Okafor</h2>" in page
    assert f"{maya.shown_name}</a>: still waits</h2>" in page
    assert f"{ann.shown_name}</a>: {asha.name}</h2>" in page
    assert page.count(f"The plan proposed {asha.name}.") == 2
    assert (
        f"{asha.name}: 0 to 1.5 points, 1 person more" in page and "Ben Okafor: 0 to 1.5 points, 1 person more" in page
    )


def test_a_line_of_an_older_plan_names_who_was_chosen_too(northmoor: Area, ben: Actor) -> None:
    """The allocation stands beside one line only; the other plan's line was decided by the same act."""
    kai = rated(northmoor, "Kai", "red", 9)
    first, second = proposed(northmoor), proposed(northmoor)
    with context.as_engine():
        proposed_one = ProposedPlace.objects.filter(person=kai).first().worker
    other = ben if proposed_one == northmoor.actors["keyworker"] else northmoor.actors["keyworker"]
    manager = as_(northmoor.actors["manager"])
    assert manager.post(f"/people/{kai.reference}/keyworker", naming(other)).status_code == 302
    for plan in (first, second):
        page = manager.get(f"/keyworking/plans/{plan.pk}").content.decode()
        assert f"Kai Moss</a>: {other.name}</h2>" in page and "Named on the person" in page


def test_what_overruling_costs_is_told_in_marks_of_fit_and_not_in_points(northmoor: Area, ben: Actor) -> None:
    kai = rated(northmoor, "Kai", "red", 9)
    asha = northmoor.actors["keyworker"]
    manager = as_(northmoor.actors["manager"])
    wish = {"said": "Somebody calm", "wanted": ben.pk, "submission": new_token()}
    assert manager.post(f"/people/{kai.reference}/keyworker/wish", wish).status_code == 302
    plan = proposed(northmoor)
    with context.as_engine():
        line = ProposedPlace.objects.get(person=kai)
    page = manager.get(f"/keyworking/plans/{plan.pk}/{line.pk}?worker={asha.pk}").content.decode()
    assert "fit less well, by 25 marks of fit." in page
    assert "145 at the most for one person. They are not points of a caseload." in page


def test_a_first_plan_is_kept_while_a_better_one_is_looked_for(
    northmoor: Area, ben: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kai = rated(northmoor, "Kai", "red", 9)
    seen: list[tuple[str, int | None]] = []

    def slow(needs: Any, team: Any, *, first: Callable, **more: Any) -> Plan:
        best = propose(needs, team, **more)
        other = next(one for one in team if one.id != best.places[kai.pk])
        fits = {kai.pk: fit_of(needs[0], other)}
        first(
            replace(best, places={kai.pk: other.id}, fits=fits, optimal=False, gap=0.0684, bounds=(3009, 24.6), fit=20)
        )
        line = ProposedPlace.objects.get(person=kai)
        seen.append((Proposal.objects.get().state, line.worker_id))
        assert line.worker_id == other.id
        return best

    monkeypatch.setattr(proposing, "propose", slow)
    plan = proposed(northmoor)
    with context.as_engine():
        line = ProposedPlace.objects.get(person=kai)
        assert [state for state, _ in seen] == ["waiting"], "nobody decides on it yet"
        assert plan.state == "ready" and plan.optimal and line.worker_id != seen[0][1]
        codes = Event.objects.filter(code__startswith="proposal.").order_by("pk").values_list("code", flat=True)
        assert list(codes) == ["proposal.asked", "proposal.first", "proposal.ready"]


@pytest.mark.parametrize(
    ("gap", "reached", "said"),
    [
        (
            0.0671,
            {"worth": 3009, "worth_most": 3009.0, "fit": 12345, "fit_most": 13174.2},
            (
                "A first plan, still being improved: at most 6.8% from the best possible.",
                "By risk and wait nothing better is possible.",
                "Its fit is 12,345 marks, once crowding is taken off; no plan for these people can "
                "have more than 13,174.",
            ),
        ),
        (
            4.0,
            {"worth": 3009, "worth_most": 3500.0, "fit": -10, "fit_most": 30.0},
            (
                "A first plan, still being improved.",
                "By risk and wait it counts 3,009; no plan can count more than 3,500.",
            ),
        ),
    ],
)
def test_a_first_plan_is_shown_with_its_bound_and_cannot_be_decided_yet(
    northmoor: Area, gap: float, reached: dict[str, float], said: tuple[str, ...]
) -> None:
    kai = rated(northmoor, "Kai", "red", 9)
    plan = proposed(northmoor)
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/plans/{plan.pk}"
    with context.as_engine():
        line = ProposedPlace.objects.get(person=kai)
    values = {"state": "waiting", "first_at": NOW, "optimal": False, "gap": gap, "reached": reached}
    changed(northmoor, plan, **values)
    page = manager.get(here).content.decode()
    for words in (*said, 'data-look-again="first"', "Kai Moss</a>: ", "Look again now"):
        assert words in page, words
    assert "Confirm those ticked" not in page and "Choose somebody else" not in page
    assert manager.get(f"{here}/{line.pk}").status_code == 404
    sent = {"places": [line.pk], "submission": new_token()}
    assert manager.post(here, sent).status_code == 422
    with context.as_engine():
        assert not Allocation.objects.exists()
    changed(northmoor, plan, state="ready")
    page = manager.get(here).content.decode()
    assert "The time ran out before it was proved best" in page and said[1] in page and "Confirm those ticked" in page


def test_one_plan_at_a_time_is_worked_out(northmoor: Area) -> None:
    rated(northmoor, "Kai", "red", 1)
    manager = as_(northmoor.actors["manager"])
    assert manager.post("/keyworking/waiting", {"submission": new_token()}).status_code == 302
    twice = manager.post("/keyworking/waiting", {"submission": new_token()})
    assert twice.status_code == 422 and "being worked out already" in twice.content.decode()
    with context.as_engine():
        assert Proposal.objects.count() == 1


def test_the_command_says_what_a_plan_would_be_and_writes_nothing(northmoor: Area, ben: Actor) -> None:
    rated(northmoor, "Kai", "red", 4)
    rated(northmoor, "Maya", "amber", 4)
    out = StringIO()
    call_command("allocate", "--icb", "TNM", "--dry-run", "--json", stdout=out)
    said = json.loads(out.getvalue().splitlines()[-1])
    assert said.pop("seconds") >= 0
    assert said == {
        "waiting": 2, "keyworkers": 2, "placed": 2, "optimal": True, "gap": 0, "over_limit": 0, "untrained": 0,
    }  # fmt: skip
    with context.as_engine():
        assert not Proposal.objects.exists()
    call_command("allocate", "--icb", "TNM", stdout=out, stderr=StringIO())
    with context.as_engine():
        assert Proposal.objects.get().state == "ready" and not Allocation.objects.exists()
    assert "Kai" not in out.getvalue()


def test_the_team_page_shows_everybody_to_who_runs_it_and_a_keyworker_only_totals_and_their_own(
    northmoor: Area, ben: Actor, django_assert_max_num_queries: Callable
) -> None:
    asha = northmoor.actors["keyworker"]
    for name, worker in (("Kai", asha), ("Maya", ben)):
        person = rated(northmoor, name, "red", 1)
        with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
            allocate(note, person=person, worker=worker, from_date=NOW.date())
    clients = {role: as_(northmoor.actors[role]) for role in ("manager", "coordinator", "keyworker", "commissioner")}
    with django_assert_max_num_queries(12):
        page = clients["manager"].get("/keyworking").content.decode()
    assert "Ben Okafor" in page and "1.5 of 10" in page and "3 of 20 points" in page
    with django_assert_max_num_queries(12):
        own = clients["keyworker"].get("/keyworking").content.decode()
    print(own[own.index("<main") :])
    assert "Kai Moss" in own and "Ben Okafor" not in own and "Maya" not in own and "3 of 20 points" in own
    assert clients["commissioner"].get("/keyworking").status_code == 403
    for path in ("waiting", f"team/{ben.pk}", f"team/{ben.pk}/leave"):
        assert clients["keyworker"].get(f"/keyworking/{path}").status_code == 403
        assert clients["coordinator"].get(f"/keyworking/{path}").status_code == 200


@pytest.mark.parametrize("many", [2, 12])
def test_every_page_stays_within_its_budget_however_many_there_are(
    northmoor: Area, ben: Actor, many: int, django_assert_max_num_queries: Callable
) -> None:
    people: list[Person] = [rated(northmoor, f"Person{n}", "red", n + 1) for n in range(many)]
    for n in range(many):
        hire(northmoor, f"Keyworker {n}")
    plan = proposed(northmoor)
    with context.as_engine():
        line = ProposedPlace.objects.order_by("place").first()
    manager = as_(northmoor.actors["manager"])
    manager.get("/keyworking")
    for address in (
        "/keyworking",
        "/keyworking/waiting",
        f"/keyworking/plans/{plan.pk}",
        f"/keyworking/plans/{plan.pk}/{line.pk}",
        f"/keyworking/team/{ben.pk}",
        f"/people/{people[0].reference}/keyworker",
        f"/people/{people[0].reference}/keyworker/wish",
    ):
        with django_assert_max_num_queries(12):
            assert manager.get(address).status_code == 200, address


def test_another_areas_team_and_plans_are_out_of_reach(northmoor: Area, saltby: Area, ben: Actor) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    plan = proposed(northmoor)
    with context.as_engine():
        line = ProposedPlace.objects.get(person=kai)
    other = as_(saltby.actors["manager"])
    for address in (
        f"/keyworking/plans/{plan.pk}", f"/keyworking/plans/{plan.pk}/{line.pk}", f"/keyworking/team/{ben.pk}",
        f"/people/{kai.reference}/keyworker", f"/people/{kai.reference}/keyworker/wish",
    ):  # fmt: skip
        assert other.get(address).status_code == 404, address
    with acting_as(saltby.actors["manager"]):
        assert not Proposal.objects.exists() and not ProposedPlace.objects.exists()


def test_profile_work_and_leave_are_written_down_and_bad_input_is_told(northmoor: Area, ben: Actor) -> None:
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/team/{ben.pk}"
    profile = {"base": "Mill Lane", "phone": "01632 960111", "district": "nm1", "skills": ["justice"],
               "councils": "Northmoor Council, Saltby Council", "languages": "Polish", "takes_on": "no",
               "submission": new_token()}  # fmt: skip
    unheard = manager.post(f"{here}/profile", profile | {"phone": "ask Jo"})
    assert unheard.status_code == 422 and "Enter a phone number, like 07700 900123" in unheard.content.decode()
    assert manager.post(f"{here}/profile", profile).status_code == 302
    stale = manager.post(f"{here}/profile", profile | {"version": 0, "base": "Hill", "submission": new_token()})
    assert stale.status_code == 422 and "Somebody else changed this" in stale.content.decode()
    assert (
        manager.post(f"{here}/work", {"share": "0.6", "submission": new_token(), **on("from_date", TODAY)}).status_code
        == 302
    )
    backwards = {"submission": new_token(), **on("from_date", TODAY), **on("to_date", TODAY - timedelta(days=1))}
    assert manager.post(f"{here}/leave", backwards).status_code == 422
    away = {"submission": new_token(), **on("from_date", TODAY)}
    assert manager.post(f"{here}/leave", away).status_code == 302
    overlap = manager.post(f"{here}/leave", away | {"submission": new_token()})
    assert overlap.status_code == 422 and "away at that time already" in overlap.content.decode()
    page = manager.get(here).content.decode()
    said = (
        "Mill Lane",
        "01632 960111",
        "NM1",
        "Saltby Council",
        "people in trouble with the police",
        "60% of full time",
    )
    for words in (*said, "the return is not known"):
        assert words in page, words
    with context.as_engine():
        assert (KeyworkerProfile.objects.count(), WorkTime.objects.count(), Leave.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(("role", "link"), [("manager", True), ("coordinator", True), ("commissioner", False)])
def test_the_front_page_counts_who_has_nobody_from_the_first_day(
    northmoor: Area, ben: Actor, role: str, link: bool
) -> None:
    first = rated(northmoor, "Kai", "red", 4)
    rated(northmoor, "Maya", "amber", 0)
    rated(northmoor, "Finn", "green", 1)
    client = as_(northmoor.actors[role])
    page = client.get("/").content.decode()
    assert "2 people rated red, amber or blue have no named keyworker" in page
    assert ("Open the waiting list" in page) is link
    as_(northmoor.actors["manager"]).post(f"/people/{first.reference}/keyworker", naming(ben))
    assert "1 person rated red, amber or blue has no named keyworker" in client.get("/").content.decode()


def test_a_manager_sets_the_areas_own_points_and_required_training(northmoor: Area) -> None:
    manager = as_(northmoor.actors["manager"])
    assert "Change" in manager.get("/keyworking").content.decode()
    sent = {"value": "16", "source": "Keyworking board", **on("starts_on", TODAY)}
    assert manager.post("/keyworking/rules/block_at", sent | {"submission": new_token()}).status_code == 302
    again = manager.post("/keyworking/rules/block_at", sent | {"submission": new_token()})
    assert again.status_code == 422 and "from that day already" in again.content.decode()
    past = sent | {"submission": new_token(), **on("starts_on", TODAY - timedelta(days=1))}
    assert manager.post("/keyworking/rules/warn_at", past).status_code == 422
    courses = {"value": ["law"], "source": "Board", "submission": new_token(), **on("starts_on", TODAY)}
    assert manager.post("/keyworking/rules/training_required", courses).status_code == 302
    page = manager.get("/keyworking").content.decode()
    assert "8 points. " in page and "Keyworking board" in page and "Legal frameworks" in page
    assert "Training missing" in page
    assert manager.get("/keyworking/rules/nothing").status_code == 404
    assert as_(northmoor.actors["coordinator"]).get("/keyworking/rules/block_at").status_code == 403
