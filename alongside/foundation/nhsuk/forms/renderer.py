"""Draws every Django form with the NHS components.

In settings: FORM_RENDERER = "alongside.foundation.nhsuk.forms.Renderer".
"""

from functools import cache
from pathlib import Path
from typing import Any

import django.forms
from django.forms.renderers import BaseRenderer
from django.template.backends.jinja2 import Jinja2

from .look import look, parts_of

DJANGOS = Path(django.forms.__file__).parent / "jinja2"  # widgets drawn one by one, formsets, error lists


class Renderer(BaseRenderer):
    """One engine for all forms, apart from the pages' own, so that a form is drawn alike wherever it is."""

    form_template_name = "nhsuk/form.html"
    field_template_name = "nhsuk/field.html"

    def get_template(self, template_name: str) -> Any:
        return _engine().get_template(template_name)


@cache
def _engine() -> Jinja2:
    """Made once: each form makes a renderer of its own, and templates are compiled by the engine that loads them."""
    engine = Jinja2(
        {
            "NAME": "forms",
            "APP_DIRS": False,
            "DIRS": [DJANGOS],
            "OPTIONS": {"environment": "alongside.foundation.nhsuk.environment.environment"},
        }
    )
    engine.env.filters.update(look=look, parts_of=parts_of)
    return engine
