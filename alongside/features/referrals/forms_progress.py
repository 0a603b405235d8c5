"""Forms for whoever comes back: reference and code, an answer, taking it back."""

from typing import Any

from alongside.features.referrals import public_text
from alongside.features.referrals.codes import read_code, read_reference
from alongside.features.referrals.drafts import Held
from alongside.foundation.documents.fields import DocumentField
from alongside.foundation.nhsuk.forms import Form, OnceForm, TextareaField, TextField


class CodeForm(Form):
    """Both together open one thing. Which of them was wrong is not said."""

    reference = TextField("Reference", hint="Like R-ABCD-2345", most=40, width="10", code=True, spellcheck=False)
    code = TextField("Code", hint="8 letters and numbers", most=40, width="10", code=True, spellcheck=False)

    def held(self) -> Held | None:
        """What was typed, as it is stored; None when it can't be one."""
        held = Held(read_reference(self.cleaned_data["reference"]), read_code(self.cleaned_data["code"]))
        return held if held.reference and held.code else None

    def was_wrong(self) -> None:
        self.add_error(None, public_text.NOT_FOUND)


class AnswerQuestionForm(OnceForm):
    """An answer in words, with a file, or both."""

    words = TextareaField("Your answer", most=4000, rows=5, required=False)
    document = DocumentField("A file or photo", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("words", "").strip() and not given.get("document"):
            self.add_error("words", "Write an answer, or choose a file")
        return given


class WithdrawForm(OnceForm):
    because = TextareaField("Why, if you want to say", most=1000, rows=3, required=False)
