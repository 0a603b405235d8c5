"""Everything can be done from the keyboard, and one always sees where one is."""

import re

from playwright.sync_api import Route, expect

from tests.journeys.visitor import DESKTOP, PHONE, Visit, Visitor

MOST_TABS = 80
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
FOCUS = """() => {
  const at = document.activeElement
  const box = at.getBoundingClientRect()
  const asked = at.labels && at.labels[0]
  const look = getComputedStyle(at)
  const parent = getComputedStyle(at.parentElement)
  const label = asked ? getComputedStyle(asked, '::before') : null
  const marked = (style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none'
  return {
    words: (at.getAttribute('aria-label') || at.innerText || (asked && asked.innerText) || '').trim(),
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    marked: marked(look) || marked(parent) || (label !== null && marked(label)),
    html: at.outerHTML.slice(0, 200),
  }
}"""


def test_the_skip_link_comes_first_and_leads_to_the_page(visit: Visit) -> None:
    asha = visit(as_="Asha Patel")
    asha.page.keyboard.press("Tab")
    skip = asha.page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    asha.page.keyboard.press("Enter")
    expect(asha.page.locator("main")).to_be_focused()
    asha.page.keyboard.press("Tab")
    assert asha.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_keyworker_answers_a_duty_without_a_mouse(visit: Visit) -> None:
    asha = visit()
    asha.opens("/sign-in")
    _tab_to(asha, "Be Asha Patel")
    asha.page.keyboard.press("Enter")
    asha.is_at("My day")
    _tab_to(asha, "Register")
    asha.page.keyboard.press("Enter")
    asha.is_at("People you work with")
    _tab_to(asha, "Moss, Kai")
    asha.page.keyboard.press("Enter")
    asha.is_at("Kai Moss")
    _tab_to(asha, "Write down what they said")
    asha.page.keyboard.press("Enter")
    expect(asha.page.get_by_role("button", name="Save")).to_be_visible()
    _tab_to(asha, "What did they say, in their own words?")
    asha.page.keyboard.type("I like the new bus driver.")
    _tab_to(asha, "Save")
    asha.page.keyboard.press("Enter")
    asha.is_told("“I like the new bus driver.”")


def test_a_script_that_comes_late_leaves_the_keyboard_where_it_is(visit: Visit) -> None:
    asha = visit(as_="Asha Patel")
    held: list[Route] = []
    asha.page.route(re.compile(r"/static/alongside\b.*js"), lambda route: held.append(route))
    asha.page.goto(asha.address, wait_until="commit")
    asha.is_at("My day")
    _tab_to(asha, "Register")
    held[0].continue_()
    asha.page.wait_for_load_state()
    asha.page.wait_for_function(TWO_FRAMES)
    expect(asha.page.get_by_role("link", name="Register", exact=True)).to_be_focused()


def test_a_link_that_is_folded_away_gives_the_keyboard_to_more(visit: Visit) -> None:
    asha = visit(as_="Asha Patel")
    actions = asha.page.locator(".nhsuk-header__navigation-link", has_text="Actions")
    actions.focus()
    asha.page.set_viewport_size(PHONE)
    expect(asha.page.get_by_role("button", name="Browse More")).to_be_focused()
    asha.page.keyboard.press("Enter")
    actions.focus()
    asha.page.set_viewport_size(DESKTOP)
    asha.page.wait_for_function(TWO_FRAMES)
    expect(actions).to_be_focused()


def test_the_summary_of_problems_takes_the_keyboard_to_the_question(visit: Visit) -> None:
    asha = visit(as_="Asha Patel")
    asha.opens_person("Kai Moss")
    asha.follows("Write down what they said")
    asha.presses("Save")
    expect(
        asha.page.get_by_role("alert").locator("..").or_(asha.page.locator(".nhsuk-error-summary")).first
    ).to_be_focused()
    asha.follows("Write down what they said", within=asha.page.locator(".nhsuk-error-summary"))
    expect(asha.page.get_by_label("What did they say, in their own words?")).to_be_focused()


def _tab_to(visitor: Visitor, words: str) -> None:
    """Presses Tab until there; wherever it comes by is in sight and marked."""
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press("Tab")
        at = visitor.page.evaluate(FOCUS)
        assert at["seen"] and at["marked"], at["html"]
        if at["words"].split("\n")[0] == words:
            return
    raise AssertionError(f"{MOST_TABS} tabs do not lead to '{words}'")
