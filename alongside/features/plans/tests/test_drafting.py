"""Whoever writes, on however many pages at once: no word is overwritten unseen, and none is lost."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.people.models import Person
from alongside.features.plans.drafting import keep_part
from alongside.features.plans.models import DraftPart
from alongside.foundation.access import context
from tests.cast import NOW, Area, acting_as


@dataclass
class Page:
    """A page as somebody has it open: whose, its mark, and the version that it was drawn from."""

    role: str
    mark: str
    seen: int


ACTS = st.lists(st.tuples(st.sampled_from(["open", "type"]), st.integers(0, 2), st.sampled_from("abcd")), max_size=12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_nothing_typed_is_lost_or_overwritten_unseen(
    northmoor: Area, kai: Person, acts: list[tuple[str, int, str]]
) -> None:
    with context.as_engine():
        DraftPart.objects.filter(person=kai).delete()
    pages = [Page("keyworker", "page-0", 0), Page("manager", "page-1", 0), Page("keyworker", "page-2", 0)]
    for number, (act, which, words) in enumerate(acts):
        page = pages[which]
        with acting_as(northmoor.actors[page.role], NOW) as me:
            row = DraftPart.objects.filter(person=kai, kind="helps").first()
            if act == "open":
                pages[which] = Page(page.role, f"page-{which}-{number}", row.version if row else 0)
                continue
            face = {"words": words, "plain": "", "easy": []}
            kept = keep_part(person=kai, kind="helps", face=face, seen=page.seen, page=page.mark, by=me, at=NOW)
            after = DraftPart.objects.get(person=kai, kind="helps")
            unseen = row is not None and row.page != page.mark and row.version != page.seen and row.words != words
            assert kept.clash == unseen
            if unseen:
                assert row and after.words == row.words and after.aside[str(me.id)]["words"] == words
            else:
                assert after.words == words
            others = {who: told for who, told in (row.aside if row else {}).items() if who != str(me.id)}
            assert others.items() <= after.aside.items()
