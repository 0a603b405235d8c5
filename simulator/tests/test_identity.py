"""Numbers, references and postcodes that nobody has."""

import re
from itertools import islice
from random import Random

import nhs_number
import pytest

from simulator.identity import nhs_numbers, postcode, reference


def test_nhs_numbers_are_valid_unique_and_from_the_range_given_to_nobody() -> None:
    numbers = list(islice(nhs_numbers(), 2000))
    assert len(set(numbers)) == 2000
    assert all(number.startswith("999") and nhs_number.is_valid(number) for number in numbers)


def test_a_number_that_is_taken_is_not_given_again() -> None:
    first, second = islice(nhs_numbers(), 2)
    assert next(nhs_numbers({first})) == second


@pytest.mark.parametrize("seed", range(20))
def test_references_and_postcodes_have_their_form(seed: int) -> None:
    random = Random(seed)
    assert re.fullmatch(r"[A-HJ-NP-Z]{2}-\d{4}-\d{4}", reference(random))
    assert re.fullmatch(r"ZZ\d{1,2} \d[A-Z]{2}", postcode(random))
