"""Notices about somebody held closely: who has them to do, and that nobody learns of it by telephoning one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.hospital.models import Stay
from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.features.referrals.notices.matching import UNSURE
from alongside.features.referrals.notices.reading import MATTER
from alongside.features.referrals.notices.tests.telling import FRIDAY, due, read, tell
from alongside.features.referrals.tests.pressing import words
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.recording import recording
from alongside.overview.guarded.restricting import restrict
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing_matters
from tests.cast import Area, acting_as, add_registered, key_of

pytestmark = pytest.mark.django_db
TARIQ = {"given_name": "Tariq", "family_name": "Aziz", "birth_date": date(2010, 5, 2)}
BEFORE = FRIDAY - timedelta(days=60)
SignIn = Callable[[str], Client]


def test_a_notice_about_a_restricted_record_is_a_named_coordinators(northmoor: Area, as_: SignIn) -> None:
    """Once it is said that it is about them; whoever is not named finds no notice, and owns no duty about it."""
    notice = tell(northmoor)
    named, other = northmoor.actors["coordinator"], a_colleague(northmoor)
    keep_close(northmoor, read(notice).person, named, named)
    assert due(notice)["opened"].owner_actor_id == named.pk
    assert as_("coordinator").get(f"/notices/{notice.pk}").status_code == 200
    stranger = Client()
    stranger.cookies[settings.KEY_COOKIE] = key_of(other)
    assert stranger.get(f"/notices/{notice.pk}").status_code == 404
    assert "Tariq" not in words(stranger.get("/notices"))


def test_where_no_coordinator_is_named_information_governance_has_the_duty(northmoor: Area) -> None:
    notice = tell(northmoor)
    colleague, governance = a_colleague(northmoor), northmoor.actors["governance"]
    keep_close(northmoor, read(notice).person, northmoor.actors["coordinator"], colleague)
    assert due(notice)["opened"].owner_actor_id == colleague.pk
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=FRIDAY) as note:
        RoleHeld.objects.filter(actor=colleague).update(to_date=FRIDAY.date() - timedelta(days=1))
        note.matter(MATTER, notice.pk)
        note("role.ended", words="Somebody left.", icb_id=northmoor.icb.pk)
    duty = due(notice)["opened"]
    assert duty.owner_actor_id == governance.pk
    with acting_as(governance, FRIDAY):
        assert Duty.objects.filter(pk=duty.pk).exists()
    assert list(find_differing_matters()) == []


@pytest.mark.parametrize("said", [{}, {"nhs_number": "9990000018"}])
@pytest.mark.parametrize("closed_as", ["ordinary, and alike", "restricted", "said no", "has died"])
def test_a_notice_told_by_telephone_does_not_say_who_is_held_closely(
    northmoor: Area, as_: SignIn, closed_as: str, said: dict
) -> None:
    person, _ = add_registered(northmoor, **TARIQ, nhs_number="9990000018", at=BEFORE)
    coordinator = northmoor.actors["coordinator"]
    told = dict(said)
    if closed_as == "restricted":
        keep_close(northmoor, person, coordinator, a_colleague(northmoor), at=BEFORE)
    elif closed_as == "said no":
        with acting_as(coordinator, BEFORE) as me, recording(by=me, at=BEFORE) as note:
            given = {"basis": "parental", "decided_on": BEFORE.date(), "evidenced": True, "decided_by": "His mother"}
            record_consent(note, person=person, purpose="register", answer="refused", **given)
    elif closed_as == "has died":
        with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=BEFORE) as note:
            Person.objects.filter(pk=person.pk).update(died_on=BEFORE.date())
            note("test.died", words="Somebody died.", icb_id=northmoor.icb.pk)
    else:
        told |= {"birth_date": date(2010, 2, 5)}
    notice = read(tell(northmoor, **told))
    assert (notice.matched, notice.person_id, notice.matched_because) == ("unsure", None, UNSURE)
    assert notice.icb_id == northmoor.icb.pk
    assert as_("coordinator").get(f"/notices/{notice.pk}").status_code == 200
    duty = due(notice)["opened"]
    assert (duty.owner_actor_id, duty.owner_team_id) == (None, northmoor.teams["register"].pk)
    with context.as_engine():
        assert Person.objects.count() == 1 and not Stay.objects.exists()


def keep_close(area: Area, person: Person | None, by: Actor, named: Actor, at: datetime = FRIDAY) -> None:
    """Restricts a record to one named person."""
    review = at.date() + timedelta(days=90)
    with acting_as(by, at) as me, recording(by=me, at=at) as note:
        restrict(note, person=person, because="A colleague's child", named=[named.pk], review_on=review, by=me)


def a_colleague(area: Area) -> Actor:
    """Another register coordinator of the area."""
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=BEFORE) as note:
        actor = Actor.objects.create(name="Another coordinator", post="Coordinator")
        RoleHeld.objects.create(actor=actor, role="coordinator", area=area.icb, from_date=BEFORE.date())
        note("actor.made", words="Somebody was hired.", icb_id=area.icb.pk)
    return actor
