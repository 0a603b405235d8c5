"""What comes from a ward or an A&E department: whose it is, what is written down, and who learns what."""

from datetime import date, timedelta

import pytest

from alongside.features.hospital.models import Stay
from alongside.features.people.models import Guard, LifeEvent, Person
from alongside.features.referrals.models import Notice
from alongside.features.referrals.notices.tests.telling import FRIDAY, due, read, tell
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation.access import context
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, add_registered

pytestmark = pytest.mark.django_db
TARIQ = {"given_name": "Tariq", "family_name": "Aziz", "birth_date": date(2010, 5, 2)}
BEFORE = FRIDAY - timedelta(days=60)


def test_somebody_not_known_comes_on_the_register_provisionally_and_the_mark_stays(northmoor: Area) -> None:
    notice = read(tell(northmoor))
    assert notice.matched == "new"
    person = notice.person
    assert person and (person.shown_name, person.guard) == ("Tariq Aziz", Guard.REGISTER_TEAM)
    with context.as_engine():
        entry = RegisterEntry.objects.get(person=person)
        assert entry.provisional and entry.not_registered_before_admission
        assert Rating.objects.get(entry=entry).colour == "blue"
        stay = Stay.objects.get(person=person)
        assert (stay.place_name, stay.registered_before) == ("Willow Ward", False)
        assert stay.recorded_by.name.startswith("Willow Ward, Northmoor Hospital"), "in the name of the sender"
        rules = set(Duty.objects.filter(person=person).values_list("rule_key", flat=True))
    assert {"entry_confirmed", "agreement_confirmed"} <= rules, "regularised afterwards"
    for role, sees in {"coordinator": True, "manager": False, "keyworker": False, "commissioner": False}.items():
        with acting_as(northmoor.actors[role], FRIDAY) as me:
            assert Person.objects.visible_to(me).filter(pk=person.pk).exists() == sees, role
            assert Notice.objects.filter(pk=notice.pk).exists() == sees, role


def test_the_same_number_and_name_finds_the_person_and_makes_nobody_new(northmoor: Area) -> None:
    person, entry = add_registered(northmoor, **TARIQ, nhs_number="9990000018", at=BEFORE)
    notice = read(tell(northmoor, nhs_number="999 000 0018", given_name="Tarik"))
    assert (notice.matched, notice.person_id) == ("exact", person.pk)
    with context.as_engine():
        assert Person.objects.count() == 1
        assert Rating.objects.get(entry=entry).colour == "blue"
        kept = RegisterEntry.objects.get()
        assert not kept.provisional and not kept.not_registered_before_admission
        assert Stay.objects.get().registered_before


@pytest.mark.parametrize(
    ("told", "matched"),
    [
        ({}, "exact"),
        ({"given_name": "tariq ", "family_name": "AZIZ"}, "exact"),
        ({"birth_date": date(2010, 2, 5)}, "unsure"),
        ({"birth_date": None}, "unsure"),
        ({"family_name": "Azeez"}, "unsure"),
        ({"nhs_number": "9990000026"}, "unsure"),
        ({"given_name": "Bilal"}, "new"),
        ({"given_name": "Bilal", "birth_date": date(2014, 5, 2)}, "new"),
    ],
)
def test_what_is_sure_and_what_a_person_decides(northmoor: Area, told: dict, matched: str) -> None:
    add_registered(northmoor, **TARIQ, nhs_number="9990000018", at=BEFORE)
    notice = read(tell(northmoor, **told))
    assert notice.matched == matched
    assert (notice.person_id is None) == (matched == "unsure")
    with context.as_engine():
        assert Person.objects.count() == (2 if matched == "new" else 1)
        assert Stay.objects.count() == (0 if matched == "unsure" else 1)


def test_a_number_of_somebody_with_another_name_is_for_a_person_to_decide(northmoor: Area) -> None:
    add_registered(northmoor, given_name="Bo", family_name="Lund", nhs_number="9990000018", at=BEFORE)
    notice = read(tell(northmoor, nhs_number="9990000018"))
    assert (notice.matched, notice.person_id) == ("unsure", None)


