"""Out of England and on to the adult register: the same promise, by another way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alongside.features.keyworking.models import AdultLead
from alongside.features.moving.models import MoveAcceptance
from alongside.features.moving.tests.conftest import as_, holder, on, sent, words
from alongside.features.people.models import Person
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.overview.models import Duty
from tests.cast import Area

Send = Callable[..., Any]
WHO = {"named": "Mair Puw", "post": "Social worker", "reach": "01632 960002", "team": "Children’s team"}


def entries() -> list[RegisterEntry]:
    with context.as_engine():
        return list(RegisterEntry.objects.order_by("pk"))


def remove(area: Area, because: str) -> Any:
    typed = sent(because=because, detail="") | on("removed_on", clock.today())
    return as_(area.actors["coordinator"]).post(f"/register/entries/{entries()[0].pk}/remove", typed)


def test_nobody_goes_off_because_they_moved_before_somebody_has_said_yes(northmoor: Area, person: Person) -> None:
    for because in ("moved", "aged_out"):
        answer = remove(northmoor, because)
        assert (answer.status_code, "Nobody elsewhere has said yes to them yet" in words(answer)) == (422, True)
    assert remove(northmoor, "risk_low").status_code == 302


def test_out_of_england_they_stay_on_the_register_until_a_name_and_a_day_are_written_down(
    northmoor: Area, person: Person, begin: Send
) -> None:
    begin(kind="outside", to_place="Wales")
    here, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/move/elsewhere"
    said = WHO | {"said_by": "Mair Puw, Gwynedd", "how": "phone"} | on("said_on", clock.today())
    said |= on("starts_on", clock.today())
    assert here.post(url, sent(**(said | {"named": ""}))).status_code == 422
    tomorrow = on("said_on", clock.today() + timedelta(days=1))
    assert here.post(url, sent(**(said | tomorrow))).status_code == 422
    assert entries()[0].removed_on is None
    assert here.post(url, sent(**said)).status_code == 302
    (entry,) = entries()
    assert (entry.removed_because, "Mair Puw" in entry.removed_detail) == ("moved", True)
    assert holder(person) == northmoor.icb.pk, "the record is somebody's to answer for"
    with context.as_engine():
        assert MoveAcceptance.objects.get().how == "phone"
    assert "Mair Puw" in words(here.get("/moves"))


def test_what_is_due_about_a_move_is_not_waved_away(northmoor: Area, person: Person, begin: Send) -> None:
    begin()
    with context.as_engine():
        found = list(Duty.objects.filter(person=person, doing="open_move").values_list("pk", flat=True))
    assert found
    here = as_(northmoor.actors["coordinator"])
    for number in found:
        answer = here.post(f"/duties/{number}/not-needed", sent(because="Not now."))
        assert answer.headers["Location"] == f"/people/{person.reference}/move", "a move ends by its own steps"
    with context.as_engine():
        assert Duty.objects.filter(pk__in=found).count() == len(found)


def test_an_area_that_works_here_says_yes_by_its_own_team(northmoor: Area, person: Person, begin: Send) -> None:
    begin()
    for end in ("elsewhere", "adult"):
        assert as_(northmoor.actors["coordinator"]).get(f"/people/{person.reference}/move/{end}").status_code == 404


def test_the_adult_register_says_yes_by_a_second_person_and_both_ratings_are_kept(
    northmoor: Area, person: Person, begin: Send
) -> None:
    begin(kind="adult", because="They turn 18.")
    url = f"/people/{person.reference}/move/adult"
    said = WHO | {"colour": "red", "why": "The support ends."} | on("starts_on", clock.today())
    own = as_(northmoor.actors["coordinator"]).post(url, sent(**said))
    assert (own.status_code, "Somebody else than whoever asked" in words(own)) == (422, True)
    assert [one.listing for one in entries()] == ["child"]
    assert as_(northmoor.actors["manager"]).post(url, sent(**said)).status_code == 302
    child, adult = entries()
    assert (child.removed_because, adult.listing, adult.removed_on) == ("aged_out", "adult", None)
    assert adult.review_planned_on is not None, "red is never without a day"
    with context.as_engine():
        assert AdultLead.objects.get().lead_name == "Mair Puw"
        assert Rating.objects.get(entry=adult).colour == "red"
