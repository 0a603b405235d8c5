"""Who is asked about a plan, what is agreed in it, and whom to ring: as the keyworker uses the pages."""

from django.test import Client

from alongside.features.actions.models import Action
from alongside.features.keyworking.contacts.operations import set_out_of_hours
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations import record_fact
from alongside.features.plans.models import PlanVersion
from alongside.features.plans.tests.test_pages import asha, hidden, text_of
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as

__all__ = ["asha"]


def test_under_sixteen_each_parent_is_asked_or_a_reason_stands(
    northmoor: Area, asha: Client, kai: Person, shared: PlanVersion
) -> None:
    here = f"/people/{kai.reference}/plan"
    with acting_as(northmoor.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        known = {"relationship": "Parent", "parental_responsibility": True}
        for name in ("Dawn Moss", "Rob Moss"):
            record_fact(note, Relation, person=kai, topic=Topic.FAMILY, words="Added.", name=name, **known)
        aunt = {"name": "Aunt May", "relationship": "Aunt"}
        record_fact(note, Relation, person=kai, topic=Topic.FAMILY, words="Added.", **aunt)
    with context.as_engine():
        numbers = dict(Relation.objects.filter(person=kai).values_list("name", "pk"))

    def says(whose: str, answer: str, **more: str) -> str:
        mark = hidden(text_of(asha, f"{here}/answer"), "submission")
        typed = {"submission": mark, "whose": str(numbers[whose]), "answer": answer, "said": "", **more}
        return asha.post(f"{here}/answer", typed, follow=True).content.decode()

    def is_due() -> bool:
        with context.as_engine():
            return Duty.objects.filter(person=kai, rule_key="plan_agreement").exists()

    assert "Choose how they said it" in says("Dawn Moss", "agree")
    says("Dawn Moss", "agree", how="told")
    assert is_due()
    assert "Write down why they were not asked" in says("Rob Moss", "unasked")
    page = says("Rob Moss", "unasked", said="Nobody knows where he lives.")
    assert "Was not asked, or did not want to say" in page and "Nobody knows where he lives." in page
    with context.as_engine():
        assert not Duty.objects.filter(person=kai, rule_key__in=("plan_agreement", "plan_disagreement")).exists()


def test_an_action_that_is_agreed_on_the_plans_page_belongs_to_its_version(
    northmoor: Area, asha: Client, kai: Person, shared: PlanVersion
) -> None:
    here = f"/people/{kai.reference}"
    link = f"{here}/actions/new?plan={shared.pk}"
    assert link in text_of(asha, f"{here}/plan")
    page = text_of(asha, link)
    assert "Where was it agreed?" not in page
    typed = {"submission": hidden(page, "submission"), "what": "Open the library", "topic": str(int(Topic.EDUCATION))}
    typed |= {"how_known": "It is open to him"}
    typed |= {"owner": f"actor-{northmoor.actors['keyworker'].pk}"}
    typed |= {f"due_on-{part}": value for part, value in (("day", "4"), ("month", "1"), ("year", "2027"))}
    answer = asha.post(link, typed)
    assert answer.status_code == 302 and answer.headers["Location"] == f"{here}/plan"
    assert "Open the library" in text_of(asha, f"{here}/plan")
    with context.as_engine():
        row = Action.objects.get(person=kai)
        assert (row.origin, row.origin_id) == ("plan", shared.pk)


def test_the_card_says_whom_to_ring_when_the_keyworker_is_not_there(northmoor: Area, asha: Client, kai: Person) -> None:
    with acting_as(northmoor.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        for who in ("Old team", "Night team"):
            set_out_of_hours(note, person=kai, who=who, phone="0113 496 0000", arrangement="After five, and Sundays.")
    page = text_of(asha, f"/people/{kai.reference}/crisis")
    assert "Night team" in page and "tel:01134960000" in page and "After five, and Sundays." in page
    assert "Old team" not in page
