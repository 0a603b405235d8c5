"""No e-mail and no text message says more than that there is something to read, whatever is asked of it."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.ways import NOTICES, TELLING, NotNeutral, rendered
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from tests.cast import NOW

NAMED = "Kai Moss"
CODE = st.from_regex(r"[A-Z0-9]{4,8}", fullmatch=True)
LINK = st.sampled_from(["", "/messages", "/refer/progress", "/family/in/x9QbC-_z"])
ANYTHING = st.text(max_size=40) | CODE | LINK | st.just(NAMED)


def shape(text: str) -> str:
    """The fixed text as a pattern, with room for the name of the service, a link of ours and a code."""
    pattern = re.escape(text).replace(r"\{service\}", "Alongside").replace(r"\{who\}", "Alongside")
    pattern = pattern.replace(r"\{day\}", r"\d{1,2} [A-Z][a-z]+ \d{4}")
    return pattern.replace(r"\{link\}", r"http://localhost:\d+(?P<link>/\S*)").replace(
        r"\{code\}", r"(?P<code>[A-Z0-9-]+)"
    )


@pytest.mark.parametrize("name", NOTICES)
def test_the_texts_themselves_give_nothing_away(name: str) -> None:
    assert not TELLING.search(NOTICES[name].subject + NOTICES[name].body)


@given(st.sampled_from([*NOTICES, NAMED]), st.dictionaries(st.sampled_from(["link", "code", "name", "day"]), ANYTHING))
@example("code", {"code": NAMED})
@example("new_message", {"link": f"/{NAMED}"})
@example("new_message", {"link": "/autism"})
@example("new_message", {"name": NAMED})
@example("act_once", {"day": NAMED})
@example("act_once", {"day": "4 December 2026", "icb": NAMED})
@example("act_once", {"day": "4 December 2026"})
def test_whatever_is_filled_in_only_a_link_and_a_code_come_through(notice: str, filling: dict[str, str]) -> None:
    try:
        text = rendered(notice, filling)
    except NotNeutral:
        return
    assert NAMED not in text.subject + text.body
    assert re.fullmatch(shape(NOTICES[notice].subject), text.subject)
    found = re.fullmatch(shape(NOTICES[notice].body), text.body)
    assert found, "nothing but what is fixed, the link and the code"
    came_through = found.groupdict()
    assert came_through.get("link") in (None, filling.get("link") or "/messages")
    assert came_through.get("code") in (None, filling.get("code"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("icb", "Northmoor ICB", "Northmoor ICB"),
        ("icb", "Northmoor Children's ICB", "Alongside"),
        ("school", "Hillcrest", "Alongside"),
    ],
)
def test_who_asks_is_an_icb_by_its_number_and_nobody_else(kind: str, name: str, said: str) -> None:
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        asks = Organisation.objects.create(kind=kind, name=name, invented=True)
        note("organisation.added", words="Added.")
    told = rendered("act_reminder", {"link": "/action/x", "day": "4 December 2026", "icb": str(asks.pk)})
    assert told.subject == f"Reminder: {said} waits for your answer" and "by 4 December 2026" in told.body


@pytest.mark.parametrize(
    "name", ["Autism keyworking", "Northmoor CAMHS", "Dynamic support register", "Children's team", "Crisis line"]
)
def test_a_service_name_that_gives_it_away_sends_nothing(settings: Any, name: str) -> None:
    settings.NEUTRAL_NAME = name
    with pytest.raises(NotNeutral, match="gives away"):
        rendered("new_message", {})
