"""The journeys' browser and area, made once a worker, and the world that each file's journeys find."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.visitor import DESKTOP, PHONE, Visit, Visitor
from tests.journeys.world import NotReady, World, made_area, open_world

# No network beyond this machine, nothing in the background, and no sandbox, since tests may run as root.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Long, because a busy machine is slow; nothing waits longer than it must.
WAITS_MS = 60_000


def find_chromium() -> str:
    """The browser named by CHROMIUM, else the one on the path."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NotReady("The journeys need Chromium. Install the package 'chromium', or name it with CHROMIUM=.")
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=WAITS_MS)
    with sync_playwright() as player:
        launched = player.chromium.launch(executable_path=find_chromium(), args=SWITCHES)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def area(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureRequest, django_db_setup: None
) -> Iterator[str]:
    with django_db_blocker.unblock(), made_area(tmp_path_factory.mktemp("area")) as made:  # type: ignore[attr-defined]
        yield made


@pytest.fixture(scope="module")
def world(
    area: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureRequest
) -> Iterator[World]:
    """Each file's journeys begin in the area as it was made, whatever ran before them."""
    with django_db_blocker.unblock(), open_world(area, tmp_path_factory.mktemp("world")) as opened:  # type: ignore[attr-defined]
        yield opened


@pytest.fixture
def visit(browser: Browser, world: World) -> Iterator[Visit]:
    """`visit(as_="Asha Patel", phone=True, scripts=False)`: somebody at a browser of their own, signed in or not."""
    came: list[Visitor] = []

    def come(as_: str = "", wanted: str = "/", *, phone: bool = False, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAITS_MS)
        visitor = Visitor(context, world, phone=phone, scripts=scripts)
        came.append(visitor)
        return visitor.signs_in_as(as_, wanted) if as_ else visitor

    yield come
    for visitor in came:
        visitor.context.close()
    for visitor in came:
        visitor.has_no_faults()
