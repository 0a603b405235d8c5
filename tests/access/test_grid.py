"""Every address for every member of the cast, in a file that reviewers see change.

`pytest tests/access/test_grid.py --update-grid` writes the file again.
"""

from pathlib import Path

import pytest

from alongside.foundation.access.roles import Role
from tests.access.asking import SUBJECTS, Asker, addresses
from tests.access.world import World, make_world

FILE = Path(__file__).parent / "grid.txt"
HEAD = """\
What each address answers to whom, about whom. Written by tests/access/test_grid.py; read it when it changes.
200 the page · 302 sent on (to the sign-in, or after doing it) · 403 inside one's scope but not allowed
404 outside one's scope, or no such thing · 405 not asked in this way · 400, 409, 422 not as it was asked

"""
SHORT = {
    "nobody": "nobody",
    Role.KEYWORKER: "keyw",
    Role.MANAGER: "mngr",
    Role.COORDINATOR: "coord",
    Role.PARTNER_HEALTH: "p-hea",
    Role.PARTNER_EDUCATION: "p-edu",
    Role.PARTNER_SOCIAL_CARE: "p-soc",
    Role.COMMISSIONER: "comm",
    Role.SENIOR_OFFICER: "sro",
    Role.REGIONAL: "reg",
    Role.GOVERNANCE: "gov",
    Role.ADMIN: "admin",
    Role.YOUNG_PERSON: "young",
    Role.FAMILY: "family",
    "neighbour": "next",
}
WIDTH = 84
# A form that is refused to these is refused to the others by the same line.
SENT_ABOUT = ("agreed", "restricted", "moved")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def grid_of(world: World) -> str:
    asker = Asker(world)
    lines = ["".ljust(WIDTH) + "".join(f"{short:>7}" for short in SHORT.values())]
    for method, subjects in (("get", SUBJECTS), ("post", SENT_ABOUT)):
        for name, address in list(addresses(world, subjects)):
            statuses = [asker.ask(who, method, address).status_code for who in SHORT]
            lines.append(f"{method:4} {name}".ljust(WIDTH) + "".join(f"{status:>7}" for status in statuses))
    return HEAD + "\n".join(lines) + "\n"


def test_the_grid_is_as_it_was_reviewed(world: World, request: pytest.FixtureRequest) -> None:
    found = grid_of(world)
    if request.config.getoption("--update-grid"):
        FILE.write_text(found)
    failing = [line for line in found.splitlines() if "    500" in line]
    assert not failing, "\n".join(failing)
    reviewed = FILE.read_text()
    changed = [line for line in found.splitlines() if line not in reviewed.splitlines()]
    gone = [line for line in reviewed.splitlines() if line not in found.splitlines()]
    told = ["Look at what changed, then --update-grid.", "now:", *changed, "reviewed:", *gone]
    assert found == reviewed, "\n".join(told)
