"""How a question is drawn: everything the components need, read from any Django form field.

Works for fields of other packages (signing in) as well as for ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from .dates import DateBoxes, TypedDate

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateBoxes, "date"),
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "tick"),
    (forms.CheckboxSelectMultiple, "checkboxes"),  # before RadioSelect, which it is a kind of
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of several. `reveals` is markup shown under it when it is chosen; `picture` a static file's name."""

    value: str
    label: str
    chosen: bool = False
    hint: str = ""
    reveals: str | SafeString = ""
    group: str = ""
    divider: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLook:
    """One question, ready to draw."""

    kind: str
    name: str
    id: str
    label: str
    hint: str = ""
    error: str = ""
    value: Any = ""
    chosen: bool = False
    options: list[Option] = field(default_factory=list)
    wrong: tuple[str, ...] = ()
    heading: bool = False
    type: str = "text"
    width: str = ""
    inputmode: str = ""
    autocomplete: str = ""
    spellcheck: bool = True
    code: bool = False
    prefix: str = ""
    suffix: str = ""
    rows: int = 5
    most: int = 0
    accept: str = ""
    inline: bool = False
    small: bool = False


def kind_of(widget: forms.Widget) -> str:
    return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "text")


def first_id(bound: BoundField) -> str:
    """The id that a link to this question leads to."""
    if kind_of(bound.field.widget) == "date":
        return f"{bound.auto_id}-{(wrong_parts(bound) or ('day',))[0]}"
    return bound.auto_id


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """Which boxes of a date its first problem is about."""
    for problem in bound.errors.as_data():
        return (problem.params or {}).get("wrong", ())
    return ()


def look(bound: BoundField) -> FieldLook:
    """Everything the components need to draw this question."""
    widget = bound.field.widget
    kind = kind_of(widget)
    extra = {**_from_widget(widget, kind), **getattr(bound.field, "look", {})}
    return FieldLook(
        kind=kind,
        name=bound.html_name,
        id=bound.auto_id,
        label=_label(bound),
        hint=str(bound.help_text or ""),
        error=str(bound.errors[0]) if bound.errors else "",
        value=_value(bound, kind),
        chosen=kind == "tick" and widget.check_test(bound.value()),
        options=list(_options(bound)) if kind in {"radios", "checkboxes", "select"} else [],
        wrong=wrong_parts(bound) if kind == "date" else (),
        heading=getattr(bound.field, "heading", False),
        **extra,
    )


def _label(bound: BoundField) -> str:
    optional = getattr(bound.form, "marks_optional", False) and not bound.field.required
    asked = kind_of(bound.field.widget) != "tick" and getattr(bound.field, "marked", True)
    return f"{bound.label} (optional)" if optional and asked else str(bound.label)


def _value(bound: BoundField, kind: str) -> Any:
    if kind == "date":
        return TypedDate.of(bound.value())
    if kind in {"password", "file"}:
        return ""
    value = bound.field.widget.format_value(bound.value()) if hasattr(bound.field.widget, "format_value") else None
    return "" if value is None else value


def _from_widget(widget: forms.Widget, kind: str) -> dict[str, Any]:
    """Settings that another package's field gives through its widget's attributes."""
    found: dict[str, Any] = {}
    if kind in {"text", "password"}:
        if widget.attrs.get("autocomplete"):
            found["autocomplete"] = widget.attrs["autocomplete"]
        if widget.attrs.get("inputmode"):
            found["inputmode"] = widget.attrs["inputmode"]
    if kind == "text":
        found["type"] = getattr(widget, "input_type", "text")
    return found


def _options(bound: BoundField) -> Iterator[Option]:
    widget = bound.field.widget
    given = bound.value()
    chosen = {str(v) for v in given} if isinstance(given, list | tuple | set) else {"" if given is None else str(given)}
    for value, label, group in _choices(widget.choices):
        is_chosen = value in chosen
        yield Option(
            value=value,
            label=label,
            chosen=is_chosen,
            group=group,
            hint=getattr(bound.field, "hints", {}).get(value, ""),
            reveals=_revealed(bound, value),
            picture=getattr(bound.field, "pictures", {}).get(value, ""),
        )


def _choices(choices: Any) -> Iterator[tuple[str, str, str]]:
    """(value, label, group) of each answer; groups are Django's nested pairs."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(inner), str(text), str(value)) for inner, text in label)
        else:
            yield "" if value is None else str(value), str(label), ""


def _revealed(bound: BoundField, value: str) -> str:
    name = getattr(bound.field, "reveals", {}).get(value)
    return bound.form[name].as_field_group() if name else ""


def revealed_names(form: forms.BaseForm) -> set[str]:
    """Questions that stand under an answer of another question."""
    return {name for one in form.fields.values() for name in getattr(one, "reveals", {}).values()}


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that stand together. summary: the words that open what is folded away; '' for a question in sight."""

    summary: str
    is_open: bool
    questions: list[BoundField]


def parts_of(form: forms.BaseForm) -> list[Part]:
    """All questions in order, without those drawn under an answer. A fold stands where its first question does."""
    under = revealed_names(form)
    shown = {bound.name: bound for bound in form.visible_fields() if bound.name not in under}
    folds: dict[str, tuple[str, ...]] = getattr(form, "folds", {})
    fold_of = {name: summary for summary, names in folds.items() for name in names}
    found: list[Part] = []
    for name, bound in shown.items():
        if name not in fold_of:
            found.append(Part("", True, [bound]))
        elif all(part.summary != fold_of[name] for part in found):
            inside = [shown[one] for one in folds[fold_of[name]] if one in shown]
            found.append(Part(fold_of[name], any(map(_is_begun, inside)), inside))
    return found


def _is_begun(bound: BoundField) -> bool:
    """Something stands in it, or it is wrong: then it is not folded away."""
    if not bound.form.is_bound:
        return bool(bound.value())
    typed = (value for key, value in bound.form.data.items() if key == bound.html_name or _is_box_of(bound, key))
    return bool(bound.errors) or any(str(value).strip() for value in typed)


def _is_box_of(bound: BoundField, key: str) -> bool:
    """Whether it is the day, the month or the year of a date."""
    return key.rpartition("-")[0] == bound.html_name
