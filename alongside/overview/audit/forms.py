"""What information governance asks for."""

from typing import Any

from django import forms

from alongside.foundation.nhsuk.forms import Form, SelectField, TextField


class AuditFilter(Form):
    """Looks or changes, of one person, of one colleague, or all of the area's."""

    marks_optional = False
    show = SelectField("Show", choices=[("looks", "Who looked"), ("changes", "What changed")], empty="", required=False)
    person = TextField(
        "Person's reference", hint="As on their page. Not a name or NHS number", required=False, most=14, width="10"
    )
    who = TextField("Colleague's name", required=False, most=120, width="20")
    before = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def chosen(self) -> dict[str, Any]:
        """What was asked, with what can't be understood left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
