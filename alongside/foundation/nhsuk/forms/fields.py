"""The kinds of question. Each is a Django field with NHS wording; `look` decides how it is drawn."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from .wording import Wording, lower_first


def without_controls(text: str) -> str:
    """Typed text without control characters, which the database may refuse. Line ends stay."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in tidy if c in "\n\t" or unicodedata.category(c) != "Cc")


class TextField(Wording, forms.CharField):
    """One line of text. `most` characters at the most; width as in the component ('2' to '20')."""

    def __init__(
        self,
        label: str,
        *,
        most: int = 200,
        width: str = "",
        inputmode: str = "",
        autocomplete: str = "",
        spellcheck: bool = True,
        code: bool = False,
        **kwargs: Any,
    ) -> None:
        look = {
            "width": width,
            "inputmode": inputmode,
            "autocomplete": autocomplete,
            "spellcheck": spellcheck,
            "code": code,
        }
        super().__init__(label, look={**look, **kwargs.pop("look", {})}, max_length=most, **kwargs)

    def sentences(self) -> dict[str, str]:
        return {"max_length": f"{self.subject} must be %(limit_value)d characters or fewer"}

    def to_python(self, value: Any) -> str:
        return super().to_python(without_controls(value) if isinstance(value, str) else value) or ""


class EmailField(Wording, forms.EmailField):
    """An e-mail address."""

    def __init__(self, label: str, *, autocomplete: str = "email", **kwargs: Any) -> None:
        super().__init__(label, look={"type": "email", "spellcheck": False, "autocomplete": autocomplete}, **kwargs)

    def sentences(self) -> dict[str, str]:
        return {"invalid": f"Enter {lower_first(self.subject)} in the correct format, like name@example.com"}


class PasswordField(Wording, forms.CharField):
    """A secret: never sent back to the page. autocomplete: current-password or new-password."""

    widget = forms.PasswordInput

    def __init__(self, label: str, *, autocomplete: str = "current-password", **kwargs: Any) -> None:
        super().__init__(label, look={"autocomplete": autocomplete}, strip=False, **kwargs)


class NumberField(Wording, forms.IntegerField):
    """A whole number, typed as text so that nothing typed is lost. `least` and `most` are included."""

    widget = forms.TextInput

    def __init__(
        self,
        label: str,
        *,
        least: int | None = None,
        most: int | None = None,
        suffix: str = "",
        **kwargs: Any,
    ) -> None:
        look = {"inputmode": "numeric", "width": "4", "suffix": suffix, "spellcheck": False}
        super().__init__(label, look=look, min_value=least, max_value=most, **kwargs)

    def sentences(self) -> dict[str, str]:
        return {
            "invalid": f"{self.subject} must be a whole number, like 30",
            "min_value": f"{self.subject} must be %(limit_value)s or more",
            "max_value": f"{self.subject} must be %(limit_value)s or fewer",
        }


class TextareaField(TextField):
    """Several lines. `count` shows how many characters are left of `most`."""

    widget = forms.Textarea

    def __init__(self, label: str, *, most: int = 4000, rows: int = 5, count: bool = True, **kwargs: Any) -> None:
        super().__init__(label, most=most, look={"rows": rows, "most": most if count else 0}, **kwargs)


class _Choices(Wording):
    """hints: value -> line under that answer. reveals: value -> name of the question shown under it.

    pictures: value -> name of the static file that stands beside the words of that answer.
    """

    missing_verb = "Select"

    def __init__(
        self,
        label: str,
        *,
        choices: Iterable[Any],
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        pictures: Mapping[str, str] | None = None,
        inline: bool = False,
        small: bool = False,
        **kwargs: Any,
    ) -> None:
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})
        self.pictures = dict(pictures or {})
        super().__init__(label, look={"inline": inline, "small": small}, choices=choices, **kwargs)

    def sentences(self) -> dict[str, str]:
        again = f"Select {lower_first(self.subject)} from the list"
        return {"invalid_choice": again, "invalid_list": again}


class RadiosField(_Choices, forms.ChoiceField):
    """One answer out of a few."""

    widget = forms.RadioSelect


class CheckboxesField(_Choices, forms.MultipleChoiceField):
    """Any number of answers."""

    widget = forms.CheckboxSelectMultiple


class SelectField(_Choices, forms.ChoiceField):
    """One answer out of many. `empty` is the first line when nothing is chosen yet; '' leaves it out.

    Choices that bring such a line themselves keep theirs.
    """

    widget = forms.Select

    def __init__(self, label: str, *, choices: Iterable[Any], empty: str = "Select", **kwargs: Any) -> None:
        given = list(choices)
        begins = [("", empty)] if empty and not (given and given[0][0] == "") else []
        super().__init__(label, choices=[*begins, *given], **kwargs)


class TickField(Wording, forms.BooleanField):
    """One thing to tick. Required means that it must be ticked."""

    missing_verb = "Tick"

    def __init__(self, label: str, *, missing: str = "", **kwargs: Any) -> None:
        super().__init__(label, missing=missing or f"Tick the box: {lower_first(label)}", **kwargs)


class FileField(Wording, forms.FileField):
    """A file to upload. accept: '.csv,.xlsx' (checked by its name's ending); most_mb: size in megabytes."""

    def __init__(self, label: str, *, accept: str = "", most_mb: int = 50, **kwargs: Any) -> None:
        self.endings = tuple(ending.strip().lower() for ending in accept.split(",") if ending.strip())
        self.most_mb = most_mb
        super().__init__(label, missing=kwargs.pop("missing", "Choose a file"), look={"accept": accept}, **kwargs)

    def sentences(self) -> dict[str, str]:
        return {
            "empty": "The file is empty. Choose another file",
            "invalid": "The file did not arrive. Choose it again",
            "max_length": "The name of the file is too long. Rename it and choose it again",
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = super().clean(data, initial)
        if isinstance(chosen, UploadedFile):
            self._check(chosen)
        return chosen

    def _check(self, chosen: UploadedFile) -> None:
        if self.endings and not (chosen.name or "").lower().endswith(self.endings):
            *others, last = (ending.lstrip(".").upper() for ending in self.endings)
            wanted = f"{', '.join(others)} or {last}" if others else last
            raise forms.ValidationError(f"The file must be {wanted}. Choose another file", code="ending")
        if (chosen.size or 0) > self.most_mb * 1024 * 1024:
            raise forms.ValidationError(f"The file must be smaller than {self.most_mb} MB", code="size")
