"""Adding a document. A file that was chosen is not lost when something else is missing."""

from typing import Any

from django import forms

from alongside.features.people.documents.text import KINDS, NOT_OWN, OWN_HINT, TOPICS
from alongside.foundation.documents.checks import ENDINGS, Checked
from alongside.foundation.documents.fields import DocumentField
from alongside.foundation.documents.keeping import kept_file, set_aside
from alongside.foundation.nhsuk.forms import OnceForm, SelectField, TextField


class OwnFileField(DocumentField):
    """Only a picture or a recording of a voice; whatever else is chosen, nothing else is offered."""

    ENDINGS = (".jpg", ".jpeg", ".png", ".mp3", ".m4a", ".wav", ".ogg", ".oga", ".webm")
    #: What is wrong with a file of another kind; its own advice would be to send another document.
    OTHER_KINDS = frozenset({"other_type", "locked", "carries_files", "unpacks_too_large", "video", "old_word"})

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, hint=OWN_HINT, **kwargs)
        self.look["accept"] = ",".join(ending for ending in ENDINGS if ending in self.ENDINGS)

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        try:
            checked = super().clean(data, initial)
        except forms.ValidationError as problem:
            if problem.code == "carries_program":
                raise forms.ValidationError(
                    f"This file carries a program in it. {NOT_OWN}", code=problem.code
                ) from problem
            if problem.code in self.OTHER_KINDS:
                raise forms.ValidationError(NOT_OWN, code=problem.code) from problem
            raise
        if checked is not None and not checked.media_type.startswith(("image/", "audio/")):
            raise forms.ValidationError(NOT_OWN, code="not_own")
        return checked


class _WithFile(OnceForm):
    """`owner` is whose file it is while it is set aside."""

    file = DocumentField("File")
    set_aside = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, owner: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.owner = owner

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = given.get("file")
        if self.has_error("file", "required") and (chosen := kept_file(given.get("set_aside", ""), self.owner)):
            del self.errors["file"]
            given["file"] = chosen
        if self.errors and isinstance(chosen, Checked):
            self._keep(chosen)
        return given

    def _keep(self, chosen: Checked) -> None:
        """It need not be chosen again."""
        self.data = {**self.data.dict(), self.add_prefix("set_aside"): set_aside(chosen, self.owner)}  # type: ignore[attr-defined]
        self["file"].help_text = f"{chosen.file_name} is kept. Choose another one only to take its place."


class DocumentForm(_WithFile):
    kind = SelectField("What is it?", choices=KINDS, subject="What it is")
    title = TextField("Title", most=200, hint="What it is about, in a few words.")
    topic = SelectField(
        "What is it about?",
        subject="What it is about",
        choices=(),
        hint="Whoever may read this part of the record may open it.",
    )
    field_order = ("file", "kind", "title", "topic")

    def __init__(self, *given: Any, topics: frozenset[int], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["topic"].choices = [("", "Select"), *((t.value, t.label) for t in TOPICS if t in topics)]  # type: ignore[attr-defined]


class OwnForm(_WithFile):
    file = OwnFileField("File")
    about = TextField("What they say about it", most=200, required=False, hint="In their own words.")
    field_order = ("file", "about")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["file"].label = "Their picture or recording"
