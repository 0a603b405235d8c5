"""Records that are guarded: opened in an emergency on a phone, restricted, asked for, and audited."""

import re

import pytest
from playwright.sync_api import expect

from alongside.foundation import clock
from tests.journeys.visitor import Visit, Visitor


def reference_of(visitor: Visitor) -> str:
    found = re.search(r"[A-Z]{2}-\d{4}-\d{4}", visitor.page.locator("main").inner_text())
    assert found
    return found[0]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_nurse_at_night_opens_a_record_and_it_is_looked_at(visit: Visit, scripts: bool) -> None:
    priya = visit(as_="Priya Nair")
    address = priya.opens_person("Theo Lamb")
    number = re.search(r"\d{3} \d{3} \d{4}", priya.page.locator("main").inner_text())
    assert number
    helen = visit(as_="Helen Marsh", phone=True, scripts=scripts)
    helen.opens(address, status=404)
    helen.opens("/break-glass")
    if scripts:
        helen.page_is_accessible("break-glass")
    helen.writes("NHS number", "999 000 0018")
    helen.ticks("They are in A&E, or may be admitted today")
    helen.writes("What is happening?", "Came in with police, very distressed.")
    helen.presses("Open the record")
    helen.is_told("No record was opened")
    if scripts:
        helen.page_is_accessible("break-glass-nothing")
    helen.writes("NHS number", number[0])
    helen.presses("Open the record")
    helen.is_at("Theo Lamb")
    helen.is_told("Emergency access.")
    if scripts:
        helen.sees(re.compile(r"\(1[12] h( \d+ min)? left\)|\(12 h 0 min left\)"))
        helen.page_is_accessible("opened-in-an-emergency")
    helen.opens("/messages")
    helen.is_told("Emergency access.")
    helen.presses("I am finished")
    helen.page_is_in_order("finished")
    helen.presses("Close the record")
    helen.is_told("The record is closed to you")
    helen.opens(address, status=404)
    tom = visit(as_="Tom Reed", wanted="/break-glass/openings")
    tom.page_is_accessible("openings")
    tom.page.get_by_role("row").filter(has_text="Not looked at").get_by_role("link").first.click()
    tom.is_told("very distressed")
    tom.page_is_accessible("opening")
    tom.ticks("Yes", within=tom.page.get_by_role("group", name="Was it justified?"))
    tom.writes("What did you find?", "She was right to look.")
    tom.ticks("Yes", within=tom.page.get_by_role("group", name="Was the young person or their family told?"))
    tom.writes("How were they told?", "Tom rang them the same evening.")
    tom.presses("Save")
    tom.is_told("Justified")


def test_governance_restricts_a_record_and_lifts_it(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    address = priya.opens_person("Theo Lamb")
    reference = reference_of(priya)
    ivor = visit(as_="Ivor Blake", wanted="/restricted")
    ivor.page_is_accessible("restricted")
    ivor.presses("Restrict a record")
    ivor.page_is_accessible("restrict")
    ivor.writes("Whose record?", reference)
    ivor.writes("Why must only named people find this record?", "The child of a colleague.")
    if ivor.page.get_by_label("Find a colleague").count():
        ivor.writes("Find a colleague", "priya")
        ivor.presses("Find a colleague")
        ivor.page_is_accessible("restrict-found")
    ivor.ticks(re.compile("^Priya Nair"))
    ivor.presses("Restrict the record")
    ivor.is_told("Restricted.")
    tom = visit(as_="Tom Reed", phone=True)
    tom.opens(address, status=404)
    tom.looks_for("Lamb")
    tom.does_not_see(re.compile("Lamb, Theo"))
    priya.opens(address)
    ivor.follows(reference)
    ivor.page_is_accessible("restriction")
    ivor.presses("Lift the restriction")
    ivor.writes("Why can everybody whose work it is find it again?", "The colleague has left.")
    ivor.presses("Lift the restriction")
    ivor.is_told("Lifted.")
    tom.opens(address)


def test_a_request_for_a_record_is_checked_by_two_and_given_out(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    priya.opens_person("Theo Lamb")
    reference = reference_of(priya)
    ivor = visit(as_="Ivor Blake", wanted="/subject-access/new")
    ivor.page_is_accessible("request-for-a-record")
    ivor.writes("Reference", reference)
    ivor.writes_day("When did the request come in?", clock.today())
    ivor.ticks("The person themselves")
    ivor.writes("Their name", "Theo Lamb")
    ivor.writes("How do you know who they are, and that they may ask?", "Known to their keyworker.")
    if ivor.page.get_by_label("Find a colleague").count():
        ivor.writes("Find a colleague", "tom reed")
        ivor.presses("Find a colleague")
        ivor.page_is_accessible("request-for-a-record-found")
    ivor.ticks(re.compile("^Tom Reed"))
    ivor.presses("Save the request")
    ivor.is_told("The clock runs")
    ivor.page.get_by_role("row").filter(has_text=reference).get_by_role("link").first.click()
    here = ivor.page.url.removeprefix(ivor.address)
    ivor.page_is_accessible("request")
    ivor.opens(f"{here}/pack")
    ivor.page_is_accessible("pack")
    ivor.opens(here)
    ivor.presses("Check what tells of others")
    ivor.page_is_accessible("check-others")
    for _ in range(30):
        choices = ivor.page.get_by_label("Leave it in")
        if not choices.count():
            break
        for choice in choices.all():
            choice.check()
        ivor.presses("Save and go on")
        ivor.page.wait_for_load_state()
    tom = visit(as_="Tom Reed", wanted=here, phone=True)
    tom.presses("Approve the pack")
    tom.presses("Approve the pack")
    tom.is_told("Approved.")
    tom.page_is_accessible("approved")
    with ivor.page.expect_download() as fetched:
        ivor.opens(here)
        ivor.presses("Download to read (PDF)")
    assert fetched.value.suggested_filename.endswith(".pdf")


def test_retention_and_audit_on_a_phone(visit: Visit) -> None:
    ivor = visit(as_="Ivor Blake", phone=True)
    for path, name in (
        ("/retention", "retention"),
        ("/retention/holds/new", "hold"),
        ("/audit?show=changes", "audit-changes"),
        ("/audit/unusual", "audit-unusual"),
        ("/subject-access", "requests"),
    ):
        ivor.opens(path)
        ivor.page_is_accessible(name)
    ivor.opens("/audit?show=changes")
    ivor.page.get_by_role("row").nth(1).get_by_role("link").first.click()
    ivor.writes("Why do you need to see the values?", "A complaint of the family.")
    ivor.presses("Show the values")
    expect(ivor.page.get_by_role("table")).to_be_visible()
    ivor.page_is_accessible("audit-values")
