"""Was the family told? One question, wherever something was done that they have to hear of, and what follows."""

from typing import Any

from alongside.foundation.nhsuk.forms import DateField, OnceForm, RadiosField, TextField

A_DATE = "For example, 31 3 2027"
YES, LATER, NO = "yes", "later", "no"


class ToldOrNotForm(OnceForm):
    """Whether the family was told, and how; or why that would be unsafe.

    may_wait: whether they may be told later. unsafe_hint: what follows from a no.
    """

    may_wait = False
    unsafe_hint = ""

    told = RadiosField(
        "Was the young person or their family told?", subject="Whether they were told", choices=(),
        reveals={YES: "told_how", NO: "unsafe"},
    )  # fmt: skip
    told_how = TextField("How were they told?", subject="How they were told", most=300, required=False, marked=False)
    unsafe = TextField(
        "Why would it not be safe?", subject="Why it would not be safe", most=300, required=False, marked=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        asked: Any = self.fields["told"]
        later = ((LATER, "Not yet: they will be told later"),) if self.may_wait else ()
        asked.choices = [(YES, "Yes"), *later, (NO, "No, it would not be safe")]
        asked.hints = {LATER: "This stays on your list until they are told", NO: self.unsafe_hint}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        told = given.get("told")
        if told == YES and not given.get("told_how") and "told_how" not in self.errors:
            self.add_error("told_how", "Say how they were told")
        if told == NO and not given.get("unsafe") and "unsafe" not in self.errors:
            self.add_error("unsafe", "Say why telling them would not be safe")
        return given

    @property
    def words(self) -> str:
        """How they were told, or why not."""
        given = self.cleaned_data
        return str({YES: given["told_how"], NO: given["unsafe"]}.get(given["told"], ""))


class LookAgainForm(OnceForm):
    """When somebody asks again whether the family can be told."""

    look_again_on = DateField(
        "If they were not told, when is it looked at again?",
        subject="The day it is looked at again",
        hint=A_DATE,
        required=False,
    )

    def look_again(self, untold: bool) -> None:
        """Asked for where the family is not to know."""
        missing = not self.cleaned_data.get("look_again_on") and not self.has_error("look_again_on")
        if untold and missing:
            self.add_error("look_again_on", "Enter the day on which it is looked at again")
