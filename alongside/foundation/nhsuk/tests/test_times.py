"""A time of day is read however people write it."""

from datetime import time

import pytest

from alongside.foundation.nhsuk.forms import OnceForm, TimeField
from alongside.foundation.nhsuk.forms.times import WRONG, read_time


class Asked(OnceForm):
    at = TimeField("At what time?")
    until = TimeField("Until when?", required=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", time(9, 30)),
        ("14.05", time(14, 5)),
        ("2030", time(20, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
        ("8pm", time(20)),
        ("8.15 p.m.", time(20, 15)),
        ("12am", time(0)),
        ("12:30am", time(0, 30)),
        ("12pm", time(12)),
        ("20:00pm", time(20)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("Midnight", time(0)),
    ],
)
def test_as_people_write_it(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["24:00", "23:60", "25", "late", "-1", "9:3", "12345", "٩:٣٠", "9:30:15", "pm"])
def test_anything_else_is_a_sentence_and_stays_as_it_was_typed(typed: str) -> None:
    form = Asked({"submission": "x" * 22, "at": typed})
    assert not form.is_valid()
    assert form.errors["at"] == [WRONG] and form["at"].value() == typed


def test_it_may_stay_empty_where_nobody_has_to_know() -> None:
    form = Asked({"submission": "x" * 22, "at": "", "until": ""})
    assert form.errors.as_data().keys() & {"at", "until"} == {"at"} and form.errors["at"] == [WRONG]
    assert Asked({"submission": "x" * 22, "at": "9", "until": ""}).fields["until"].clean("") is None
