"""Somebody comes back: the plan from before is opened as a draft, marked part by part, and shared by nobody unseen."""

from datetime import timedelta

import pytest
from django.db import Error

from alongside.features.people.models import Person
from alongside.features.plans.coming_back import CAME_BACK, copy_forward
from alongside.features.plans.drafting import copied_parts, keep_part, read_draft
from alongside.features.plans.models import DraftPart, PlanProposal, PlanVersion
from alongside.features.plans.tests.conftest import CRISIS, STORY, send, share, signed_in, write
from alongside.foundation.access import context
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as


def came_back(area: Area, person: Person) -> None:
    """What stepping back in notes; the copying follows in the same transaction."""
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        note(CAME_BACK, words="They came back.", person_id=person.pk, icb_id=person.icb_id, topic=Topic.KEYWORKING)


def save(area: Area, person: Person, kind: str, words: str, *, gone_through: bool = True) -> None:
    """The keyworker opens a part, and saves it; or it is kept while they type."""
    with acting_as(area.actors["keyworker"], NOW) as me:
        row = DraftPart.objects.get(person=person, kind=kind)
        face = row.face | {"words": words}
        keep_part(person=person, kind=kind, face=face, seen=row.version, page="theirs", by=me, at=NOW,
                  gone_through=gone_through)  # fmt: skip


def copied(area: Area, person: Person) -> list[str]:
    with acting_as(area.actors["keyworker"], NOW):
        return list(copied_parts(person))


def test_the_last_plan_is_opened_as_a_draft_that_says_where_it_is_from(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    came_back(northmoor, kai)
    with acting_as(northmoor.actors["keyworker"], NOW):
        told = read_draft(kai)
        assert told["story"]["words"] == STORY and told["crisis"]["words"] == CRISIS and not told["helps"]
        assert copied_parts(kai) == {"story": shared, "crisis": shared}
        assert PlanVersion.objects.get() == shared and not PlanProposal.objects.filter(state="waiting").exists()
        assert Event.objects.get(code="plan.copied_forward").words == (
            "Their plan of 20 November 2026 was opened again, to be gone through with them."
        )


def test_a_part_keeps_its_mark_until_it_is_changed_or_saved_as_it_stands(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    came_back(northmoor, kai)
    save(northmoor, kai, "story", STORY, gone_through=False)
    assert copied(northmoor, kai) == ["story", "crisis"]
    save(northmoor, kai, "story", STORY)
    assert copied(northmoor, kai) == ["crisis"]
    save(northmoor, kai, "crisis", "Ring Paul first.", gone_through=False)
    assert copied(northmoor, kai) == []


def test_it_is_shared_by_two_and_says_to_both_what_nobody_went_through(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    came_back(northmoor, kai)
    save(northmoor, kai, "story", "I live with my aunt now.")
    page = signed_in(northmoor.actors["keyworker"]).get(f"/people/{kai.reference}/plan/send").content.decode()
    assert "nobody has gone through it since: In a crisis." in page
    send(northmoor, kai)
    page = signed_in(northmoor.actors["manager"]).get(f"/people/{kai.reference}/plan/approve").content.decode()
    assert "nobody has gone through it since: In a crisis." in page
    second = share(northmoor, kai)
    assert second.number == 2 and second.changed == [["story", "changed"]]
    with context.as_engine():
        assert not DraftPart.objects.filter(person=kai).exists()


def test_what_was_said_to_be_gone_through_is_not_changed_after_it_was_sent(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    came_back(northmoor, kai)
    send(northmoor, kai)
    with acting_as(northmoor.actors["keyworker"], NOW) as me:
        with pytest.raises(Error, match="not changed|stays as it was"), recording(by=me, at=NOW) as note:
            note("x", words="x", person_id=kai.pk)
            PlanProposal.objects.filter(person=kai, state="waiting").update(as_copied=[])


def test_words_begun_since_stay_and_a_second_return_copies_nothing_twice(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    write(northmoor, kai, "story", "I like trains.")
    came_back(northmoor, kai)
    came_back(northmoor, kai)
    assert copied(northmoor, kai) == ["crisis"]
    with acting_as(northmoor.actors["keyworker"], NOW):
        assert read_draft(kai)["story"]["words"] == "I like trains."
        assert Event.objects.filter(code="plan.copied_forward").count() == 1


def test_nothing_is_copied_without_a_plan_or_while_one_waits(northmoor: Area, kai: Person) -> None:
    came_back(northmoor, kai)
    assert copied(northmoor, kai) == []
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai)
    came_back(northmoor, kai)
    assert copied(northmoor, kai) == []


def test_whoever_may_not_read_a_topic_reads_no_copy_of_it_either(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        assert copy_forward(note, person=kai) == shared
    with acting_as(northmoor.actors["partner_health"], NOW + timedelta(minutes=1)):
        assert not DraftPart.objects.exists()


def test_the_pages_say_it(northmoor: Area, kai: Person, shared: PlanVersion) -> None:
    came_back(northmoor, kai)
    client = signed_in(northmoor.actors["keyworker"])
    page = client.get(f"/people/{kai.reference}/plan/draft").content.decode()
    assert "version 1, shared on 20 November 2026" in page and page.count("not gone through yet") == 2
    page = client.get(f"/people/{kai.reference}/plan/draft/story").content.decode()
    assert "These words are from version 1" in page
