"""Nobody's keyworking ends without who stays and how it was told; and whoever comes back is known."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.features.keyworking.contacts.tests.conftest import walked_with
from alongside.features.keyworking.models import AdultLead, Allocation, Ending, StepDown
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.features.keyworking.stepping_down.letter import letter_of
from alongside.features.keyworking.stepping_down.operations import (
    end_keyworking,
    mark_criteria,
    name_adult_lead,
    plan_step_down,
)
from alongside.features.keyworking.stepping_down.tests.conftest import SAID, due, ends, form, on, signed_in
from alongside.features.keyworking.tests.conftest import TODAY
from alongside.features.people.models import Consent, Person
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.overview.verify import find_differing
from alongside.policy.stepping_down import Step
from tests.cast import NOW, Area, acting_as

HERE = "/people/{0.reference}/stepping-down"


def steps_down(ben: Actor, kai: Person, **more: Any) -> StepDown:
    given = {
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=42),
        "steps": [Step(TODAY, 14), Step(TODAY + timedelta(days=21), 28)],
    }
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        return plan_step_down(note, person=Person.objects.get(pk=kai.pk), **given | more)


def test_it_ends_keyworking_and_leaves_the_register_alone(northmoor: Area, kai: Person, ben: Actor) -> None:
    steps_down(ben, kai)
    assert due(kai, "step_down_ends")
    ends(northmoor, kai)
    with context.as_engine():
        assert Allocation.objects.get(person=kai).to_date == TODAY
        assert RegisterEntry.objects.get(person=kai).removed_on is None, "two endings"
        assert StepDown.objects.order_by("pk").last().closed_because == "Goals are met"
        words = Event.objects.get(person_id=kai.pk, code="keyworking.ended").words
    assert words == "Keyworking ended: goals are met. Jo Lamb, Northmoor School, stays with them."
    assert due(kai, "step_down_ends") is None and due(kai, "ending_told") is None
    assert list(find_differing()) in ([], [(1, [])])


@pytest.mark.parametrize(
    ("missing", "code"),
    [("lead_name", "lead"), ("lead_organisation", "lead"), ("told_words", "told")],
)
def test_nothing_of_it_can_be_left_out(northmoor: Area, kai: Person, missing: str, code: str) -> None:
    with pytest.raises(NotNow) as problem:
        ends(northmoor, kai, **{missing: " "})
    assert problem.value.code == code
    with context.as_engine():
        assert Allocation.objects.get(person=kai).to_date is None and not Ending.objects.exists()


def test_the_database_holds_it_where_code_forgets(northmoor: Area, kai: Person) -> None:
    ends(northmoor, kai)
    for emptied in ({"lead_name": ""}, {"lead_organisation": ""}, {"told_words": ""}, {"peer": "matched"}):
        with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
            Ending.objects.bulk_create(
                [
                    Ending(
                        **{f.attname: getattr(Ending.objects.get(), f.attname) for f in Ending._meta.concrete_fields}
                        | {"id": None, "supersedes_id": None}
                        | emptied
                    )
                ]
            )


@pytest.mark.parametrize(
    ("colour", "reason", "asks"),
    [
        ("green", "goals_met", False),
        ("amber", "goals_met", True),
        ("red", "goals_met", True),
        ("red", "stepped_down", True),
        ("red", "adult", True),
        ("red", "moved", False),
        ("red", "consent", False),
    ],
)
def test_while_somebody_is_at_risk_keyworking_ends_only_with_the_reason_why_all_the_same(
    northmoor: Area, ben: Actor, colour: str, reason: str, asks: bool
) -> None:
    mia = walked_with(northmoor, ben, "Mia", colour, 70)
    if asks:
        with pytest.raises(NotNow) as problem:
            ends(northmoor, mia, reason=reason)
        assert problem.value.code == "despite" and f"They are rated {colour}." in str(problem.value)
        assert ends(northmoor, mia, reason=reason, despite="Her new team begins today").colour == colour
    else:
        assert ends(northmoor, mia, reason=reason).despite == ""


def test_the_form_asks_it_where_it_counts_and_the_page_keeps_it(northmoor: Area, ben: Actor, kai: Person) -> None:
    manager = signed_in(northmoor.actors["manager"])
    assert "Why does keyworking end all the same" not in manager.get(f"{HERE.format(kai)}/end").content.decode()
    mia = walked_with(northmoor, ben, "Mia", "red", 70)
    here = HERE.format(mia)
    page = manager.get(f"{here}/end").content.decode()
    assert "They are rated red. Why does keyworking end all the same?" in page
    assert "Nobody has looked at" in page
    answer = manager.post(f"{here}/end", form(warning_signs="She stops eating"))
    assert answer.status_code == 422 and "She stops eating" in answer.content.decode()
    assert "Write why keyworking ends all the same, or look at the rating first" in answer.content.decode()
    assert manager.post(f"{here}/end", form(despite="Her new team begins today")).status_code == 302
    assert "They were rated red. It ended all the same: Her new team begins today" in manager.get(here).content.decode()


def test_the_database_holds_that_too(northmoor: Area, ben: Actor) -> None:
    ending = ends(northmoor, walked_with(northmoor, ben, "Mia", "red", 70), despite="Her new team begins today")
    emptied = {field.attname: getattr(ending, field.attname) for field in Ending._meta.concrete_fields}
    with context.as_engine(), pytest.raises(IntegrityError, match="ending_at_risk_says_why"), transaction.atomic():
        Ending.objects.bulk_create([Ending(**emptied | {"id": None, "supersedes_id": ending.pk, "despite": ""})])


def test_whoever_goes_on_to_adult_services_has_a_lead_there(northmoor: Area, kai: Person) -> None:
    ends(northmoor, kai, reason="adult", lead_name="Dr Sen", lead_organisation="Adult services")
    with context.as_engine():
        lead = AdultLead.objects.get(person=kai)
    assert (lead.lead_name, lead.lead_organisation) == ("Dr Sen", "Adult services")


def test_a_lead_in_adult_services_who_is_named_stays_and_stands_in_the_form(northmoor: Area, kai: Person) -> None:
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        name_adult_lead(note, person=kai, lead_name="Dr Sen", lead_organisation="Adult services")
    form_of_it = signed_in(northmoor.actors["manager"]).get(f"{HERE.format(kai)}/end").content.decode()
    assert 'value="Dr Sen"' in form_of_it and 'value="Adult services"' in form_of_it
    ends(northmoor, kai, reason="adult")
    with context.as_engine():
        assert AdultLead.objects.get(person=kai).lead_name == "Dr Sen"


def test_what_was_known_and_planned_is_read_after_the_end_too(northmoor: Area, kai: Person, ben: Actor) -> None:
    steps_down(ben, kai)
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        mark_criteria(note, person=kai, marks=[("goals", True, "He goes to college each day")])
    ends(northmoor, kai)
    page = signed_in(northmoor.actors["manager"]).get(HERE.format(kai)).content.decode()
    assert "What was known when it ended" in page and "He goes to college each day" in page
    assert "How contact became less" in page and "Every 2 weeks" in page
    assert "Write down what is met" not in page and "Change this plan" not in page


def test_whoever_died_needs_nobody_who_stays(northmoor: Area, kai: Person) -> None:
    ending = ends(northmoor, kai, reason="died", lead_name="", lead_organisation="", told_words="His family knows")
    assert ending.lead_name == ""


def test_keyworkers_prepare_it_and_those_who_run_the_service_end_it(northmoor: Area, kai: Person, ben: Actor) -> None:
    with pytest.raises(Refused), acting_as(ben) as me, recording(by=me, at=NOW) as note:
        end_keyworking(note, by=me, person=kai, on=TODAY, **SAID)
    ends(northmoor, kai, by="coordinator")
    with pytest.raises(NotNow):
        ends(northmoor, kai)


@pytest.mark.parametrize(("days", "may"), [(1, False), (0, True), (-70, True), (-71, False)])
def test_it_ends_neither_in_the_future_nor_before_it_began(northmoor: Area, kai: Person, days: int, may: bool) -> None:
    on_day = TODAY + timedelta(days=days)
    if may:
        assert ends(northmoor, kai, on=on_day).ended_on == on_day
    else:
        with pytest.raises(NotNow):
            ends(northmoor, kai, on=on_day)


def test_a_keyworker_who_ended_another_way_leaves_something_due(northmoor: Area, kai: Person) -> None:
    """As when work was handed over and nobody followed: the page takes what is missing, with the day that stands."""
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        end_allocation(note, allocation=Allocation.objects.get(person=kai), on=TODAY)
    duty = due(kai, "ending_told")
    assert duty and duty.owner_team == northmoor.teams["keyworking"]
    manager = signed_in(northmoor.actors["manager"])
    here = f"/people/{kai.reference}/stepping-down"
    assert manager.get(f"/duties/{duty.pk}/do")["Location"] == here
    assert "Nobody has written down who stays" in manager.get(here).content.decode()
    assert "From which day" not in manager.get(f"{here}/end").content.decode()
    assert manager.post(f"{here}/end", form()).status_code == 302
    assert due(kai, "ending_told") is None


def test_the_same_form_sent_twice_ends_it_once(northmoor: Area, kai: Person) -> None:
    manager, given = signed_in(northmoor.actors["manager"]), form()
    for _ in range(2):
        assert manager.post(f"/people/{kai.reference}/stepping-down/end", given).status_code == 302
    with context.as_engine():
        assert Ending.objects.count() == 1


def test_a_form_with_something_missing_says_what_and_keeps_what_was_typed(northmoor: Area, kai: Person) -> None:
    manager = signed_in(northmoor.actors["manager"])
    answer = manager.post(
        f"/people/{kai.reference}/stepping-down/end",
        form(lead_name="", told_words="", peer="matched", ask="given", warning_signs="He stops eating"),
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "He stops eating" in page
    for sentence in (
        "Enter the name of the person",
        "Enter who was told",
        "Write the peer mentor",
        "Enter who said yes",
    ):
        assert sentence in page, sentence


def test_what_the_keyworker_planned_stands_in_the_managers_form(northmoor: Area, kai: Person, ben: Actor) -> None:
    steps_down(ben, kai, lead_name="Ms Ahmed", lead_organisation="Hill School")
    page = signed_in(northmoor.actors["manager"]).get(f"/people/{kai.reference}/stepping-down/end").content.decode()
    assert "Ms Ahmed" in page and "Hill School" in page


def test_the_letter_says_who_stays_and_how_to_come_back_and_not_why(northmoor: Area, kai: Person) -> None:
    ends(northmoor, kai, reason="disengaged", warning_signs="He stops eating\nHe stays in bed", who_stays="Dr Lee, GP")
    with context.as_engine():
        ending = Ending.objects.select_related("allocation__worker", "recorded_icb").get()
        letter = letter_of(ending, called="Kai", contact=None)
    said = str(letter)
    for words in ("Jo Lamb", "Northmoor School", "He stays in bed", "Dr Lee, GP", "/come-back", "Ben Okafor"):
        assert words in said, words
    assert "Out of touch" not in said
    answer = signed_in(northmoor.actors["manager"]).get(f"/people/{kai.reference}/stepping-down/letter")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_a_yes_to_one_question_is_an_agreement_of_its_own(northmoor: Area, kai: Person) -> None:
    yes = {"answer": "given", "basis": "parental", "decided_by": "Dawn"}
    ends(northmoor, kai, ask=yes, ask_reach="07700 900123")
    with context.as_engine():
        row = Consent.objects.get(person=kai, purpose="afterwards")
    assert (row.answer, row.basis, row.decided_by, row.evidenced) == ("given", "parental", "Dawn", True)
    assert due(kai, "after_question:1") and due(kai, "after_question:2")


def test_whoever_gets_a_keyworker_again_came_back(
    northmoor: Area, kai: Person, ben: Actor, stands_still: Callable[[datetime], None]
) -> None:
    """Once for each ending; counted when it was within twelve months."""
    ends(northmoor, kai)
    later = NOW + timedelta(days=90)
    stands_still(later)
    for day in (later, later + timedelta(days=1)):
        with acting_as(northmoor.actors["manager"], day) as me, recording(by=me, at=day) as note:
            allocate(note, person=Person.objects.get(pk=kai.pk), worker=ben, from_date=day.date())
    with context.as_engine():
        assert Event.objects.filter(person_id=kai.pk, code="keyworking.came_back").count() == 1
    page = signed_in(northmoor.actors["manager"]).get("/keyworking/endings").content.decode()
    assert "1 came back within 12 months" in page and "Came back" in page and "Jo Lamb" in page


def test_a_plan_that_somebody_changed_meanwhile_is_told(northmoor: Area, kai: Person, ben: Actor) -> None:
    first = steps_down(ben, kai, seen=0)
    second = steps_down(ben, kai, seen=first.pk, family_says="Fine by us")
    assert second.supersedes_id == first.pk
    with pytest.raises(NotNow) as problem:
        steps_down(ben, kai, seen=first.pk)
    assert problem.value.code == "stale"


def test_planning_on_the_page_and_criteria_and_stopping(northmoor: Area, kai: Person, ben: Actor) -> None:
    worker, here = signed_in(ben), f"/people/{kai.reference}/stepping-down"
    given = {"every_1": "14", **on("from_1", TODAY), "every_2": "28", **on("from_2", TODAY + timedelta(days=28))}
    last = on("ends_on", TODAY + timedelta(days=60))
    wrong = worker.post(f"{here}/plan", given | last | {"every_2": "7", "seen": "0", "submission": new_token()})
    assert wrong.status_code == 422 and "Contact becomes less" in wrong.content.decode()
    sent = worker.post(f"{here}/plan", given | last | {"seen": "0", "submission": new_token()})
    assert sent.status_code == 302, sent.content.decode()
    page = worker.get(here).content.decode()
    assert "Every 2 weeks" in page and "Every 4 weeks" in page and "Nobody is named yet" in page
    marks = {"met_green": "yes", "evidence_green": "Panel of 4 May", "met_family": "no", "submission": new_token()}
    assert worker.post(f"{here}/criteria", marks).status_code == 422, "a no needs to say how it is known, too"
    assert worker.post(f"{here}/criteria", marks | {"evidence_family": "Dawn is afraid"}).status_code == 302
    page = worker.get(here).content.decode()
    assert "Panel of 4 May" in page and "Dawn is afraid" in page and "Not met" in page
    assert worker.post(f"{here}/stop", {"because": "A new school", "submission": new_token()}).status_code == 302
    assert "Nothing is planned" in worker.get(here).content.decode()
    assert due(kai, "step_down_considered")


def test_an_area_words_adds_and_leaves_out_criteria(northmoor: Area, kai: Person, ben: Actor) -> None:
    manager, here = signed_in(northmoor.actors["manager"]), "/keyworking/criteria"
    mark = {"submission": new_token()}
    assert manager.post(f"{here}/crisis", mark | {"words": "There is a crisis card"}).status_code == 302
    out = {"submission": new_token(), "words": "Anything", "leave_out": "yes"}
    assert manager.post(f"{here}/transition", out).status_code == 302
    own = {"submission": new_token(), "words": "The school has been told"}
    assert manager.post(f"{here}/new", own).status_code == 302
    assert manager.get(f"{here}/nothing-like-it").status_code == 404
    page = manager.get(here).content.decode()
    assert "There is a crisis card" in page and "Left out here" in page and "The school has been told" in page
    theirs = signed_in(ben).get(f"/people/{kai.reference}/stepping-down").content.decode()
    assert "The school has been told" in theirs and "adult services have an owner" not in theirs
    assert signed_in(northmoor.actors["coordinator"]).get(f"{here}/crisis").status_code == 403


def test_an_adult_lead_and_joint_meetings(northmoor: Area, kai: Person, ben: Actor) -> None:
    worker, here = signed_in(ben), f"/people/{kai.reference}/turning-18"
    assert "Nobody is named" in worker.get(here).content.decode()
    lead = {"lead_name": "Dr Shah", "lead_organisation": "", "submission": new_token()}
    assert worker.post(f"{here}/lead", lead).status_code == 422
    assert worker.post(f"{here}/lead", lead | {"lead_organisation": "Adult team"}).status_code == 302
    met = {"who_came": "Dr Shah", "young_person_came": "yes", "submission": new_token()}
    later = on("held_on", TODAY + timedelta(days=1))
    assert worker.post(f"{here}/meeting", met | later).status_code == 422
    assert worker.post(f"{here}/meeting", met | on("held_on", TODAY)).status_code == 302
    page = worker.get(here).content.decode()
    assert "Dr Shah" in page and "Joint meetings: 1" in page
    assert due(kai, "adult_lead") is None


def test_each_page_asks_little(
    northmoor: Area, kai: Person, ben: Actor, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    steps_down(ben, kai)
    ends(northmoor, kai)
    manager = signed_in(northmoor.actors["manager"])
    budgets = {"stepping-down": 12, "stepping-down/answers": 6, "turning-18": 7, "turning-18/lead": 7}
    for page, most in budgets.items():
        with django_assert_max_num_queries(most):
            assert manager.get(f"/people/{kai.reference}/{page}").status_code == 200
    with django_assert_max_num_queries(7):
        assert manager.get("/keyworking/endings").status_code == 200
