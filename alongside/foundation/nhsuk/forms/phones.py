"""A telephone number as people write it, that somebody will ring."""

import re
from typing import Any

from django import forms

from .fields import TextField

WRONG = "Enter a phone number, like 01632 960 111 or 111"
#: 111 and 999 are numbers too. The longest number in the world has 15 figures; an extension may follow.
FEWEST, MOST = 3, 20
_WRITTEN = re.compile(r"[\d\s()+./,-]*(?:(?:ext|extension|x|bleep|option)[\s.:]*\d[\d\s]*)?", re.ASCII | re.IGNORECASE)


class PhoneField(TextField):
    """Refuses what can't be rung: letters instead of figures, or too few or too many of them."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, most=40, inputmode="tel", missing=WRONG, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        figures = sum(letter.isdecimal() for letter in typed)
        if typed and not (_WRITTEN.fullmatch(typed) and FEWEST <= figures <= MOST):
            raise forms.ValidationError(WRONG)
        return typed
