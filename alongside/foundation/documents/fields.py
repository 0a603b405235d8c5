"""A question for a file, answered only by one that may be kept."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from alongside.foundation.documents.checks import ENDINGS, Checked, check_upload
from alongside.foundation.documents.refused import MOST_MB, NotAccepted
from alongside.foundation.nhsuk.forms import FileField

HINT = f"PDF, Word, OpenDocument, JPEG, PNG, plain text or a sound recording, up to {MOST_MB} MB."


class DocumentField(FileField):
    """`cleaned_data` holds a `Checked`: what is in it, its kind and its name; None where nothing was chosen."""

    def __init__(self, label: str, *, hint: str = HINT, **kwargs: Any) -> None:
        super().__init__(label, hint=hint, most_mb=MOST_MB, **kwargs)
        self.look["accept"] = ",".join(ENDINGS)

    def sentences(self) -> dict[str, str]:
        return super().sentences() | {"empty": "This file is empty. Choose another one."}

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        chosen = forms.FileField.clean(self, data, initial)
        if not isinstance(chosen, UploadedFile):
            return None
        try:
            return check_upload(chosen)
        except NotAccepted as problem:
            raise forms.ValidationError(problem.sentence, code=problem.code) from problem
