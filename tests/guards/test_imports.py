"""The import contracts hold, and an import that points up turns them red."""

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.sources import ROOT


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--config", ROOT / ".importlinter", "--no-cache"]
    return subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)


def contract(name: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser[f"importlinter:contract:{name}"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tree with every room that the contracts name, and nothing in them."""
    for root in ("alongside", "simulator", "tests"):
        (tmp_path / root).mkdir()
        (tmp_path / root / "__init__.py").touch()
    rooms = []
    for name in ("product", "features", "foundation"):
        section = contract(name)
        container = section["containers"].strip().replace(".", "/")
        rooms += [f"{container}/{room}" for room in section["layers"].replace("|", " ").split() if "(" not in room]
    for room in [*rooms, "alongside/exchange/sheets"]:
        (tmp_path / room).mkdir(exist_ok=True)
        (tmp_path / room / "__init__.py").touch()
    return tmp_path


def test_imports_point_down_only() -> None:
    found = check(ROOT)
    assert found.returncode == 0, found.stdout


def test_the_empty_tree_keeps_every_contract(small: Path) -> None:
    found = check(small)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("features/people", "import alongside.overview"),
        ("features/people", "import alongside.features.register"),
        ("foundation/clock", "import alongside.foundation.accounts"),
        ("foundation/access", "import alongside.policy"),
        ("policy", "import alongside.foundation.clock"),
        ("policy", "import django"),
        ("exchange/sheets", "import alongside.features.people"),
        ("foundation/launcher", "import django"),
        ("overview", "import simulator"),
        ("overview", "import tests"),
    ],
)
def test_an_import_that_points_up_turns_them_red(small: Path, room: str, line: str) -> None:
    (small / "alongside" / room / "__init__.py").write_text(line + "\n")
    assert check(small).returncode == 1


def test_a_room_without_a_place_turns_them_red(small: Path) -> None:
    (small / "alongside/features/another").mkdir()
    (small / "alongside/features/another/__init__.py").touch()
    assert check(small).returncode == 1
