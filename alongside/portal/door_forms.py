"""What is asked at the family door. Few words, and sentences that say what to do."""

import re

from django import forms

from alongside.foundation.accounts.invitations import plain_phone
from alongside.foundation.nhsuk.forms import Form, TextField


class ContactForm(Form):
    contact = TextField(
        "Your phone number or email address",
        most=254,
        hint="The one your worker knows.",
        autocomplete="off",
        code=True,
        missing="Type your phone number or email address",
    )

    def clean_contact(self) -> str:
        text = self.cleaned_data["contact"]
        if not plain_phone(text) and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
            raise forms.ValidationError("Type a phone number like 07700 900123, or an email like name@example.com")
        return text


class CodeForm(Form):
    code = TextField(
        "Type the 6 numbers",
        most=12,
        width="10",
        inputmode="numeric",
        autocomplete="one-time-code",
        code=True,
        missing="Type the 6 numbers of your code",
    )

    def clean_code(self) -> str:
        digits = re.sub(r"\D", "", self.cleaned_data["code"])
        if len(digits) != 6:
            raise forms.ValidationError("A code has 6 numbers. Look at it again")
        return digits
