"""Who reaches a referral, its steps and its letters: in the code, and in the database by itself."""

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.features.referrals.codes import key_of
from alongside.features.referrals.models import LetterOpened, OutcomeLetter, Referral, ReferralStep
from alongside.features.referrals.operations import (
    Recipient,
    accept,
    acknowledge,
    consult,
    decline,
    receive_referral,
    send_outcome,
)
from alongside.features.referrals.tests.sending import AGREED, MONDAY, NO, WHO, ask, due, step
from alongside.features.referrals.triage_queries import find_declined
from alongside.foundation.access import context
from alongside.foundation.access.protected import Refused
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing_matters
from tests.cast import Area, acting_as, make_area

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["keyworker", "manager", "commissioner", "partner_education", "governance", "admin"])
def test_nobody_but_the_register_team_sees_or_decides(area: Area, role: str) -> None:
    referral, _ = ask(area, MONDAY)
    with acting_as(area.actors[role], MONDAY) as me:
        assert list(Referral.objects.visible_to(me)) == []
        assert list(Referral.objects.all()) == []
        assert list(ReferralStep.objects.all()) == []
        assert not Duty.objects.filter(subject="referral").exists()
        with pytest.raises(Refused), recording(by=me, at=MONDAY) as note:
            acknowledge(note, referral=referral, by=me)


def test_another_areas_register_team_sees_nothing(area: Area) -> None:
    ask(area, MONDAY)
    other = make_area("QB2", "Area Two")
    with acting_as(other.actors["coordinator"], MONDAY) as me:
        assert list(Referral.objects.visible_to(me)) == list(Referral.objects.all()) == []


def test_whoever_asked_by_account_sees_their_own_and_not_the_teams_notes(area: Area) -> None:
    school = area.actors["partner_education"]
    with acting_as(school, MONDAY) as me, recording(by=me, at=MONDAY) as note:
        referral = receive_referral(
            note,
            icb_id=area.icb.pk,
            channel="professional",
            reference="R-ABCD-EFGH",
            code="ABCDEFGH",
            said={"given_name": "Kai", "asker_name": "A school"},
            asked_by_id=me.id,
        )
    ask(area, MONDAY)
    step(area, consult, referral=referral, words="The panel doubts it.")
    with acting_as(school, MONDAY) as me:
        assert list(Referral.objects.visible_to(me)) == list(Referral.objects.all()) == [referral]
        assert [one.kind for one in ReferralStep.objects.all()] == ["received"]


def test_reference_and_code_open_one_referral_and_nothing_else(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    other, _ = ask(area, MONDAY, given_name="Rae")
    with context.asking_with(key_of(referral.reference, code)):
        assert list(Referral.objects.all()) == [referral]
        assert Person.objects.count() == OutcomeLetter.objects.count() == 0
    with context.asking_with(key_of(other.reference, code)):
        assert list(Referral.objects.all()) == []
    with context.asking_with(""):
        assert list(Referral.objects.all()) == []


def test_the_referral_itself_is_not_changed_by_whoever_asked(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    with context.asking_with(key_of(referral.reference, code)):
        assert Referral.objects.filter(pk=referral.pk).update(state="accepted") == 0


def test_a_letters_link_opens_that_letter_only(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    step(area, accept, referral=referral, who=WHO, agreement=AGREED, reason="Risk")
    dawn = Recipient("asker", "Dawn Moss", "email", "dawn@example.com")
    kai = Recipient("young_person", "Kai", "letter", "at school", easy_read=True)
    first, _ = step(area, send_outcome, referral=referral, recipients=[dawn, kai], sender="The register team")
    with context.as_engine():
        link = Delivery.objects.get(message_id=first.message_id).filling["link"]
    with context.asking_with(link.rsplit("/", 1)[1]):
        assert list(OutcomeLetter.objects.all()) == [first]
        assert list(Referral.objects.all()) == []
    with context.asking_with(key_of(referral.reference, code)):
        assert list(OutcomeLetter.objects.all()) == [first], "the safe address of another is not shown"
    assert not LetterOpened.objects.exists()


def test_a_declined_referral_is_found_when_a_notice_comes(area: Area) -> None:
    referral, _ = ask(area, MONDAY, nhs_number="9990000018")
    step(area, decline, referral=referral, **NO)
    accepted, _ = ask(area, MONDAY, given_name="Rae", family_name="Hill", birth_date=date(2012, 1, 1))
    step(area, accept, referral=accepted, who=WHO | {"given_name": "Rae"}, agreement=AGREED, reason="Risk")
    born = date(2011, 9, 3)

    def found(**known: Any) -> list[Referral]:
        with context.as_engine():
            return find_declined(**{"given": "", "family": "", "birth_date": None} | known)

    assert found(given="kai", family="MOSS", birth_date=born) == [referral]
    assert found(given="Kai", birth_date=born) == [referral]
    assert found(given="K.", family="Other", birth_date=None, nhs_number="9990000018") == [referral]
    assert found(given="Kai", family="Moss") == [referral]
    assert found(given="Kai", family="Moss", birth_date=date(2011, 9, 4)) == []
    assert found(family="Moss") == []
    assert found(given="Rae", family="Hill", birth_date=date(2012, 1, 1)) == []
    with acting_as(area.actors["manager"], MONDAY):
        assert find_declined(given="Kai", family="Moss", birth_date=born) == []


def test_a_referral_closes_with_the_record_it_led_to(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    entry = step(area, accept, referral=referral, who=WHO, agreement=AGREED, reason="Risk")
    with acting_as(area.actors["coordinator"], MONDAY) as me:
        assert list(Referral.objects.visible_to(me)) == list(Referral.objects.all()) == [referral]
    wednesday = MONDAY + timedelta(days=2)
    with acting_as(area.actors["coordinator"], wednesday) as me, recording(by=me, at=wednesday) as note:
        person = Person.objects.get(pk=entry.person_id)
        record_consent(
            note,
            person=person,
            purpose="register",
            answer="withdrawn",
            basis="competent_child",
            decided_on=wednesday.date(),
            evidenced=True,
        )
    with acting_as(area.actors["coordinator"], wednesday) as me:
        assert list(Referral.objects.visible_to(me)) == list(Referral.objects.all()) == []
        assert list(ReferralStep.objects.all()) == []
    assert due(referral) == {}
    assert list(find_differing_matters()) == []
    with context.asking_with(key_of(referral.reference, code)):
        assert list(Referral.objects.all()) == [referral], "whoever asked still sees what they said"
