"""What takes long to load is loaded where it is used: six processes start together, most need none of it."""

import os
import subprocess
import sys

from tests.guards.sources import ROOT

#: The solver and what it stands on, PDF and picture tools, the client of a service, holidays of all countries.
HEAVY = {"highspy", "numpy", "pikepdf", "pypdfium2", "PIL", "notifications_python_client", "holidays"}


def loaded_after(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; import sys; print(*sys.modules)"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "alongside.config.settings"},
        text=True,
        capture_output=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_every_page_is_there_and_nothing_heavy_with_it() -> None:
    found = loaded_after("import django; django.setup(); import alongside.config.urls")
    assert "alongside" in found
    assert found & HEAVY == set()


def test_what_is_loaded_is_seen() -> None:
    assert "numpy" in loaded_after("import numpy")
