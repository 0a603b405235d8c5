"""What is asked on the pages of messages and deliveries."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from alongside.foundation.messages.ways import EMAIL, LETTER, SMS, Way, email, letter, sms
from alongside.foundation.nhsuk.forms import EmailField, OnceForm, RadiosField, TextareaField, TextField

PHONE = re.compile(r"\+?[0-9][0-9 ()-]{2,28}")


class AnswerForm(OnceForm):
    body = TextareaField("Your answer", most=5000, missing="Write your answer")


class SettleForm(OnceForm):
    """Nothing is asked."""


class LettersForm(OnceForm):
    """Which letters: their numbers, as boxes that are ticked."""

    def numbers(self) -> list[int]:
        """What was ticked; anything that is no number is left out."""
        given = self.data.getlist("letter") if hasattr(self.data, "getlist") else []
        return [int(one) for one in given[:200] if one.isascii() and one.isdecimal() and len(one) < 18]


class ContactForm(OnceForm):
    """How anybody reaches an area's service."""

    phone = TextField(
        "Phone number",
        hint="As people read it, like 01632 960 123",
        most=30,
        inputmode="tel",
        width="20",
        missing="Enter the phone number",
    )
    hours = TextField(
        "When does somebody answer it?",
        hint="Like: Monday to Friday, 9am to 5pm",
        most=120,
        missing="Enter when somebody answers it",
    )

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"])
        if not PHONE.fullmatch(typed):
            raise ValidationError("Enter a phone number, like 01632 960 123")
        return typed


class OtherWayForm(OnceForm):
    """Another way to reach them."""

    channel = RadiosField(
        "How should it be sent?",
        choices=[
            ("same", "The same way, to the same address"),
            (EMAIL, "By e-mail"),
            (SMS, "By text message"),
            (LETTER, "By post"),
        ],
        reveals={EMAIL: "email", SMS: "number", LETTER: "address"},
    )
    email = EmailField("E-mail address", required=False)
    number = TextField("Mobile number", required=False, width="20", inputmode="tel", most=20)
    address = TextareaField(
        "Name and address",
        required=False,
        most=390,
        hint="The name on the first line, the postcode on the last.",
        rows=6,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = {EMAIL: "email", SMS: "number", LETTER: "address"}.get(given.get("channel", ""))
        if wanted and not given.get(wanted) and wanted not in self.errors:
            self.add_error(
                wanted,
                {"email": "Enter the e-mail address", "number": "Enter the mobile number"}.get(
                    wanted, "Enter the name and the address"
                ),
            )
        if wanted == "address" and 0 < len(str(given.get("address", "")).split("\n")) < 3 and given.get("address"):
            self.add_error("address", "Enter the name, at least one line of the address, and the postcode")
        return given

    def way(self, notice: str, filling: dict[str, str]) -> Way | None:
        """The way chosen; None for the same one."""
        given, notice = self.cleaned_data, "new_message" if notice == "letter" else notice
        if given["channel"] == EMAIL:
            return email(given["email"], notice=notice, **filling)
        if given["channel"] == SMS:
            return sms(given["number"], notice=notice, **filling)
        if given["channel"] == LETTER:
            return letter(*(line.strip() for line in given["address"].split("\n") if line.strip()))
        return None
