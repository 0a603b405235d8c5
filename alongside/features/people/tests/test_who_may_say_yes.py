"""Adding somebody with a yes: it counts as evidenced only where whoever said it decides. Both sides of 16."""

from datetime import date, timedelta

import pytest

from alongside.features.people.agreement.tests.asking import as_, found_out, on
from alongside.features.people.checks import what_is_missing, yes_to_register
from alongside.features.people.models import Consent, Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.overview.models import Duty
from tests.cast import NOW, Area, add_registered

TODAY = NOW.date()
SIXTEEN_TODAY, SIXTEEN_TOMORROW = date(2010, 11, 20), date(2010, 11, 21)


def child(area: Area, born: date | None) -> Person:
    return add_registered(area, birth_date=born, at=NOW - timedelta(days=9))[0]


@pytest.mark.parametrize(
    ("born", "basis", "evidenced"),
    [
        (SIXTEEN_TOMORROW, "parental", True),
        (SIXTEEN_TODAY, "parental", False),
        (SIXTEEN_TOMORROW, "competent_child", False),
        (SIXTEEN_TODAY, "sixteen", True),
        (SIXTEEN_TODAY, "best_interests", False),
        (None, "parental", True),
        (None, "sixteen", True),
        (None, "competent_child", False),
    ],
)
def test_a_yes_without_the_record_that_it_needs_is_kept_and_not_evidenced(
    northmoor: Area, born: date | None, basis: str, evidenced: bool
) -> None:
    said = yes_to_register(child(northmoor, born), basis=basis, by="Dawn Moss", on=TODAY, evidence="At the visit")
    assert said["evidenced"] is evidenced and (said["basis"], said["decided_by"]) == (basis, "Dawn Moss")
    if evidenced:
        assert (said["decided_on"], said["evidence"]) == (TODAY, "At the visit")
    else:
        assert said["decided_on"] is None and said["evidence"].startswith("Said on 20 November 2026. ")
        assert "Kept as not evidenced" in said["evidence"] and len(said["evidence"]) <= 300


@pytest.mark.parametrize(
    ("born", "basis", "test", "able", "evidenced"),
    [
        (SIXTEEN_TOMORROW, "competent_child", "competence", True, True),
        (SIXTEEN_TOMORROW, "parental", "competence", True, False),
        (SIXTEEN_TOMORROW, "competent_child", "competence", False, False),
        (SIXTEEN_TODAY, "best_interests", "capacity", False, True),
        (SIXTEEN_TODAY, "sixteen", "capacity", False, False),
        (SIXTEEN_TODAY, "sixteen", "competence", False, True),
    ],
)
def test_what_was_found_of_them_decides(
    northmoor: Area, born: date, basis: str, test: str, able: bool, evidenced: bool
) -> None:
    person = child(northmoor, born)
    found_out(northmoor, person, able, "register", test=test)
    assert yes_to_register(person, basis=basis, by="", on=TODAY)["evidenced"] is evidenced


def test_what_was_found_of_another_decision_says_nothing(northmoor: Area) -> None:
    person = child(northmoor, SIXTEEN_TOMORROW)
    found_out(northmoor, person, True, "keyworking", "sharing")
    assert not yes_to_register(person, basis="competent_child", by="", on=TODAY)["evidenced"]


def test_whoever_can_not_decide_at_that_age_is_still_refused(northmoor: Area) -> None:
    with pytest.raises(NotNow):
        yes_to_register(child(northmoor, SIXTEEN_TOMORROW), basis="sixteen", by="", on=TODAY)


def test_a_parents_yes_at_sixteen_adds_them_and_asking_is_due_at_once(northmoor: Area) -> None:
    today = clock.today()
    client = as_(northmoor.actors["coordinator"])
    typed = {
        "given_name": "Rae", "family_name": "Hill", "preferred_name": "", "nhs_number": "", "listing": "child",
        **on("birth_date", today.replace(year=today.year - 16, day=1)), **on("entered_on", today),
        "reason": "Risk", "answer": "given", "basis": "parental", "decided_by": "Ann Hill", "submission": new_token(),
    }  # fmt: skip
    answer = client.post("/people/add", typed, follow=True)
    assert "Somebody with parental responsibility is not who decides this now" in answer.content.decode()
    with context.as_engine():
        person = Person.objects.get(family_name="Hill")
        said = Consent.objects.get(person=person, purpose="register")
        due = Duty.objects.get(person=person, rule_key="agreement_check")
        assert what_is_missing(person) == said.evidence
    assert (said.answer, said.basis, said.evidenced, said.decided_by) == ("given", "parental", False, "Ann Hill")
    assert due.due <= clock.now() and due.doing == "confirm_agreement"
