"""What an inviter is asked: which way, how they know that it is theirs, and what stays closed."""

from typing import Any

from django import forms

from alongside.features.people.agreement.about_family import Before
from alongside.foundation.accounts.invitations import plain_phone
from alongside.foundation.accounts.models import Invitation
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    EmailField,
    OnceForm,
    RadiosField,
    TextareaField,
    TextField,
)
from alongside.foundation.topics import Topic

Way = Invitation.Way

#: Open unless the inviter closes it. Local default.
OPEN_TO_PARENT = (
    Topic.IDENTITY,
    Topic.COMMUNICATION,
    Topic.HEALTH,
    Topic.EDUCATION,
    Topic.PLACEMENT,
    Topic.REGISTER,
    Topic.HOSPITAL,
    Topic.REVIEW,
    Topic.KEYWORKING,
    Topic.AGREEMENT,
    Topic.ADULTHOOD,
)
#: Without parental responsibility, or with legal limits: who they are and who works with them, until more is chosen.
OPEN_WITH_LIMITS = (Topic.IDENTITY, Topic.KEYWORKING)
#: Without these there is no page.
ALWAYS = (Topic.IDENTITY, Topic.KEYWORKING)


class InviteForm(OnceForm):
    """agreement: asked of a young person of 16 or over before their family comes in.

    before, name: what was answered about telling them. A no is not answered anew here: it is asked about first.
    """

    way = RadiosField(
        "How do they get the link?",
        choices=(
            (Way.SMS, "Text message"),
            (Way.EMAIL, "E-mail"),
            (Way.LETTER, "Two letters that you print"),
            (Way.IN_PERSON, "You give it to them yourself"),
        ),
        reveals={Way.SMS: "phone", Way.EMAIL: "email"},
        hints={Way.LETTER: "One with the link, one with the code. Post them on different days."},
        missing="Select how they get the link",
    )
    phone = TextField("Mobile number", most=20, inputmode="tel", code=True, required=False)
    email = EmailField("E-mail address", autocomplete="off", required=False)
    how_known = TextareaField(
        "How do you know who they are, and that this phone or address is theirs?",
        most=300,
        rows=2,
        hint="Like: they gave it to me at the visit on Monday, and I rang it.",
        missing="Write how you know that it is them",
    )
    sees = CheckboxesField(
        "What may they see?",
        choices=Topic.choices,
        hint="Untick what has to stay closed. They are not told that anything is closed.",
        missing="Tick at least one thing that they may see",
    )
    agreed_how = TextField(
        "Who agreed to it, what did they say, and how do you know?",
        most=300,
        missing="Somebody must agree to it first. Write who did, what they said and how you know.",
    )

    def __init__(
        self, *args: Any, agreement: bool = False, before: Before | None = None, name: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.name = before or Before(), name
        if not agreement:
            del self.fields["agreed_how"]

    def clean_sees(self) -> list[int]:
        ticked = {int(topic) for topic in self.cleaned_data["sees"]}
        if why_not := self.before.why_not(self.name, ticked):
            raise forms.ValidationError(why_not)
        return sorted((ticked | set(ALWAYS)) - self.before.refused)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        way = given.get("way")
        given["phone"] = plain_phone(typed := given.get("phone") or "") if way == Way.SMS else ""
        if way != Way.EMAIL:
            given["email"] = ""
        if way == Way.SMS and not given["phone"]:
            said = "Enter a United Kingdom number, like 07700 900123" if typed else "Enter their mobile number"
            self.add_error("phone", said)
        if way == Way.EMAIL and not given.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter their e-mail address")
        return given
