"""The Jinja2 environment of every page: strict, with our words for dates, and the templates of our own apps.

In settings:

    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "alongside.foundation.nhsuk.environment.environment",
            "context_processors": ["alongside.foundation.nhsuk.shell.page_shell"],
        },
    }
"""

import logging
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.templatetags.static import static as address_of
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from .filters import FILTERS
from .shell import PageShell

OUR_PACKAGE = "alongside."
log = logging.getLogger(__name__)


def static(path: str) -> str:
    """The address of a picture, style or script. One that was not collected is logged and takes no page down."""
    try:
        return address_of(path)
    except ValueError:
        log.error("%s is not among the collected files", path)
        return f"{settings.STATIC_URL}{path}"


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route; its parts are given in order or by name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def our_template_folders() -> list[Path]:
    """`templates/` of each of our own apps, in the order of INSTALLED_APPS.

    Only ours: other packages keep templates of Django's own language under the same name.
    """
    ours = [Path(config.path) for config in apps.get_app_configs() if config.name.startswith(OUR_PACKAGE)]
    return [path / "templates" for path in ours if (path / "templates").is_dir()]


def environment(**options: Any) -> Environment:
    """A strict environment: a name that is not there is an error, in production too.

    A blank where a due date should stand is worse than an error page, and what the tests run is then what
    people use. Django would pass a forgiving kind of undefined, so it is replaced here.
    """
    options["undefined"] = StrictUndefined
    options["loader"] = ChoiceLoader([options["loader"], FileSystemLoader(our_template_folders())])
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)
    made.globals.update(static=static, url=url, plain_page=PageShell())
    made.filters.update(FILTERS)
    return made
