"""The page that tells who reads what says what the rules decide."""

import pytest

from alongside.config.who_reads import RECIPIENTS, SAID, reads

BY_NAME = {recipient.name: recipient for recipient in RECIPIENTS}


@pytest.mark.parametrize(
    ("purpose", "recipient", "after"),
    [
        ("register", "Register team", [True, True, False, True]),
        ("register", "Managers and commissioners", [False, True, False, False]),
        ("keyworking", "Keyworker", [True, True, False, False]),
        ("keyworking_alone", "Keyworker", [False, True, False, False]),
        ("sharing", "Partner: health, education, social care", [False, True, False, False]),
        ("sharing_alone", "Partner: health, education, social care", [False, False, False, False]),
        ("sharing_alone", "Family, and a parent from 16 on", [False, True, False, False]),
        ("review", "Panel of one review", [False, True, False, False]),
    ],
)
def test_each_purpose_opens_to_whom_it_names(purpose: str, recipient: str, after: list[bool]) -> None:
    assert [reads(purpose, said, BY_NAME[recipient]) for said in SAID.values()] == after
