"""A number that families ring can be rung."""

import pytest

from alongside.foundation.nhsuk.forms import OnceForm, PhoneField
from alongside.foundation.nhsuk.forms.phones import WRONG


class Asked(OnceForm):
    phone = PhoneField("Which number?")
    night = PhoneField("At night?", required=False)


def wrong_of(typed: str) -> list[str]:
    return Asked({"submission": "x" * 22, "phone": typed}).errors.get("phone", [])


@pytest.mark.parametrize(
    "typed",
    [
        "111",
        "999",
        "01632 960 111",
        "(01632) 960-111",
        "+44 1632 960111",
        "01632 960111 ext. 22",
        "0800 111 222, option 2",
        "1" * 20,
    ],
)
def test_a_number_as_people_write_it(typed: str) -> None:
    assert wrong_of(typed) == []


@pytest.mark.parametrize(
    "typed", ["", "11", "1" * 21, "ask at the desk", "<b>01632 960111</b>", "ring 01632 960111", "٠١٢٣"]
)
def test_anything_else_is_a_sentence(typed: str) -> None:
    assert wrong_of(typed) == [WRONG]


def test_it_may_stay_empty_where_there_is_none() -> None:
    assert "night" not in Asked({"submission": "x" * 22, "phone": "111", "night": ""}).errors
