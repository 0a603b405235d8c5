"""An admission makes the rating blue at once, a discharge makes it red."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit, Visitor


def test_a_rating_follows_an_admission_and_a_discharge_at_once(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    priya.opens_person("Jordan Teal")
    priya.follows("Record an admission")
    priya.is_at("Record an admission")
    priya.page_is_accessible("admission")
    priya.presses("Save the admission")
    priya.is_told("There is a problem")
    priya.writes("Name of the place", "Sandpiper House")
    priya.presses("Save the admission")
    priya.is_at("Jordan Teal")
    assert _rating(priya) == "Blue"
    priya.is_told("Sandpiper House")
    expect(priya.page.get_by_role("article").first).to_be_visible()
    priya.page_is_accessible("person-admitted")
    _in_hospital(priya, listed=True)

    priya.opens_person("Jordan Teal")
    priya.follows("Record the discharge from Sandpiper House")
    priya.chooses("Where did they go?", "Family home")
    priya.writes("In a few words", "Home to her mother")
    priya.page_is_accessible("discharge")
    priya.presses("Save the discharge")
    priya.is_at("Jordan Teal")
    assert _rating(priya) == "Red"
    priya.page_is_accessible("person-discharged")
    _in_hospital(priya, listed=False)


def _rating(visitor: Visitor) -> str:
    return visitor.page.get_by_role("region", name="Jordan Teal").locator(".app-rating").inner_text()


def _in_hospital(visitor: Visitor, *, listed: bool) -> None:
    visitor.follows("Register")
    visitor.opens_filters()
    visitor.ticks("In hospital")
    visitor.presses("Show")
    expect(visitor.page.get_by_role("link", name="Teal, Jordan")).to_have_count(int(listed))


def test_a_stay_from_the_admission_to_the_commissioners_file(visit: Visit) -> None:
    """Everything of a stay on one page, who was told, a visit, a transfer, and the other list."""
    priya = visit(as_="Priya Nair", phone=True)
    reference = priya.opens_person("Jordan Teal")
    priya.opens(f"{reference}/admit")
    priya.writes("Name of the place", "Heron Lodge")
    priya.ticks("It is an adult ward")
    priya.presses("Save the admission")
    priya.follows("Heron Lodge")
    priya.is_at("Heron Lodge")
    priya.page_is_accessible("stay")
    stay = priya.page.url.removeprefix(priya.address)

    priya.follows("What follows from this admission")
    priya.page_is_accessible("stay-follows")
    priya.follows(re.compile("^Write down who was told ?: Told of an adult ward"))
    priya.page_is_accessible("stay-tell")
    priya.presses("Save")
    priya.is_told("There is a problem")
    priya.writes("To whom there?", "CQC notifications")
    priya.ticks("Form or portal of theirs")
    priya.presses("Save")
    priya.is_told("The notice was saved")
    priya.is_told("CQC notifications")

    priya.opens(f"{stay}/visit")
    priya.page_is_accessible("stay-visit")
    on_the_ward = priya.page.get_by_role("group", name="Was it face to face, on the ward?")
    priya.ticks("Yes", within=on_the_ward)
    alone = priya.page.get_by_role("group", name="Was the young person seen alone?")
    priya.ticks("No", within=alone)
    priya.writes("Why not?", "Staff would not leave")
    priya.presses("Save")
    priya.is_told("Not seen alone")

    priya.opens(f"{stay}/move")
    priya.page_is_accessible("stay-move")
    priya.ticks("Transferred to another hospital")
    priya.writes("Name of the other hospital", "Sandpiper House")
    priya.presses("Save")
    priya.is_at("Sandpiper House")
    priya.opens("/hospital")
    priya.is_told("Jordan Teal")
    priya.page_is_accessible("in-hospital")

    priya.follows("Commissioner’s file")
    headings = "NHS number,Forename,Surname,Date of birth,Hospital,Date of admission"
    sheet = f"{headings}\n,Robin,Nobody,04/03/2012,Heron Lodge,01/05/2026".encode()
    chosen = {"name": "inpatients.csv", "mimeType": "text/csv", "buffer": sheet}
    priya.page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    priya.presses("Compare")
    priya.is_told("Only in our record")
    priya.page_is_accessible("inpatient-file")
    priya.follows(re.compile("^Decide about Nobody, Robin"))
    priya.page_is_accessible("inpatient-line")
    priya.ticks("Nothing has to change")
    priya.writes("How do you know, and who was told?", "Rang the ward: nobody of this name")
    priya.presses("Save the decision")
    priya.is_told("Rang the ward")

    priya.opens(f"{stay}/discharge")
    priya.presses("Save the discharge")
