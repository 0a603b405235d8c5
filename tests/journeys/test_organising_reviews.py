"""A review is asked for by a family, gets a day, a panel and agreement; a panel member reads by a link of their own."""

import re
from datetime import timedelta

from alongside.foundation import clock
from tests.journeys.test_actions import ask
from tests.journeys.test_family import comes_as
from tests.journeys.visitor import Visit
from tests.journeys.world import World

IN_THREE_WEEKS = timedelta(days=21)


def test_a_review_is_organised_from_the_request_to_the_papers(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    page = priya.opens_person("Sol Winter")
    priya.follows("Reviews", within=priya.page.locator("main"))
    priya.is_at("Reviews")
    priya.page_is_accessible("reviews-of-a-person")
    priya.presses("Ask for a review")
    priya.page_is_accessible("ask-for-review")
    priya.presses("Save")
    priya.is_told("Select who asks for it")
    priya.page_is_accessible("ask-for-review-with-problem")
    priya.ticks("Community C(E)TR")
    priya.chooses("Who asks for it?", "Their family or carer")
    priya.writes("Their name", "Rosa Hill")
    priya.writes("Why now?", "Sol has not been to college for three weeks")
    priya.presses("Save")
    priya.is_told("Asked for, not answered yet")
    priya.page_is_accessible("review-asked-for")
    here = priya.page.url
    priya.presses("It will be held")
    priya.presses("It will be held")
    priya.presses("Set the day")
    priya.page_is_accessible("review-day")
    priya.writes_day("On which day?", clock.today() + IN_THREE_WEEKS)
    priya.writes("At what time does it begin?", "10:00")
    priya.writes("Where?", "Room 2, Town Hall")
    priya.presses("Save")
    for seat, name in (
        ("Chair", "Ruth Lee"),
        ("Independent clinical expert", "Dr Ade Bello"),
        ("Independent expert by experience", "Sam Cole"),
    ):
        priya.follows("Ask somebody onto the panel")
        priya.ticks(seat)
        priya.ticks("They are independent of the care that is given now")
        priya.unfolds("Somebody who stands in no list: who they are")
        priya.writes("Their name", name)
        priya.writes("Their e-mail address", "panel@example.org")
        priya.page_is_accessible("panel-seat")
        priya.presses("Save")
    priya.follows("Go on with the check-list")
    priya.page_is_accessible("review-checks")
    priya.ticks("The place is booked, and it suits them")
    priya.presses("Save")
    priya.follows("Everybody has been invited")
    priya.presses("Everybody has been invited")
    a_member_answers_by_link(visit)
    priya.opens(here.removeprefix(priya.address))
    priya.is_told("Treats Sol’s cousin")
    priya.page_is_accessible("review-with-a-conflict")
    priya.does_not_see("It was held")
    priya.opens(f"{here.removeprefix(priya.address)}/step/held")
    priya.is_told("Agreement to this review is not written down")
    priya.page_is_accessible("review-held-form")
    priya.opens(here.removeprefix(priya.address))
    priya.follows(re.compile("^Write down what they said$"))
    priya.page_is_accessible("review-agreement")
    priya.opens(f"{here.removeprefix(priya.address)}/booklet?pictures=yes")
    priya.page_is_accessible("planner-booklet")
    priya.opens("/reviews/diary")
    priya.is_told("Sol Winter")
    priya.page_is_accessible("review-diary")
    priya.follows("Over their limit")
    priya.page_is_accessible("review-breaches")
    priya.opens("/reviews/experts")
    priya.page_is_accessible("experts")
    asha = visit(as_="Asha Patel", phone=True)
    asha.opens(here.removeprefix(priya.address))
    asha.page_is_accessible("planned-review")
    asha.opens(f"{page}/reviews")
    asha.page_is_accessible("reviews-of-a-person")


def a_member_answers_by_link(visit: Visit) -> None:
    """On a phone, without an account, before there is agreement: a day and a seat, and nobody's name."""
    bello = visit(phone=True)
    bello.opens(link_for_a_panel(bello.world))
    bello.page_is_accessible("panel-link")
    bello.presses("Open it here")
    bello.is_at("You are asked to take part")
    bello.is_told("Nothing can be read yet")
    bello.does_not_see("Sol")
    bello.page_is_accessible("panel-by-link")
    bello.presses("Send the answer")
    bello.is_told("Select whether you can come")
    bello.page_is_accessible("panel-by-link-with-problem")
    bello.ticks("Yes", within=bello.page.get_by_role("group", name="Can you come?"))
    bello.ticks("Yes, or I am not sure")
    bello.writes("What is it?", "Treats Sol’s cousin")
    bello.presses("Send the answer")
    bello.is_told("Saved. Thank you.")
    bello.has_no_faults()


def link_for_a_panel(world: World) -> str:
    """The newest link that waits to be sent to a panel member."""
    wanted = "select filling->>'link' from inbox_delivery where filling->>'link' like '/panel/%'"
    return ask(world, f"{wanted} order by id desc limit 1")


def test_a_young_person_asks_for_a_meeting_and_reads_what_becomes_of_it(visit: Visit) -> None:
    kai = visit(phone=True)
    comes_as(kai, "Kai Moss")
    home = kai.page.url.removeprefix(kai.address)
    kai.opens(f"{home}/meetings/ask")
    kai.page_is_accessible("mine-ask-for-meeting")
    kai.writes("Why do you want a meeting?", "I do not sleep, and nobody asks me")
    kai.presses("Ask")
    kai.is_told("We have got it")
    kai.page_is_accessible("mine-getting-ready")
    kai.follows("With pictures")
    kai.page_is_accessible("mine-getting-ready-pictures")
