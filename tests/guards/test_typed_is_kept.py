"""Whatever a form answers (a mistake, somebody who was quicker), all that was typed stands in it again."""

from collections.abc import Iterator
from html import escape, unescape
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.conf import settings

from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    FileField,
    Form,
    OnceForm,
    PasswordField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)


def every_form() -> list[type[Form]]:
    """Every form of the product that can be made without being told more."""
    import_module(settings.ROOT_URLCONF)
    found = [form for form in _below(Form) if form.__module__.startswith("alongside.") and form is not OnceForm]
    return sorted((form for form in found if "test" not in form.__module__ and _made(form)), key=str)


def _below(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


def _made(form: type[Form], given: dict[str, Any] | None = None) -> Form | None:
    try:
        return form(given)
    except (TypeError, KeyError, AttributeError):
        return None


def typed_into(name: str, field: forms.Field) -> tuple[dict[str, Any], list[str]]:
    """(what a browser sends, what has to stand in the form again)."""
    if isinstance(field, DateField):
        parts = {f"{name}-day": "31", f"{name}-month": "febuary", f"{name}-year": "20126"}
        return parts, [f'value="{text}"' for text in parts.values()]
    if isinstance(field, TickField):
        return {name: "on"}, ["checked"]
    if isinstance(field, CheckboxesField | RadiosField | SelectField):
        choices: Any = field.choices
        values = [str(value) for value, _ in choices if str(value)]
        if not values:
            return {}, []
        mark = "selected" if isinstance(field, SelectField) else "checked"
        sent = [values[-1]] if isinstance(field, CheckboxesField) else values[-1]
        return {name: sent}, [f'value="{escape(values[-1])}"', mark]
    if isinstance(field, TextareaField | TextField) and not isinstance(field, PasswordField | FileField):
        return {name: f"Typed {name} & <more>"}, [f"Typed {name} & <more>"]
    return {}, []


@pytest.mark.django_db
@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.__module__}.{form.__qualname__}")
def test_a_form_shows_again_what_was_typed(form: type[Form]) -> None:
    sent: dict[str, Any] = {"submission": "x" * 22}
    stands: list[str] = []
    blank = _made(form)
    assert blank is not None
    # An answer that is asked for under a choice is drawn with it, and these choices come with the page.
    under = [getattr(field, "reveals", {}) for field in blank.fields.values() if not getattr(field, "choices", True)]
    unseen = {name for reveals in under for name in reveals.values()}
    for name, field in blank.fields.items():
        if not field.widget.is_hidden and name not in unseen:
            more, wanted = typed_into(name, field)
            sent |= more
            stands += wanted
    answered = _made(form, _as_sent(sent))
    assert answered is not None
    answered.is_valid()
    answered.add_error(None, "Somebody was quicker.")
    drawn = unescape(str(answered))
    assert [words for words in stands if unescape(words) not in drawn] == []


def _as_sent(values: dict[str, Any]) -> Any:
    from django.http import QueryDict

    sent = QueryDict(mutable=True)
    for name, value in values.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def test_there_are_forms_to_look_at() -> None:
    assert len(every_form()) > 40
