"""Every link of the pages about a stay opens something."""

import re
from datetime import timedelta
from html import unescape

import pytest

from alongside.features.hospital.inpatient import living
from alongside.overview.in_hospital.tests.test_pages import in_hospital, told, write
from tests.cast import Area
from tests.stories.telling import at, on, staff

pytestmark = pytest.mark.django_db
LEFT_OUT = ("/static/", "/sign-out", "/duties/")


def links_of(page: str) -> set[str]:
    """Addresses in the main part of a page."""
    main = page.partition("<main")[2].partition("</main>")[0]
    found = {unescape(one) for one in re.findall(r'href="([^"]*)"', main)}
    return {one for one in found if not one.startswith(("#", "?", *LEFT_OUT))}


def test_every_link_about_a_stay_leads_somewhere(northmoor: Area) -> None:
    stay = in_hospital(northmoor, adult_ward=True)
    told(northmoor, stay, "adult_ward", "cqc")
    begun = at(3, 6, 12)
    write(northmoor, living.begin_segregation, stay, at(4, 6), from_at=begun, because="Hurt others")
    away = {"kind": "s17", "from_at": begun, "back_by": begun + timedelta(hours=3)}
    write(northmoor, living.begin_leave, stay, at(4, 6), **away)
    here = f"/hospital/stays/{stay.pk}"
    with on(5, 6):
        browser = staff(northmoor, "manager")
        pages = [browser.get(address).content.decode() for address in (here, f"{here}/follows", "/hospital")]
        links = set().union(*map(links_of, pages))
        assert len([one for one in links if one.startswith(here)]) > 15
        for link in sorted(links):
            assert browser.get(link).status_code == 200, link
