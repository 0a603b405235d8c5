"""No e-mail and no text message says more than that there is something to read, whatever is asked of it."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.foundation.messages.ways import NOTICES, TELLING, NotNeutral, rendered

NAMED = "Kai Moss"
CODE = st.from_regex(r"[A-Z0-9]{4,8}", fullmatch=True)
LINK = st.sampled_from(["", "/messages", "/refer/progress", "/family/in/x9QbC-_z"])
ANYTHING = st.text(max_size=40) | CODE | LINK | st.just(NAMED)


def shape(text: str) -> str:
    """The fixed text as a pattern, with room for the name of the service, a link of ours and a code."""
    pattern = re.escape(text).replace(r"\{service\}", "Alongside")
    return pattern.replace(r"\{link\}", r"http://localhost:\d+(?P<link>/\S*)").replace(
        r"\{code\}", r"(?P<code>[A-Z0-9-]+)"
    )


@pytest.mark.parametrize("name", NOTICES)
def test_the_texts_themselves_give_nothing_away(name: str) -> None:
    assert not TELLING.search(NOTICES[name].subject + NOTICES[name].body)


@given(st.sampled_from([*NOTICES, NAMED]), st.dictionaries(st.sampled_from(["link", "code", "name"]), ANYTHING))
@example("code", {"code": NAMED})
@example("new_message", {"link": f"/{NAMED}"})
@example("new_message", {"link": "/autism"})
@example("new_message", {"name": NAMED})
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


@pytest.mark.parametrize(
    "name", ["Autism keyworking", "Northmoor CAMHS", "Dynamic support register", "Children's team", "Crisis line"]
)
def test_a_service_name_that_gives_it_away_sends_nothing(settings: Any, name: str) -> None:
    settings.NEUTRAL_NAME = name
    with pytest.raises(NotNeutral, match="gives away"):
        rendered("new_message", {})
