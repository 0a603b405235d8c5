"""Jinja2 for Django's template setting: `environment` makes it, `Templates` finds our pages.

In settings:

    {
        "BACKEND": "alongside.foundation.nhsuk.environment.Templates",
        "APP_DIRS": True,
        "DIRS": [],
        "OPTIONS": {
            "environment": "alongside.foundation.nhsuk.environment.environment",
            "context_processors": ["alongside.foundation.nhsuk.shell.page_shell", ...],
        },
    }
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from .filters import FILTERS

OUR_PACKAGE = "alongside."


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route; its parts are given in order or by name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """A strict environment: a name that is not there is an error, in production too.

    A blank where a due date should stand is worse than an error page, and what the tests run is then what
    people use. Django would pass a forgiving kind of undefined, so it is replaced here.
    """
    options["undefined"] = StrictUndefined
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)
    made.globals.update(static=static, url=url)
    made.filters.update(FILTERS)
    return made


class Templates(Jinja2):
    """Finds `templates/` in our own apps only: other packages keep Django's own template language there."""

    app_dirname = "templates"

    @cached_property
    def template_dirs(self) -> tuple[Path | str, ...]:
        ours = [
            Path(config.path) / self.app_dirname
            for config in apps.get_app_configs()
            if config.name.startswith(OUR_PACKAGE) and (Path(config.path) / self.app_dirname).is_dir()
        ]
        return (*self.dirs, *(ours if self.app_dirs else ()))
