"""The README's picture, made by hand from a demonstration that runs: `python -m tests.journeys.pictures [ADDRESS]`."""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import SWITCHES, find_chromium
from tests.journeys.visitor import DESKTOP, Visitor
from tests.journeys.world import World

REGISTER = Path(__file__).resolve().parents[2] / "docs/pictures/register.png"
MOST_BYTES = 300_000


def main(address: str) -> None:
    """The register as its coordinator sees it, red first."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=SWITCHES)
        context = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="Europe/London")
        visitor = Visitor(context, World(address, Path(os.devnull)), phone=False, scripts=True)
        visitor.signs_in_as("Priya Nair", "/register?sort=colour")
        visitor.is_at("Register")
        REGISTER.parent.mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=REGISTER)
        visitor.has_no_faults()
        browser.close()
    assert REGISTER.stat().st_size < MOST_BYTES, f"{REGISTER} has {REGISTER.stat().st_size:,} bytes"


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
