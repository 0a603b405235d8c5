"""The forms of who sits on a panel, who is invited, what was agreed, what is circulated, and the pool."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.features.people.agreement.text import BASES
from alongside.features.reviews.models import Expert, PanelMember, ReviewInvite
from alongside.features.reviews.organising.forms import A_DATE, SeenForm
from alongside.foundation.documents.fields import DocumentField
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from alongside.policy.deciding import Way
from alongside.policy.review_checks import BEFORE, HELPFUL, papers_of

YES_NO = (("yes", "Yes"), ("no", "No"))
CORE_POOL = (PanelMember.Part.CHAIR, PanelMember.Part.CLINICAL, PanelMember.Part.EXPERIENCE)


class SeatForm(OnceForm):
    """Somebody from the pool, somebody who is known here, or somebody else by name. known: (value, words) of these."""

    marks_optional = False
    folds = {"Somebody who stands in no list: who they are": ("name", "post", "organisation_name", "reach")}
    part = RadiosField("For which seat?", choices=PanelMember.Part.choices, subject="The seat")
    name = TextField(
        "Their name",
        most=120,
        required=False,
        hint="Nothing here knows of their training and checks: for an expert, a named person confirms them afterwards.",
    )
    post = TextField("Their job", most=120, required=False)
    organisation_name = TextField("Where they work", most=200, required=False)
    reach = EmailField("Their e-mail address", required=False, hint="A link to the day and the papers is sent there.")
    independent = TickField("They are independent of the care that is given now", required=False)

    def __init__(
        self, *given: Any, experts: Sequence[tuple[int, str]], known: Sequence[tuple[str, str]], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.fields["expert"] = SelectField(
            "Somebody from the pool",
            choices=[("", "Nobody from the pool"), *((str(number), words) for number, words in experts)],
            required=False,
        )
        self.fields["known"] = SelectField(
            "Or somebody of the team or around them",
            choices=[("", "Nobody of these"), *known],
            required=False,
            hint="Whoever has an account here opens the papers with it, once there is agreement and not before.",
        )
        self.order_fields(["part", "expert", "known", "independent", "name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = [name for name in ("expert", "known", "name") if given.get(name)]
        if not chosen and "name" not in self.errors:
            self.add_error("name", "Select somebody, or write a name")
        if len(chosen) > 1:
            self.add_error(chosen[1], "Choose one person: from the pool, from those known here, or by name")
        return given


class VouchForm(OnceForm):
    name = TextField(
        "Who says that their training and checks stand?",
        hint="Name and role, like: Jo Hart, lead for panel members at Saltby ICB.",
        subject="Who says so",
        most=120,
    )
    on = DateField("On which day did they say so?", subject="The day", hint=A_DATE, not_after_today=True)


class SeatAnswerForm(OnceForm):
    """Of a member by their link, or what they said by voice."""

    answer = RadiosField("Can you come?", choices=(("yes", "Yes"), ("no", "No")), missing="Select whether you can come")
    conflict = RadiosField(
        "Have you a conflict of interest?",
        hint="For example: you treat them, you work for the hospital or the council that cares for them, or you know "
        "the family.",
        choices=(("none", "No"), ("declared", "Yes, or I am not sure")),
        reveals={"declared": "conflict_words"},
        missing="Select whether you have a conflict of interest",
    )
    conflict_words = TextField("What is it?", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("conflict") == "declared" and not given.get("conflict_words"):
            self.add_error("conflict_words", "Say what the conflict is")
        return given


class AgreementForm(SeenForm):
    """What was said to this one review; from 16 on, also whether family is invited."""

    marks_optional = False
    agrees = RadiosField("Do they agree to this review?", choices=YES_NO, missing="Select yes or no")
    basis = RadiosField("Who decides?", choices=(), subject="Who decides")
    decided_by = TextField(
        "Their name", most=120, required=False, hint="Needed, unless the young person decides themselves."
    )
    decided_on = DateField("When did they say it?", subject="The day", hint=A_DATE, not_after_today=True)
    evidence = TextField(
        "How do we know?", most=300, hint="Like: page 2 of the planner; said at the visit, with pictures.",
        missing="Say how we know",
    )  # fmt: skip

    def __init__(self, *given: Any, ways: Sequence[Way], asks_family: bool, name: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.name = name
        asked: Any = self.fields["basis"]
        asked.choices = [(way.basis, BASES[way.basis][0]) for way in ways]
        asked.hints = {way.basis: way.because for way in ways}
        if asks_family:
            self.fields["family"] = RadiosField(
                "Do they want their family there?",
                choices=YES_NO,
                missing="Select whether they want their family there",
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("basis") in ("competent_child", "sixteen"):
            given["decided_by"] = self.name
        elif given.get("basis") and not given.get("decided_by"):
            self.add_error("decided_by", "Enter the name of who decides")
        return given


class InviteForm(OnceForm):
    part = SelectField("Who?", choices=[("", "Select"), *ReviewInvite.Part.choices], missing="Select who is invited")
    name = TextField("Their name", most=120)
    needs = TextField("What helps them take part?", most=300, required=False)


class InviteAnswerForm(OnceForm):
    answer = RadiosField("Do they come?", choices=ReviewInvite.Answer.choices[1:], missing="Select what they said")


class ChecksForm(OnceForm):
    """The check-list on one page: a tick for each line, and words where something is asked."""

    marks_optional = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["done"] = CheckboxesField(
            "What is done?", choices=[(one.code, one.words) for one in BEFORE], required=False
        )
        for one in BEFORE:
            if one.asks:
                self.fields[f"said_{one.code}"] = TextField(one.asks, most=300, required=False)


class PaperForm(OnceForm):
    file = DocumentField("File")
    title = TextField("Title", most=200)

    def __init__(self, *given: Any, kind: str, **named: Any) -> None:
        super().__init__(*given, **named)
        lines = [*papers_of(kind), *HELPFUL]
        self.fields["line"] = SelectField(
            "What is it?",
            choices=[("", "Select"), *((one.code, one.words) for one in lines)],
            missing="Select what it is",
        )
        self.order_fields(["file", "line", "title"])


class ReasonForm(OnceForm):
    because = TextareaField("Why?", most=300, rows=3, missing="Say why")


class ExpertForm(OnceForm):
    name = TextField("Name", most=120)
    part = RadiosField("What do they do on a panel?", choices=Expert.Part.choices, subject="What they do")
    profession = TextField("Profession", most=120, required=False)
    organisation_name = TextField("Where they work", most=200, required=False)
    reach = EmailField("E-mail address", required=False)
    started_on = DateField("From which day are they in the pool?", subject="The first day", hint=A_DATE)
    trained_on = DateField("When were they trained?", subject="The day of the training", required=False, hint=A_DATE)
    checked_until = DateField(
        "Until when do their checks stand?", subject="The last day of their checks", required=False, hint=A_DATE
    )
    registration = TextField(
        "Registration", most=120, required=False, hint="Of a clinical expert: the body and their number."
    )
    registered_until = DateField("Until when are they registered?", subject="The last day", required=False, hint=A_DATE)
    needs = TextField("What helps them take part?", most=500, required=False, hint="Adjustments, travel, breaks.")
    ended_on = DateField("Do they leave? The last day", subject="The last day", required=False, hint=A_DATE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("ended_on") and given.get("started_on") and given["ended_on"] < given["started_on"]:
            self.add_error("ended_on", "The last day can’t be before the first day in the pool")
        return given


class ModuleForm(OnceForm):
    title = TextField("What is the module called?", most=120)
    released_on = DateField("When was it released?", subject="The day", hint=A_DATE)


class ModuleDoneForm(OnceForm):
    done_on = DateField("When did they do it?", subject="The day", hint=A_DATE, not_after_today=True)

    def __init__(self, *given: Any, modules: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["module"] = SelectField(
            "Which module?", choices=[("", "Select"), *((str(number), words) for number, words in modules)],
            missing="Select the module",
        )  # fmt: skip
        self.order_fields(["module", "done_on"])


class OpenForm(forms.Form):
    """Opening a link: a button, so that looking at the address uses nothing up."""
