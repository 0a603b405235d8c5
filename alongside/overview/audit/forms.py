"""What information governance asks for."""

from typing import Any

from django import forms

from alongside.foundation.nhsuk.forms import DateField, Form, SelectField, TextareaField, TextField

NOT_KEPT = ("before",)


class AuditFilter(Form):
    """Looks or changes: of one person, by one colleague, on one page or of one kind of row, in a time."""

    marks_optional = False
    show = SelectField("Show", choices=[("looks", "Who looked"), ("changes", "What changed")], empty="", required=False)
    person = TextField(
        "Person's reference", hint="As on their page. Not a name or NHS number", required=False, most=14, width="10"
    )
    who = TextField("Colleague's name", required=False, most=120, width="20")
    page = TextField("Page, or what was changed", hint="Part of it is enough", required=False, most=60, width="20")
    since = DateField("From", subject="The first day", hint="For example, 31 3 2026", required=False)
    until = DateField("To", subject="The last day", hint="For example, 31 3 2026", required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "The last day can't be before the first day")
        return given

    def chosen(self) -> dict[str, Any]:
        """What was asked, with what can't be understood left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class WhyForm(Form):
    """Why the values of a record are looked at. It is kept with the look."""

    why = TextareaField(
        "Why do you need to see the values?",
        subject="Why",
        hint="This is kept with your name",
        missing="Say why you need to see the values",
        most=200,
        rows=2,
    )
