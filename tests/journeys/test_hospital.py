"""An admission makes the rating blue at once, a discharge makes it red."""

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
    priya.writes("Where did they go?", "Home")
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
