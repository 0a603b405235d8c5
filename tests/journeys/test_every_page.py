"""Every page of the menu, for each member of the cast, on a phone and on a desk."""

import pytest

from tests.journeys.visitor import Visit

CAST = (
    "Asha Patel",
    "Ben Okafor",
    "Tom Reed",
    "Priya Nair",
    "Grace Lim",
    "Helen Marsh",
    "Ed Holloway",
    "Samira Yusuf",
    "Carol Whitfield",
    "Ruth Castle",
    "Nadia Stone",
    "Ivor Blake",
    "Ada Bright",
    "Dev Sharma",
)
ON_A_PHONE = CAST[::2]
#: The same for everybody, and the rules are long: looked at closely for one on a phone and one on a desk.
SAME_FOR_ALL, LOOKED_AT_FOR = ("/rules", "/account"), ("Asha Patel", "Ivor Blake")


@pytest.mark.parametrize("name", CAST)
def test_every_page_of_the_menu_is_accessible(visit: Visit, name: str) -> None:
    visitor = visit(as_=name, phone=name in ON_A_PHONE)
    menu = visitor.page.get_by_role("navigation", name="Menu").locator("a")
    paths = [link.get_attribute("href") or "" for link in menu.all()]
    assert "/" in paths and "/rules" in paths
    for path in [*paths, "/account"]:
        visitor.opens(path)
        picture = f"{name.split()[0].lower()}{path.replace('/', '-').rstrip('-')}"
        if path in SAME_FOR_ALL and name not in LOOKED_AT_FOR:
            visitor.page_is_in_order(picture)
        else:
            visitor.page_is_accessible(picture)
