"""The commands answer in sentences when they can't do what is asked."""

import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["make_demo"], "simulator.demonstration"),
        (["simulate", "--people", "10"], "simulator.check"),
        (["bench"], "simulator.bench.running"),
    ],
)
def test_where_the_simulator_is_not_installed_they_say_so(
    words: list[str], module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CommandError, match="simulator isn't installed"):
        call_command(*words)


@pytest.mark.parametrize(
    "words",
    [["simulate", "--people", "0"], ["simulate", "--people", "1", "--years", "31"], ["bench", "--requests", "99"]],
)
def test_numbers_that_make_no_sense_are_refused(words: list[str]) -> None:
    with pytest.raises(CommandError, match="Give"):
        call_command(*words)


def test_nothing_is_simulated_into_a_database_that_is_not_a_demonstration(db: None) -> None:
    with pytest.raises(CommandError, match="not made as a demonstration"):
        call_command("simulate", "--people", "10")
