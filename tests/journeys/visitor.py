"""Somebody at a browser: what they see and do, and what must be true of every page they come to."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Request, Response, expect

from tests.journeys.world import World

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
#: What no page may break: WCAG 2.2 at AA, and axe's own advice on headings, landmarks and the like.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False, "iframes": False}
#: A folder for pictures of every page that is looked at, for whoever works on the pages.
PICTURES = os.environ.get("JOURNEY_PICTURES", "")


class Visitor:
    """One browser of its own (own cookies). Collects every fault of a page; `has_no_faults` tells them."""

    def __init__(self, context: BrowserContext, world: World, *, phone: bool, scripts: bool) -> None:
        self.world, self.address, self.phone, self.scripts = world, world.address, phone, scripts
        self.faults: list[str] = []
        self.context = context
        context.on("request", self._asked)
        context.on("response", self._answered)
        self.page = context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))

    # --- doing

    def signs_in_as(self, name: str, wanted: str = "/") -> "Visitor":
        """One click in the demonstration; comes out at `wanted`."""
        self.opens(f"/sign-in?next={wanted}")
        self.presses(f"Be {name}")
        expect(self.page.get_by_role("link", name=name)).to_be_visible()
        return self

    def signs_out(self) -> None:
        self.presses("Sign out")
        self.is_told("You have signed out")

    def opens(self, path: str, *, status: int = 200) -> None:
        response = self.page.goto(self.address + path)
        assert response is not None and response.status == status, f"{path}: {response and response.status}"

    def follows(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """A link by its words; on a narrow screen also one that the menu keeps under 'More'."""
        link = (within or self.page).get_by_role("link", name=words, exact=isinstance(words, str))
        more = self.page.get_by_role("button", name="Browse More")
        if within is None and not link.count() and more.is_visible():
            more.click()
        link.click()

    def presses(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """A button, or a link that looks like one, by its words."""
        within = within or self.page.locator("body")
        within.get_by_role("button", name=words, exact=isinstance(words, str)).click()

    def writes(self, label: str | re.Pattern[str], words: str) -> None:
        self.page.get_by_label(_label(label)).fill(words)

    def writes_day(self, question: str | re.Pattern[str], day: Any) -> None:
        """A day in its three boxes."""
        boxes = self.page.get_by_role("group", name=question)
        for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label, exact=True).fill(str(part))

    def ticks(self, label: str | re.Pattern[str], within: Locator | None = None) -> None:
        (within or self.page).get_by_label(_label(label)).check()

    def chooses(self, label: str, choice: str) -> None:
        self.page.get_by_label(_label(label)).select_option(label=choice)

    def looks_for(self, words: str) -> None:
        """With the search box that stands on every page."""
        box = self.page.get_by_label("Find a person by name or NHS number")
        box.fill(words)
        box.press("Enter")
        self.is_at("Find a person")

    def opens_person(self, name: str) -> str:
        """By searching for them, as people do. The address of their page."""
        self.looks_for(name)
        self.follows(", ".join(reversed(name.split())))
        self.is_at(name)
        return self.page.url.removeprefix(self.address)

    def unfolds(self, words: str) -> None:
        """Opens what is folded away."""
        self.page.locator("summary", has_text=words).click()

    def opens_filters(self) -> None:
        """Of the register's list; they are folded away until somebody wants them."""
        self.page.get_by_text("Filter and sort", exact=True).click()

    def finds_card(self, person: str, what: str | re.Pattern[str]) -> Locator:
        """A thing to do in my day, or on the list behind it when there are more than my day shows."""
        self.opens("/")
        for state in ("late", "due"):
            cards = self.card(person, what)
            if cards.count():
                return cards.first
            self.opens(f"/duties?state={state}")
        expect(self.card(person, what)).to_be_visible()
        return self.card(person, what)

    def card(self, person: str, what: str | re.Pattern[str]) -> Locator:
        """By words of its own, its title or its reason. `person` is '' on a person's own page."""
        cards = self.page.get_by_role("article").filter(has=self.page.get_by_text(what))
        return cards.filter(has=self.page.get_by_role("link", name=person, exact=True)) if person else cards

    # --- seeing

    def is_at(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def does_not_see(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words)).to_have_count(0)

    def is_told(self, words: str | re.Pattern[str]) -> None:
        """Somewhere on the page, in words."""
        expect(self.page.locator("main")).to_contain_text(words)

    def page_is_in_order(self, name: str = "") -> None:
        """One main heading, a title, nothing wider than a phone, and no fault so far."""
        page = self.page
        expect(page.locator("h1")).to_have_count(1)
        expect(page).to_have_title(re.compile(r"\S+ - Alongside"))
        if self.phone:
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= PHONE["width"], f"{page.url} is {wide} pixels wide on a phone"
        self._picture(name)
        self.has_no_faults()

    def page_is_accessible(self, name: str = "") -> None:
        """In order, and without anything that axe finds wrong."""
        self.page_is_in_order(name)
        page = self.page
        found = Axe().run(page, options=AXE)
        assert not found.response["violations"], f"{page.url}\n{_told(found.response['violations'])}"

    def has_no_faults(self) -> None:
        assert not self.faults, "\n".join([*self.faults, "The server said:", self.world.log.read_text()[-4000:]])

    # --- what the browser tells

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:")):
            self.faults.append(f"asked for something beyond this service: {request.url}")

    def _answered(self, response: Response) -> None:
        own_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not own_page):
            self.faults.append(f"{response.status} for {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # The browser also reports each page that answers 403, 404 or 409: those are part of journeys.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text} ({self.page.url})")

    def _picture(self, name: str) -> None:
        if not PICTURES:
            return
        name = name or re.sub(r"[^a-z0-9]+", "-", self.page.url.removeprefix(self.address).lower()).strip("-") or "home"
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        shape = "phone" if self.phone else "desktop"
        self.page.screenshot(path=folder / f"{name}-{shape}.png", full_page=True)


Visit = Callable[..., Visitor]


def _label(words: str | re.Pattern[str]) -> re.Pattern[str]:
    """A question as it is asked, whether or not it must be answered."""
    return re.compile(rf"^{re.escape(words)}( \(optional\))?$") if isinstance(words, str) else words


def _told(violations: list[dict[str, Any]]) -> str:
    lines = []
    for each in violations:
        lines.append(f"{each['id']} ({each['impact']}): {each['help']}")
        lines += [f"    {node['html'][:200]}\n    {node['failureSummary']}" for node in each["nodes"][:4]]
    return "\n".join(lines)