@pytest.mark.parametrize(
    ("held", "told", "matched"),
    [
        (TARIQ["birth_date"], TARIQ["birth_date"], "exact"),
        (TARIQ["birth_date"], date(2010, 5, 3), "unsure"),
        (TARIQ["birth_date"], None, "unsure"),
        (None, TARIQ["birth_date"], "unsure"),
        (None, None, "unsure"),
    ],
)
def test_a_number_with_a_name_is_sure_only_with_a_birth_date_that_agrees(
    northmoor: Area, held: date | None, told: date | None, matched: str
) -> None:
    add_registered(northmoor, **TARIQ | {"birth_date": held}, nhs_number="9990000018", at=BEFORE)
    notice = read(tell(northmoor, nhs_number="9990000018", birth_date=told))
    assert notice.matched == matched
    with context.as_engine():
        assert Stay.objects.count() == (1 if matched == "exact" else 0)


def test_an_alert_is_a_visit_to_a_and_e_and_proposes_red(northmoor: Area) -> None:
    person, entry = add_registered(northmoor, **TARIQ, at=BEFORE)
    notice = read(tell(northmoor, "alert"))
    assert notice.person_id == person.pk
    with context.as_engine():
        event = LifeEvent.objects.get()
        assert (event.kind, event.person_id) == ("ae_crisis", person.pk)
        proposed = Rating.objects.get(entry=entry)
        assert (proposed.colour, proposed.standing) == ("red", "proposed")
        assert not Stay.objects.exists()


def test_somebody_not_known_in_a_and_e_was_on_no_register_but_not_admitted(northmoor: Area) -> None:
    notice = read(tell(northmoor, "alert"))
    with context.as_engine():
        entry = RegisterEntry.objects.get(person=notice.person)
    assert entry.provisional and not entry.not_registered_before_admission


def test_a_stay_that_is_open_already_is_said_and_not_doubled(northmoor: Area) -> None:
    tell(northmoor)
    again = read(tell(northmoor, at=FRIDAY + timedelta(days=1)))
    assert again.person_id and "already a stay" in again.matched_because
    with context.as_engine():
        assert Stay.objects.count() == 1


def test_whoever_is_held_by_another_area_is_that_areas(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(saltby, **TARIQ, nhs_number="9990000018", at=BEFORE)
    notice = read(tell(northmoor, nhs_number="9990000018"))
    assert (notice.person_id, notice.icb_id) == (person.pk, saltby.icb.pk)
    with acting_as(northmoor.actors["coordinator"], FRIDAY):
        assert not Notice.objects.exists(), "the area next door doesn't learn that somebody is known elsewhere"
    with acting_as(saltby.actors["coordinator"], FRIDAY):
        assert Notice.objects.exists()


def test_by_name_alone_nobody_of_another_area_is_found(northmoor: Area, saltby: Area) -> None:
    add_registered(saltby, **TARIQ, at=BEFORE)
    notice = read(tell(northmoor))
    assert (notice.matched, notice.icb_id) == ("new", northmoor.icb.pk)


def test_an_nhs_number_that_cannot_be_right_is_kept_among_the_words(northmoor: Area) -> None:
    notice = read(tell(northmoor, nhs_number="123 456"))
    assert notice.nhs_number == "" and "123 456" in notice.happened


def test_a_notice_stands_first_until_it_is_opened(northmoor: Area) -> None:
    notice = tell(northmoor)
    opened = due(notice)["opened"]
    assert (opened.urgency, opened.rule_key, opened.timed) == (0, "notice_opened", False)
    assert opened.due.date() == date(2026, 3, 9), "Friday, so Monday"
    lifted = due(notice)["lifted"]
    assert (lifted.guard, lifted.due) == (0, opened.due)
    assert lifted.owner_team_id == northmoor.teams["keyworking"].pk


def test_an_alert_on_friday_evening_is_due_in_four_hours(northmoor: Area) -> None:
    opened = due(tell(northmoor, "alert"))["opened"]
    assert opened.due == FRIDAY + timedelta(hours=4) and opened.timed
