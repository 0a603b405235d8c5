"""Forms that look like the NHS and speak in sentences.

    class ReviewForm(OnceForm):
        held_on = DateField("Date of the review", not_after_today=True)
        outcome = RadiosField("What was decided?", choices=[("keep", "Keep it"), ("change", "Change it")])
        why = TextareaField("Why?", most=2000)

A page draws `error_summary(form.problems)` above its heading and `{{ form }}` inside its own <form>, with
`{{ csrf_input }}` and `novalidate`. Nothing typed is lost when there is a problem.
"""

from .base import Form, OnceForm, OnceToken
from .dates import DateField, TypedDate
from .fields import (
    CheckboxesField,
    EmailField,
    FileField,
    NumberField,
    PasswordField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from .phones import PhoneField
from .renderer import Renderer
from .times import TimeField

__all__ = [
    "CheckboxesField",
    "DateField",
    "EmailField",
    "FileField",
    "Form",
    "NumberField",
    "OnceForm",
    "OnceToken",
    "PasswordField",
    "PhoneField",
    "RadiosField",
    "Renderer",
    "SelectField",
    "TextField",
    "TextareaField",
    "TickField",
    "TimeField",
    "TypedDate",
]
