"""The form every form starts from, and the one that may be sent once only."""

import re
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from .dates import DateField
from .look import first_id
from .renderer import Renderer

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Form(forms.Form):
    """Draws itself with the NHS components.

    today: the day the page is drawn for; dates are compared with it.
    marks_optional: adds "(optional)" to what may be left out; a form of filters turns it off.
    folds: questions that few need, by the words that open them; nothing that must be answered stands in one.
    """

    default_renderer = Renderer
    use_required_attribute = False  # the server's sentences, not the browser's bubbles
    marks_optional = True
    folds: Mapping[str, tuple[str, ...]] = {}

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.today = today
        for asked in self.fields.values():
            if isinstance(asked, DateField):
                asked.today = today

    @property
    def problems(self) -> list[tuple[str, str]]:
        """For the error summary: (id of the question, sentence), in the order of the questions.

        Problems of the whole form, and of what is not shown, have no id.
        """
        found = [("", str(sentence)) for sentence in self.non_field_errors()]
        for name in self.fields:
            bound = self[name]
            where = "" if bound.is_hidden else first_id(bound)
            if bound.errors:
                found.append((where, str(bound.errors[0])))
        return found


class OnceToken(forms.CharField):
    """A hidden mark that the page carries, the same however often it is sent: a second one is a repeat.

    Only the field: whoever handles the form keeps which marks were used.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        again = "This page was not complete when it was sent. Open it again and send it once more"
        super().__init__(
            initial=kwargs.pop("initial", new_token),
            error_messages={"required": again, "invalid": again},
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not TOKEN.fullmatch(str(value)):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def new_token() -> str:
    """A mark nobody can guess, 22 characters long."""
    return secrets.token_urlsafe(16)


class OnceForm(Form):
    """A form that changes something: sending it twice makes one thing."""

    submission = OnceToken()
