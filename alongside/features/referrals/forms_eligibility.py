"""The four questions of the guide, and the form with which an area sets a rule of its own."""

from datetime import date
from typing import Any

from alongside.features.referrals.forms_asking import Areas, Asking, area_field
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NumberField,
    OnceForm,
    RadiosField,
    TextField,
)
from alongside.policy.eligibility import BASES, CHOICES, HAPPENING, PHASES, Asked, EntryRule
from alongside.policy.eligibility.rows import MAY_BE_EMPTY

OLDEST = 120
_WHERE = (("here", "Yes"), ("elsewhere", "No"), ("not_sure", "I am not sure"))


class GuideForm(Asking):
    """Age, area, diagnosis, and what is happening. All but the age may be 'not sure'."""

    marks_optional = False

    age = NumberField("How old are they?", least=0, most=OLDEST, subject="Age", missing="Enter how old they are")
    area = area_field("Which area do you want to ask?")
    lives = RadiosField("Do they live in this area?", choices=_WHERE, required=False, inline=True)
    gp = RadiosField("Is their GP in this area?", choices=_WHERE, required=False, inline=True)
    diagnosis = RadiosField(
        "Are they autistic, or do they have a learning disability?",
        choices=[
            ("diagnosed", "Yes, a doctor or a team has said so"),
            ("understood", "Staff who know them think so"),
            ("pathway", "They are waiting for a check"),
            ("no", "No"),
            ("not_sure", "I am not sure"),
        ],
        required=False,
    )
    happening = CheckboxesField(
        "What is going on?",
        hint="Choose all that fit",
        choices=[
            ("hospital_risk", "They may have to go into a mental health hospital"),
            ("in_hospital", "They are in a mental health hospital"),
            ("self_harm", "They hurt themselves or others"),
            ("distress", "They get very upset and it is hard to help"),
            ("ae_crisis", "They went to A&E, or a crisis team came"),
            ("home", "They may lose their home or placement"),
            ("residential", "They live in a care home or school all year, or may have to"),
            ("education", "School or college is not working"),
            ("justice", "They are in trouble with the police"),
            ("nothing", "None of these"),
        ],
        required=False,
    )

    def area_id(self, areas: Areas) -> int:
        """The area that is asked: the one chosen, or the only one."""
        return int(self.cleaned_data.get("area") or areas[0][0])

    def asked(self) -> Asked:
        """The answers as the rules take them."""
        given = self.cleaned_data
        basis = given["diagnosis"]
        known = basis in ("diagnosed", "understood", "pathway")
        return Asked(
            age=given["age"],
            lives="" if given["lives"] == "not_sure" else given["lives"],
            gp="" if given["gp"] == "not_sure" else given["gp"],
            diagnoses=frozenset({"either"}) if known else frozenset(),
            no_diagnosis=basis == "no",
            basis=basis if known else "",
            happening=frozenset(given["happening"]),
        )


#: Values of the rules of entry, as staff read them.
AREA_WORDS = (
    BASES
    | HAPPENING
    | {
        "living": "where they live",
        "gp": "where their GP is",
        "either": "either of the two",
        "residential": HAPPENING["residential"],
        "adulthood": "moving to adult services",
        "young_person": "the young person",
        "family": "family or friends",
        "professional": "professionals",
    }
)


def words_of(rule: EntryRule) -> dict[str, str]:
    """What the values of one rule are called: whom keyworking is also for is said at more length."""
    return AREA_WORDS | PHASES if rule.key == "keyworker_also" else AREA_WORDS


def entry_form(rule: EntryRule, data: Any, *, today: date) -> OnceForm:
    """The form for one rule: a number, one choice, or several, and the day from which it counts."""
    allowed = CHOICES[rule.key]
    value: Any
    if isinstance(allowed[0], int):
        value = NumberField(rule.title, least=allowed[0], most=int(allowed[1]))
    else:
        words = words_of(rule)
        choices = [(str(name), words.get(str(name), str(name).title())) for name in allowed]
        if isinstance(rule.value, tuple):
            value = CheckboxesField(rule.title, choices=choices, required=rule.key not in MAY_BE_EMPTY)
        else:
            value = RadiosField(rule.title, choices=choices)

    class EntryForm(OnceForm):
        pass

    # The rule decides what is asked, so the questions are put in one by one.
    form = EntryForm(data, today=today)
    form.fields["value"] = value
    starts_on = DateField("From which day?", hint="For example, 1 4 2026", not_before_today=True)
    starts_on.today = today
    form.fields["starts_on"] = starts_on
    form.fields["source"] = TextField("Where is that decided?", hint="Like: board paper 7 of 12 January", most=200)
    form.initial = {"value": list(rule.value) if isinstance(rule.value, tuple) else rule.value}
    return form
