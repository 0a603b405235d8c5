"""What keeps it safe to reach somebody goes with them from the referral to their record."""

import pytest

from alongside.features.people.models import Communication, Person, Relation
from alongside.features.referrals.operations import accept
from alongside.features.referrals.operations.safely import record_how_to_reach
from alongside.features.referrals.tests.pressing import SignIn, words
from alongside.features.referrals.tests.sending import AGREED, MONDAY, WHO, ask, step
from alongside.foundation.access import context
from tests.cast import Area

pytestmark = pytest.mark.django_db
SAFETY = {
    "must_not_know": "my stepdad",
    "safe_contact": "Text after school",
    "answer_needs": "Easy read, with pictures",
}


def accepted(area: Area, **said: object) -> Person:
    referral, _ = ask(area, MONDAY, **said)
    entry = step(area, accept, referral=referral, who=WHO, agreement=AGREED, reason="Risk")
    with context.as_engine():
        return Person.objects.get(pk=entry.person_id)


def test_how_to_reach_them_safely_stands_at_the_top_of_their_page(area: Area, as_: SignIn) -> None:
    person = accepted(area, phone="07700 900456", **SAFETY)
    page = words(as_().get(f"/people/{person.reference}"))
    top = page[: page.index("Who is around")]
    for said in ("Text after school", "my stepdad", "07700 900456", "Easy read, with pictures"):
        assert said in top, said


def test_whoever_asked_is_kept_with_phone_and_who_must_not_know(area: Area) -> None:
    person = accepted(area, **SAFETY)
    with context.as_engine():
        dawn = Relation.objects.get(person=person)
    assert dawn.phone == "07700 900123"
    assert dawn.safe_contact == "Must not know: my stepdad. Text after school"


@pytest.mark.parametrize("length", [10, 273, 274, 500])
def test_nothing_is_lost_of_long_answers(area: Area, length: int) -> None:
    secret, safe = ("step " * 100)[: length - 3] + "end", ("text " * 100)[: length - 3] + "fin"
    person = accepted(area, must_not_know=secret, safe_contact=safe)
    with context.as_engine():
        talk = Communication.objects.get(person=person)
    assert (talk.avoid + talk.adjustments).count("step") == secret.count("step")
    assert "end" in talk.avoid + talk.adjustments
    assert (talk.best_way + talk.what_helps).count("text") == safe.count("text")
    assert "fin" in talk.best_way + talk.what_helps


def test_what_was_known_of_somebody_here_already_stays_behind_what_is_new(area: Area) -> None:
    person = accepted(area, **SAFETY)
    referral, _ = ask(area, MONDAY, must_not_know="my uncle")
    step(area, lambda note, by: record_how_to_reach(note, referral, person))
    with context.as_engine():
        talk = Communication.objects.filter(person=person).latest("id")
    assert talk.avoid.index("my uncle") < talk.avoid.index("my stepdad")
    assert "Text after school" in talk.best_way


def test_where_nothing_was_said_nothing_is_made_up(area: Area) -> None:
    person = accepted(area)
    with context.as_engine():
        assert not Communication.objects.filter(person=person).exists()
