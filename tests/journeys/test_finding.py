"""Finding somebody: mistyped, by number, and never outside one's work."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit


def test_a_mistyped_name_finds_the_person(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", phone=True)
    priya.looks_for("Elis Warde")
    priya.is_told("Ward, Ellis")
    priya.page_is_accessible("found")


def test_an_nhs_number_finds_the_person_and_stands_in_no_address(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    priya.opens_person("Kai Moss")
    number = priya.page.get_by_role("region", name="Kai Moss").locator(".app-person__nhs-number").first.inner_text()
    assert re.fullmatch(r"999 \d{3} \d{4}", number)
    priya.looks_for(number)
    assert "999" not in priya.page.url
    expect(priya.page.get_by_role("link", name="Moss, Kai")).to_be_visible()
    expect(priya.page.get_by_role("link", name=re.compile(r"^\w+, \w+$"))).to_have_count(1)


def test_nobody_outside_the_area_is_found(visit: Visit) -> None:
    dev = visit(as_="Dev Sharma")
    dev.looks_for("Kai Moss")
    dev.does_not_see("Moss, Kai")
    dev.page_is_accessible("found-nobody")


def test_a_record_outside_scope_is_not_there(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    leo, kai = priya.opens_person("Leo Brandt"), priya.opens_person("Kai Moss")
    asha, dev = visit(as_="Asha Patel"), visit(as_="Dev Sharma")
    asha.opens(leo, status=404)
    asha.page_is_accessible("not-there")
    dev.opens(kai, status=404)
    dev.opens(f"{kai}/timeline", status=404)


def test_a_partner_sees_their_people_and_their_topics(visit: Visit) -> None:
    ed = visit(as_="Ed Holloway", phone=True)
    ed.follows("Register")
    ed.is_at("People you work with")
    ed.does_not_see("Okonjo")
    ed.follows("Kai Moss")
    ed.is_at("Kai Moss")
    ed.is_told("Some of the record is not shown to you")
    ed.is_told("Netherby High School")
    ed.does_not_see("Harrowdene Surgery")
    expect(ed.page.get_by_role("region", name="Time in hospital and other places")).to_have_count(0)
    ed.does_not_see("A&E twice")
    ed.page_is_accessible("person-partner")
    helen = visit(as_="Helen Marsh")
    helen.follows("Register")
    helen.follows("Kai Moss")
    helen.is_told("Harrowdene Surgery")
    helen.does_not_see("Netherby High School")
    helen.page_is_accessible("person-health")
