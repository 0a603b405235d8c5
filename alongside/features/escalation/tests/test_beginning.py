"""At which level something begins: what a review recommended and is long late, or recommended again, begins higher."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.features.actions.models import Action
from alongside.features.actions.tests.test_pages import browser, send
from alongside.features.escalation.models import Escalation
from alongside.features.escalation.operations import Question
from alongside.features.escalation.tests.conftest import QUESTION, about, act, raised
from alongside.features.people.models import Person
from alongside.features.reviews.holding.tests.conftest import ellis as ellis
from alongside.features.reviews.holding.tests.conftest import held, recommended
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area

pytestmark = pytest.mark.django_db
#: To be done by Friday 18 December 2026; Christmas and New Year are no working days.
BY = date(2026, 12, 18)
SOON = NOW + timedelta(hours=2)
LAST, AFTER = datetime(2027, 1, 6, 12, tzinfo=UTC), datetime(2027, 1, 7, 12, tzinfo=UTC)


@pytest.fixture
def assessment(northmoor: Area, ellis: Person) -> Action:
    return recommended(northmoor, held(northmoor, ellis), due_on=BY)


def test_on_the_tenth_working_day_it_still_begins_at_level_1(
    northmoor: Area, ellis: Person, assessment: Action
) -> None:
    made = raised(northmoor, ellis, level=1, question=about(assessment), at=LAST)
    assert made.level == 1


def test_a_day_later_it_begins_at_level_2(northmoor: Area, ellis: Person, assessment: Action) -> None:
    with pytest.raises(NotNow, match="more than 10 working days late, so it begins at level 2"):
        raised(northmoor, ellis, level=1, question=about(assessment), at=AFTER)
    made = raised(northmoor, ellis, level=2, question=about(assessment), at=AFTER)
    with context.as_engine():
        assert Escalation.objects.get(pk=made.pk).level == 2


@pytest.mark.parametrize(("at", "levels"), [(LAST, "12345"), (AFTER, "2345")])
def test_the_form_begins_there_and_offers_nothing_below(
    northmoor: Area, ellis: Person, assessment: Action, monkeypatch: pytest.MonkeyPatch, at: datetime, levels: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    asha = browser(northmoor, "keyworker")
    address = f"/people/{ellis.reference}/escalations/raise?about=action&id={assessment.number}"
    page = asha.get(address).content.decode()
    offered = page.split('name="level"')[1].split("</select>")[0]
    assert "".join(one for one in "12345" if f'value="{one}"' in offered) == levels
    assert f'value="{levels[0]}" selected' in offered
    assert ("more than 10 working days late" in page) is (at == AFTER)
    given = {
        "choice": "raise", "what": "Sensory assessment", "effect": "No school.", "asks": "Who pays?",
        "topic": Topic.REVIEW, "agency": "health", "reason": "late", "level": "1", "because": "",
    }  # fmt: skip
    assert send(asha, address, **given).status_code == (302 if at == LAST else 422)


def out_of_time(rule: str) -> Question:
    return replace(QUESTION, reason="review_late", about="duty", about_id=7, about_rule=rule)


@pytest.mark.parametrize(
    ("rule", "least"), [("funding_answered", 2), ("inpatient_cetr", 3), ("dispute_interim_owner", 4)]
)
def test_what_is_out_of_time_is_put_to_the_level_of_its_kind_and_none_below(
    northmoor: Area, ellis: Person, rule: str, least: int
) -> None:
    with pytest.raises(NotNow, match=f"begins at level {least}"):
        raised(northmoor, ellis, level=least - 1, question=out_of_time(rule))
    assert raised(northmoor, ellis, level=least, question=out_of_time(rule)).level == least
    page = browser(northmoor, "keyworker").get(
        f"/people/{ellis.reference}/escalations/raise?about=duty&id=8&rule={rule}"
    )
    offered = page.content.decode().split('name="level"')[1].split("</select>")[0]
    assert [one for one in "12345" if f'value="{one}"' in offered] == [str(one) for one in range(least, 6)]


@pytest.mark.parametrize(("stands", "after"), [(1, 2), (2, 3), (4, 4)])
def test_recommended_again_while_it_is_escalated_goes_a_level_up(
    northmoor: Area, ellis: Person, assessment: Action, stands: int, after: int
) -> None:
    from alongside.features.reviews.holding.carrying import account_for
    from alongside.features.reviews.models import CarriedOver

    made = raised(northmoor, ellis, level=stands, question=about(assessment))
    review = held(northmoor, ellis, at=SOON)
    with context.as_engine():
        earlier = CarriedOver.objects.get(review=review)
    act(northmoor, "coordinator", account_for, carried=earlier, answer="not_done", because="Nobody came", at=SOON)
    again = recommended(northmoor, review, due_on=date(2027, 3, 1), repeats=assessment, at=SOON)
    assert again.times == 2
    with context.as_engine():
        stood = Escalation.objects.get(pk=made.pk)
        assert (stood.level, stood.about_id) == (after, again.number)
        assert stood.steps.filter(kind="passed_up").exists() is (after > stands)
