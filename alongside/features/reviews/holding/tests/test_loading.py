"""An official text of the lines of enquiry: loaded whole or not at all; reviews that began keep theirs."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.features.people.models import Person
from alongside.features.reviews.holding.lines import lines_of
from alongside.features.reviews.holding.loading import NotLines, read_sets
from alongside.features.reviews.holding.tests.conftest import held, written
from alongside.features.reviews.models import LineSet
from alongside.foundation.access import context
from alongside.policy.enquiry import QUESTIONS, SETS, own_lines
from tests.cast import Area, acting_as

GIVEN = {
    "set": "child_community",
    "source": "Toolkit of May 2023",
    "lines": [{"title": "Key areas of concern", "asks": ["What are they?"]}, {"title": "Involvement"}],
}


def test_our_own_headings_are_twelve_in_each_of_four_sets_and_named_once() -> None:
    for which in SETS:
        keys = [line.key for line in (*QUESTIONS, *own_lines(which))]
        assert len(own_lines(which)) == 12 and len(set(keys)) == 16


@pytest.mark.parametrize("wrong, sentence", [
    ("{", "not JSON"), ({**GIVEN, "set": "teenagers"}, "one of child_community"),
    ({**GIVEN, "set": ["a"]}, "one of child_community"), ({**GIVEN, "set": {"a": 1}}, "one of child_community"),
    ({**GIVEN, "source": "a\0b"}, "character that can't be kept"),
    ({**GIVEN, "lines": [{"title": "a\0b"}]}, "character that can't be kept"),
    ({**GIVEN, "lines": [{"title": "x", "asks": ["\ud800"]}]}, "character that can't be kept"),
    ("[" * 100_000, "not JSON"), ([], "no set in it"), ({**GIVEN, "lines": [7]}, "line 1 has no 'title'"),
    ({**GIVEN, "source": " "}, "'source'"),
    ({**GIVEN, "lines": []}, "1 to 40 lines"), ({**GIVEN, "lines": [{"asks": []}]}, "line 1 has no 'title'"),
    ({**GIVEN, "lines": [{"title": "x", "asks": "y"}]}, "list of sentences"),
])  # fmt: skip
def test_what_is_no_text_of_lines_is_refused_with_a_sentence(wrong: object, sentence: str) -> None:
    with pytest.raises(NotLines, match=sentence):
        read_sets(wrong if isinstance(wrong, str) else json.dumps(wrong))


@pytest.mark.django_db
def test_a_review_keeps_the_lines_that_it_began_with(northmoor: Area, ellis: Person, tmp_path: Path) -> None:
    before = held(northmoor, ellis)
    file = tmp_path / "lines.json"
    file.write_text(json.dumps(GIVEN))
    for _ in range(2):
        call_command("load_lines_of_enquiry", str(file))
    with context.as_engine():
        assert LineSet.objects.count() == 1, "the same text is loaded once"
    after = held(northmoor, ellis)
    with acting_as(northmoor.actors["coordinator"]):
        assert [line.title for line in lines_of(written(northmoor, before))][4] == "What worries people most"
        assert [line.title for line in lines_of(written(northmoor, after))][4:] == [
            "Key areas of concern",
            "Involvement",
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{**GIVEN, "set": ["a"]}, {**GIVEN, "source": "a\0b"}])
def test_the_command_says_what_is_wrong_and_keeps_nothing(wrong: object, tmp_path: Path) -> None:
    file = tmp_path / "lines.json"
    file.write_text(json.dumps([GIVEN, wrong]))
    with pytest.raises(CommandError):
        call_command("load_lines_of_enquiry", str(file))
    with context.as_engine():
        assert not LineSet.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_text_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "lines.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="Save it as JSON in UTF-8"):
        call_command("load_lines_of_enquiry", str(file))


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        call_command("load_lines_of_enquiry", str(tmp_path / "none.json"))
