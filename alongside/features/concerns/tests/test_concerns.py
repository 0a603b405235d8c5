"""A concern is followed until whoever said it, and the family, know what came of it; safeguarding is due at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.features.concerns.models import Concern
from alongside.features.concerns.raising import operations
from alongside.features.concerns.tests.conftest import TODAY, does, due, on, raised, signed_in
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as


def test_safeguarding_is_due_and_late_at_once_until_the_council_was_told(kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai, kind="safeguarding", severity="low")
    duty = due(kai, "safeguarding:")
    assert duty and duty.due == NOW and duty.owner_actor == ben and duty.what.startswith("Ring the council now")
    does(ben, operations.tell_council, concern=concern, at=NOW, whom="Ms Grey", reference="A-12")
    assert due(kai, "safeguarding:") is None
    answer = due(kai, "safeguarding_answer:")
    assert answer and answer.due.date() == TODAY + timedelta(days=3), "one working day, over a weekend"
    does(ben, operations.hear_council, concern=concern, on=TODAY, words="They visit tomorrow.")
    assert due(kai, "safeguarding_answer:") is None and due(kai, "concern_look:")
    assert list(find_differing()) in ([], [(1, [])])


def test_whoever_told_the_council_first_has_nothing_to_ring(kai: Person, ben: Actor) -> None:
    raised(ben, kai, kind="safeguarding", council_whom="Ms Grey")
    assert due(kai, "safeguarding:") is None and due(kai, "safeguarding_answer:")


def test_the_councils_reference_is_added_when_it_comes(northmoor: Area, kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai, kind="safeguarding", council_whom="Ms Grey")
    browser, page = signed_in(ben), f"/people/{kai.reference}/concerns/{concern.number}"
    assert f"{page}/reference" in browser.get(page).content.decode()
    empty = browser.post(f"{page}/reference", {"submission": new_token(), "reference": ""})
    assert empty.status_code == 422 and "Write the council’s reference" in empty.content.decode()
    said = {"submission": new_token(), "reference": "SG-2211"}
    assert browser.post(f"{page}/reference", said).status_code == 302
    shown = browser.get(page).content.decode()
    assert "Ms Grey, reference SG-2211" in shown and f"{page}/reference" not in shown
    with pytest.raises(NotNow, match="stands already: SG-2211"):
        does(ben, operations.add_reference, concern=concern, reference="SG-1")


def test_there_is_no_reference_before_the_council_was_told(kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai, kind="safeguarding")
    with pytest.raises(NotNow, match="first that the council was told"):
        does(ben, operations.add_reference, concern=concern, reference="SG-1")


def test_nobody_is_kept_from_saying_it_by_what_they_may_not_read(northmoor: Area, kai: Person, ben: Actor) -> None:
    """A commissioner doesn't read safeguarding; what they saw is the keyworker's the same moment."""
    commissioner = northmoor.actors["commissioner"]
    concern = raised(commissioner, kai, kind="safeguarding")
    with acting_as(commissioner) as me:
        assert not Concern.objects.visible_to(me).filter(pk=concern.pk).exists()
    with acting_as(ben) as me:
        assert Concern.objects.visible_to(me).get(pk=concern.pk).recorded_by == commissioner
    duty = due(kai, "safeguarding:")
    assert duty and duty.owner_actor == ben
    with pytest.raises((Refused, NotNow)):
        does(commissioner, operations.tell_council, concern=concern, at=NOW, whom="Ms Grey")


def test_it_is_over_when_it_was_told_back_and_not_before(kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai)
    found = does(ben, operations.find_out, concern=concern, outcome="put_right", words="There is a handle.")
    assert found.closed_at is None
    told = due(kai, "concern_told:")
    assert told and told.what == "Tell whoever said it and the family what came of the concern"
    does(ben, operations.tell_raiser, concern=found, how="By phone")
    told = due(kai, "concern_told:")
    assert told and told.what == "Tell the family what came of the concern"
    over = does(ben, operations.settle_family, concern=found, family_words="The door can be opened from inside now.")
    assert over.closed_at == NOW and due(kai, "concern") is None
    with pytest.raises(NotNow):
        does(ben, operations.look_at, concern=over, words="x", look_on=None)


def test_a_family_that_is_not_to_be_told_reads_nothing_and_a_reason_stands(kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai, kind="safeguarding", council_whom="Ms Grey")
    with pytest.raises(NotNow):
        does(ben, operations.settle_family, concern=concern)
    kept = does(ben, operations.settle_family, concern=concern, not_told_because="The council asks us to wait.")
    assert kept.not_to_be_told and not kept.told


def test_a_safeguarding_concern_cannot_end_before_the_council_knew(kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai, kind="safeguarding")
    with pytest.raises(NotNow) as problem:
        does(ben, operations.find_out, concern=concern, outcome="not_so", words="x")
    assert problem.value.code == "council"
    with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(closed_at=NOW, outcome="not_so")


@pytest.mark.parametrize(("severity", "days"), [("low", 7), ("serious", 3), ("danger", 3)])
def test_it_is_looked_at_again_and_again(kai: Person, ben: Actor, severity: str, days: int) -> None:
    """Friday: five working days are a week, one is Monday."""
    concern = raised(ben, kai, severity=severity)
    look = due(kai, "concern_look:")
    assert look and look.due.date() == TODAY + timedelta(days=days)
    chosen = TODAY + timedelta(days=20)
    does(ben, operations.look_at, concern=concern, words="Wrote to the home", look_on=chosen)
    look = due(kai, "concern_look:")
    assert look and look.due.date() == chosen


def test_two_people_at_once(kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai)
    does(ben, operations.look_at, concern=concern, words="One", look_on=None, seen=1)
    with pytest.raises(NotNow) as problem:
        does(ben, operations.look_at, concern=concern, words="Two", look_on=None, seen=1)
    assert problem.value.code == "changed_since"


def test_a_concern_about_a_ward_without_a_lead_is_the_commissioners(northmoor: Area, kai: Person) -> None:
    concern = raised(northmoor.actors["commissioner"], kai, about="hospital", place="Elm Ward")
    assert concern.lead == northmoor.actors["commissioner"]
    look = due(kai, "concern_look:")
    assert look and look.owner_actor == northmoor.actors["commissioner"]


def test_incidents_are_counted(kai: Person, ben: Actor) -> None:
    what = {"place": "Ash House", "kind": "restraint", "source": "The home’s book", "person": kai}
    counted = {"first_on": TODAY - timedelta(days=6), "last_on": TODAY, "times": 4, "severity": 3}
    does(ben, operations.record_incident, **what, **counted)
    with pytest.raises(NotNow):
        does(ben, operations.record_incident, first_on=TODAY, last_on=TODAY + timedelta(days=1), times=1, **what)
    page = signed_in(ben).get(f"/people/{kai.reference}/care").content.decode()
    assert "held or restrained 4 times" in page and "Ash House. Very serious." in page


def test_the_form_says_whom_to_ring_keeps_what_was_typed_and_saves_once(
    northmoor: Area, kai: Person, ben: Actor
) -> None:
    commissioner, here = signed_in(northmoor.actors["commissioner"]), f"/people/{kai.reference}/concerns/new"
    manager = signed_in(northmoor.actors["manager"])
    number = {"council": "Northmoor Council", "phone": "01632 960001", "submission": new_token()}
    assert manager.post("/concerns/numbers", number).status_code == 302
    assert "01632 960001" in commissioner.get(here).content.decode()
    typed = {
        "kind": "safeguarding", "about": "placement", "place": "Ash House", "what": "A bruise", "said_by": "",
        "severity": "danger", "submission": new_token(), **on("seen_on", TODAY),
    }  # fmt: skip
    wrong = commissioner.post(here, typed)
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "A bruise" in page
    assert "Enter who saw or said it" in page and "Select whether the council has been told" in page
    right = typed | {"said_by": "His sister", "council_told": "no"}
    for _ in range(2):
        assert commissioner.post(here, right)["Location"] == f"/people/{kai.reference}/care"
    with context.as_engine():
        assert Concern.objects.count() == 1
    assert "Ring the council yourself, now" in commissioner.get(f"/people/{kai.reference}/care").content.decode()
