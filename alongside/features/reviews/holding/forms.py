"""What is asked while a review is held, and afterwards."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.features.actions.forms import A_DATE, OwnerForm
from alongside.features.reviews.models import (
    CarriedOver,
    ReviewReport,
    WriteUp,
)
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from alongside.foundation.topics import Topic
from alongside.policy.enquiry import ACCOUNTED, CONCERN, OUTCOMES

#: Lines of easy read that the form has room for.
MOST_LINES = 12
#: Pictures for easy read, by the name of the file.
PICTURES = {
    "asking/you": "Me",
    "asking/trusted": "Somebody I trust",
    "letters/people": "People together",
    "letters/talk": "Talking",
    "asking/home": "A home",
    "asking/school": "A school",
    "asking/doctor": "A doctor",
    "asking/hospital": "A hospital",
    "asking/words": "Words",
    "asking/yes": "Yes",
    "asking/no": "No",
    "asking/wait": "Waiting",
    "letters/calendar": "A calendar",
    "letters/help": "Help",
}


class SeenForm(OnceForm):
    """With the version of the write-up that the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CarryForm(OnceForm):
    """Each earlier recommendation: what became of it, and how that is known. What is left open stays open."""

    def __init__(self, *args: Any, rows: Sequence[CarriedOver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for number, row in enumerate(rows, start=1):
            self.fields[f"answer_{row.pk}"] = RadiosField(
                f"{number}. What became of it?",
                choices=list(ACCOUNTED.items()),
                required=False,
                small=True,
                marked=False,
            )
            self.fields[f"because_{row.pk}"] = TextField(
                f"How do you know? (number {number})", most=500, required=False, marked=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number, row in enumerate(self.rows, start=1):
            answer, because = given.get(f"answer_{row.pk}"), given.get(f"because_{row.pk}")
            if answer and not because:
                self.add_error(f"because_{row.pk}", f"Write how you know what became of number {number}")
            if because and not answer:
                self.add_error(f"answer_{row.pk}", f"Select what became of number {number}")
        if not self.errors and not self.accounted:
            self.add_error(None, "Nothing has changed. Say what became of at least one")
        return given

    @property
    def accounted(self) -> list[tuple[CarriedOver, str, str]]:
        """Those whose answer or words differ from what stands."""
        given = self.cleaned_data
        said = [(row, given.get(f"answer_{row.pk}", ""), given.get(f"because_{row.pk}", "")) for row in self.rows]
        return [one for one in said if one[1] and (one[1], one[2]) != (one[0].answer, one[0].because)]


class LineForm(OnceForm):
    """One line of enquiry. `seen` is the version that the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    finding = TextareaField("What did the panel find?", most=4000, rows=6, required=False, marked=False)
    seen_evidence = TextareaField(
        "What is that based on?",
        hint="Who said it, what was read, what was seen. Not in the family’s version.",
        most=2000,
        rows=3,
        required=False,
        marked=False,
    )
    working = TextareaField("What is working?", most=2000, rows=3, required=False, marked=False)
    not_working = TextareaField("What is not working?", most=2000, rows=3, required=False, marked=False)
    concern = RadiosField(
        "How much does it concern the panel?",
        hint="Not in the family’s version.",
        choices=list(CONCERN.items()),
        required=False,
        small=True,
        inline=True,
        marked=False,
    )
    plain = TextareaField(
        "The same for the person and family",
        hint="Short sentences, everyday words. If you leave it empty they read what the panel found.",
        most=2000,
        rows=4,
        required=False,
        marked=False,
    )
    about_others = TickField("This is about somebody else. Leave it out of the family’s version", required=False)

    @property
    def words(self) -> dict[str, Any]:
        return words_from(self.cleaned_data)


def words_from(given: dict[str, Any]) -> dict[str, Any]:
    """As it is kept: text trimmed."""
    found = {name: str(given.get(name) or "").strip() for name in ("finding", "working", "not_working", "plain")}
    return {
        **found,
        "seen": str(given.get("seen_evidence") or "").strip(),
        "concern": given.get("concern") or "",
        "about_others": bool(given.get("about_others")),
    }


def initial_of(words: dict[str, Any], seen: int) -> dict[str, Any]:
    """The other way: a line as the form shows it."""
    return {**words, "seen_evidence": words["seen"], "seen": seen}


class RecommendForm(OwnerForm):
    """One recommendation: what, who, where, by when, and how we will know. None of the five can be left out."""

    what = TextareaField(
        "What is recommended?",
        hint="Say what somebody does. The owner and the family read this: write no more than they need.",
        most=500,
        rows=3,
        missing="Write what is recommended",
    )
    how_known = TextField("How will we know that it is done?", most=300)
    topic = SelectField(
        "What is it about?", hint="Only who may know about this sees it.", choices=(), missing="Select what it is about"
    )
    due_on = DateField("By when?", subject="The day", hint=A_DATE)
    starts_on = DateField(
        "If it is support: when does it start?",
        subject="The first day",
        hint="The family is asked whether it has started. Leave it empty for anything else.",
        required=False,
    )
    field_order = [
        "what", "how_known", "topic", "due_on", "owner", "name", "post", "around", "organisation", "as_typed", "reach",
    ]  # fmt: skip

    def __init__(self, *args: Any, topics: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["topic"]
        asked.choices = [("", "Select"), *((str(topic), Topic(topic).label) for topic in topics)]


class ToldForm(SeenForm):
    told_on = DateField("On which day?", subject="The day", hint=A_DATE, not_after_today=True)
    told_how = RadiosField("How were they told?", choices=WriteUp.Told.choices, missing="Select how they were told")
    told_words = TextareaField(
        "Who was told, and by whom? Or why were they not told?",
        most=500,
        rows=3,
        missing="Write who was told, or why not",
    )


class FinishForm(SeenForm):
    outcome = RadiosField("What came out of it?", choices=list(OUTCOMES.items()), missing="Select what came out of it")
    words = TextareaField("In a few sentences", most=1000, rows=4, required=False)


class PlainForm(SeenForm):
    """The whole review for the person and family: a few plain words, and easy read."""

    plain = TextareaField(
        "What came out of it, in plain words",
        hint="For the person and family. Start with what is good. No levels, no scores, nothing about somebody else.",
        most=3000,
        rows=7,
        required=False,
        marked=False,
    )

    def __init__(self, *args: Any, lines: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = min(lines, MOST_LINES)
        for number in range(self.lines):
            self.fields[f"picture_{number}"] = SelectField(
                f"Picture {number + 1}",
                choices=list(PICTURES.items()),
                empty="No picture",
                required=False,
                marked=False,
            )
            self.fields[f"line_{number}"] = TextField(f"Sentence {number + 1}", most=160, required=False, marked=False)

    @property
    def easy(self) -> list[list[str]]:
        given = self.cleaned_data
        rows = [(given.get(f"picture_{n}") or "", (given.get(f"line_{n}") or "").strip()) for n in range(self.lines)]
        return [[picture, line] for picture, line in rows if line]

    @property
    def easy_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"picture_{number}"], self[f"line_{number}"]) for number in range(self.lines)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("plain") and not self.easy:
            self.add_error("plain", "Write what came out of it in plain words, or a sentence of easy read")
        return given


class IssueForm(SeenForm):
    family_gets = RadiosField(
        "How do the person and family get it?",
        choices=ReviewReport.FamilyGets.choices,
        missing="Select how they get it",
    )
    family_words = TextField(
        "Anything to add about that?",
        hint="If the person objects to the family getting it: what they said. Needed then.",
        most=300,
        required=False,
        marked=False,
    )
    late_because = TextareaField("Why is it late?", most=500, rows=3, missing="Write why it is late")

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_because"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("family_gets") == ReviewReport.FamilyGets.OBJECTS and not given.get("family_words"):
            self.add_error("family_words", "Write what they said, and why the family does not get the report")
        return given
