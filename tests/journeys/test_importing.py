"""A coordinator brings in the spreadsheet they keep, as it is."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit, Visitor
from tests.plugin import ROOT

SHEET = ROOT / "alongside/exchange/tests/data/register-northmoor.xlsx"
ROWS = 187


def test_a_spreadsheet_becomes_a_live_register(visit: Visit) -> None:
    dev = visit(as_="Dev Sharma")
    dev.follows("Import")
    dev.is_at("Import a register")
    dev.page_is_accessible("import")
    dev.presses("Send it in")
    dev.is_told("Choose the spreadsheet of your register")
    _send_in(dev)
    dev.page_is_accessible("import-columns")
    dev.chooses("Postcode", "Keep it as text")
    dev.presses("Check the rows")

    dev.is_at("Check the rows")
    dev.is_told("Nothing is written yet")
    dev.page_is_accessible("import-check")
    counts = _counts(dev)
    assert counts["rows"] == ROWS == sum(number for name, number in counts.items() if name != "rows")
    assert counts["new on the register"] > 150 and counts["could not be taken"] >= 1
    dev.follows(re.compile("could not be taken$"))
    expect(dev.page.get_by_role("row").filter(has_text="Could not be taken")).to_have_count(
        counts["could not be taken"]
    )
    dev.presses(re.compile(r"^Import \d+ people$"))

    dev.is_at("Imported")
    dev.is_told(f"{counts['new on the register']} people are new on the register")
    dev.page_is_accessible("import-done")
    dev.follows("Decide about the rows that need a person")
    expect(dev.page.get_by_role("rowheader")).to_have_count(
        counts["a person must decide"] + counts["could not be taken"]
    )
    dev.page_is_accessible("import-to-decide")
    dev.page.get_by_role("rowheader").first.get_by_role("link").click()
    dev.page_is_accessible("import-row")
    _what_is_late_stands_in_a_backlog(dev)
    _the_corrected_column_is_kept_as_text(dev)
    _sending_it_in_again_brings_nobody_new(dev)


def _send_in(visitor: Visitor) -> None:
    visitor.page.locator("input[type=file]").set_input_files(SHEET)
    visitor.presses("Send it in")
    visitor.is_at("What each column is")


def _counts(visitor: Visitor) -> dict[str, int]:
    links = visitor.page.get_by_role("navigation", name="Rows by what becomes of them").get_by_role("link")
    told = [words.replace("\n", " ").strip() for words in links.all_inner_texts()]
    return {name: int(number) for number, name in (words.split(" ", 1) for words in told)}


def _what_is_late_stands_in_a_backlog(visitor: Visitor) -> None:
    visitor.follows("My day")
    expect(visitor.page.get_by_role("heading", name=re.compile("^Backlog of "))).to_be_visible()
    visitor.page_is_accessible("my-day-with-backlog")
    visitor.follows("Give them days")
    expect(visitor.page.locator("h1")).to_contain_text(re.compile("backlog", re.IGNORECASE))
    visitor.page_is_accessible("backlog")


def _the_corrected_column_is_kept_as_text(visitor: Visitor) -> None:
    visitor.opens_person("Zara Ekwueme")
    sheet = visitor.page.get_by_role("region", name="From the imported sheet")
    expect(sheet).to_contain_text("ZZ8 6FP")
    visitor.page_is_accessible("person-imported")


def _sending_it_in_again_brings_nobody_new(visitor: Visitor) -> None:
    visitor.follows("Import")
    _send_in(visitor)
    expect(visitor.page.get_by_label("Postcode")).to_have_value("")
    visitor.presses("Check the rows")
    visitor.is_at("Check the rows")
    assert _counts(visitor)["new on the register"] == 0
    visitor.presses("Don't import this sheet")
    visitor.is_told("Nothing was written")


def test_what_is_no_spreadsheet_gets_a_sentence(visit: Visit) -> None:
    dev = visit(as_="Dev Sharma", wanted="/import", phone=True, scripts=False)
    files = {"name": "register.xlsx", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing"}
    dev.page.locator("input[type=file]").set_input_files(files)
    dev.presses("Send it in")
    dev.is_told("There is a problem")
    dev.page_is_in_order("import-no-sheet")
