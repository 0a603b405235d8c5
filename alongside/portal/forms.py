"""What a family writes to us. Few words; nothing typed is lost; sent twice it counts once."""

from typing import Any

from alongside.features.people.documents.forms import OwnForm
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
    rate_again = TickField("The rating has to be looked at again today", required=False)
