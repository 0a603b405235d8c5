"""NHS numbers of the 999 range, references and postcodes that nobody has."""

from collections.abc import Collection, Iterator
from random import Random

WEIGHTS = range(10, 1, -1)
STEP = 386_677  # shares no factor with 1,000,000, so that the numbers don't follow one another
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"
INWARD = "ABDEFGHJLNPQRSTUWXYZ"


class NumbersUsedUp(Exception):
    """There are some 909,000 valid numbers in the 999 range; all are taken."""


def nhs_numbers(taken: Collection[str] = ()) -> Iterator[str]:
    """Valid, unique numbers of the range that is never given to anybody, in an order that is always the same."""
    for turn in range(1_000_000):
        nine = f"999{(turn * STEP + 271_828) % 1_000_000:06d}"
        check = 11 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, nine, strict=True)) % 11
        number = f"{nine}{0 if check == 11 else check}"
        if check != 10 and number not in taken:
            yield number
    raise NumbersUsedUp("Every NHS number of the 999 range is taken in this database.")


def reference(random: Random) -> str:
    """Two letters and eight digits, as the product writes them."""
    number = f"{random.randrange(100_000_000):08d}"
    return f"{random.choice(LETTERS)}{random.choice(LETTERS)}-{number[:4]}-{number[4:]}"


def postcode(random: Random) -> str:
    """In the ZZ area, which does not exist."""
    return f"ZZ{random.randrange(1, 99)} {random.randrange(10)}{random.choice(INWARD)}{random.choice(INWARD)}"
