"""What a family writes to us. Few words; nothing typed is lost; sent twice it counts once."""

from typing import Any

from django import forms

from alongside.features.people.documents.forms import OwnForm
from alongside.features.people.text import CHECK_WHERE
from alongside.foundation.nhsuk.forms import OnceForm, RadiosField, TextareaField, TickField
from alongside.portal.words import CHANGES


class WordsForm(OnceForm):
    words = TextareaField(
        "What do you want us to know?",
        most=2000,
        rows=5,
        hint="You can say what you like and do not like, what helps, and what you hope for.",
        missing="Write something first",
    )


class PictureForm(OwnForm):
    """A picture they made, or a recording of their voice."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["file"].label = "Your picture or recording"
        self.fields["about"].label = "What do you say about it?"
        self.fields["about"].help_text = ""

    def asks_a_parent(self, name: str) -> None:
        """The same of what their child made."""
        self.fields["file"].label = f"The picture or recording that {name} made"
        self.fields["about"].label = f"What does {name} say about it?"


class ChangeForm(OnceForm):
    kind = RadiosField("What is it about?", choices=CHANGES, missing="Choose what it is about")
    told = TextareaField("Tell us in your own words", most=2000, rows=5, missing="Tell us a little about it")
    urgent = TickField("It can't wait", required=False)


class AnswerForm(OnceForm):
    answer = TextareaField(
        "What was done about it?",
        most=2000,
        rows=5,
        hint="They read this on their own page. Write it to them, in plain words.",
        missing="Write what was done, or why nothing was",
    )
    checked = TickField("Nothing I wrote tells where they live, stay or learn", required=False)
    rate_again = TickField("The rating has to be looked at again today", required=False)

    def __init__(self, *args: Any, reader: str = "", ours: str = "", **kwargs: Any) -> None:
        """reader: the name of whoever reads it and may not know where the young person is. ours: the colleague to whom
        the answer goes, where it came from nobody with a page of their own."""
        super().__init__(*args, **kwargs)
        self.reader = reader
        if ours:
            self.fields["answer"].help_text = f"It goes to the messages of {ours}"
        if not reader:
            del self.fields["checked"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.reader and not given.get("checked"):
            self.add_error("checked", CHECK_WHERE.format(reader=self.reader))
        return given


class HappenedForm(OnceForm):
    """Whether a promise was kept, with the version of it that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = RadiosField(
        "Your answer",
        choices=[("yes", "Yes, it happened"), ("not_yet", "Not yet"), ("wrong", "It is not right")],
        missing="Choose an answer",
    )
    more = TextareaField(
        "Do you want to say more?", hint="If it is not right: what is not right?", most=500, rows=3, required=False
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == "wrong" and not given.get("more", "").strip():
            self.add_error("more", "Tell us what is not right")
        return given


class StartedForm(OnceForm):
    """Whether support has started."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = RadiosField(
        "Your answer", choices=[("yes", "Yes, it has started"), ("not_yet", "Not yet")], missing="Choose an answer"
    )
