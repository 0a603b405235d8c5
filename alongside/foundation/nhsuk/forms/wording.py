"""What every question carries beyond Django's own: its look, and its problems as sentences.

Wording follows the NHS service manual: say what to do ("Enter a name"), name the question, blame nobody.
"""

from typing import Any


def lower_first(label: str) -> str:
    """'A date' inside a sentence: 'a date'; 'NHS number' and 'EHC plan' keep their capitals."""
    first_word = label.split(" ", 1)[0]
    keeps = first_word != "A" and (first_word.isupper() or label[1:2].isupper())
    return label if keeps else label[:1].lower() + label[1:]


def as_subject(label: str) -> str:
    """A label as the start of a sentence: without the question mark or colon it may end in."""
    return label.rstrip("?: ")


class Wording:
    """Mixed into a Django form field, before it.

    label: the question. hint: one line under it. missing: the sentence when it is required and not given.
    subject: what the sentences call it, when the label is a question ("Why?" -> subject="Reason").
    marked: says "(optional)" where it may be left out; False for what some other answer makes needed.
    heading: the question is the only one on the page, and so its heading.
    look: further settings of the component (width, inputmode, prefix, ...), see `look.FieldLook`.
    """

    missing_verb = "Enter"

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        subject: str = "",
        heading: bool = False,
        marked: bool = True,
        look: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.subject = subject or as_subject(label)
        self.heading = heading
        self.marked = marked
        self.look = look or {}
        messages = {
            "required": missing or f"{self.missing_verb} {lower_first(self.subject)}",
            **self.sentences(),
            **(kwargs.pop("error_messages", None) or {}),
        }
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)  # type: ignore[call-arg]

    def sentences(self) -> dict[str, str]:
        """This kind of question's own problems, by code."""
        return {}
