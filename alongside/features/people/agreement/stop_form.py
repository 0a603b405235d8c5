"""Somebody changed their mind about what was agreed."""

from collections.abc import Iterable
from typing import Any

from alongside.features.people.agreement import text
from alongside.features.people.agreement.answers import DECISIONS
from alongside.features.people.agreement.forms import WhoForm
from alongside.foundation.nhsuk.forms import CheckboxesField, DateField, TextareaField


class StopForm(WhoForm):
    """Somebody changed their mind: what stops, who said so, and who was told."""

    what = CheckboxesField("What stops?", choices=(), subject="What stops", missing="Select what stops")
    told = TextareaField(
        "Who was told that it stops?",
        subject="Who was told",
        hint="Names, and how. Write ‘nobody yet’ when that is so.",
        missing="Write down who was told, or ‘nobody yet’",
        most=400,
        rows=2,
    )
    ask_again_on = DateField(
        "When may we ask again?",
        subject="The day on which we may ask again",
        hint="Leave it empty for the day that the service’s own rule gives.",
        not_before_today=True,
        required=False,
    )
    field_order = ("what", "basis", "decided_by", "decided_on", "evidence", "told", "ask_again_on")

    def __init__(self, *given: Any, things: Iterable[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        what: Any = self.fields["what"]
        what.choices = list(things)
        del self.fields["valid_until"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        covers = self.covers.get(given.get("basis", ""), frozenset())
        decisions = {name if name in DECISIONS else "sharing" for name in given.get("what", ())}
        if given.get("basis") and decisions - covers:
            about = text.joined(text.PURPOSE[each] for each in DECISIONS if each in decisions - covers)
            self.add_error("basis", f"They can’t decide about {about}. Stop that apart, with who decides about it")
        return given
