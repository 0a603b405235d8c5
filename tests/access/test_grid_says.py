"""What must hold in the reviewed grid whatever else changes: so that a careless update is noticed too."""

from collections.abc import Iterator

import pytest

from tests.access.test_grid import FILE, SHORT, WIDTH

# Asking to join or to come back, the letter with its own key, the family's door, what an organisation's own link or the
# owner of an action's opens, the one question afterwards, and a calendar by its secret address are open to whoever
# comes, and show nobody.
BY_LINK = ("notice/<token>", "alert/<token>", "schools/ask/<token>", "tell/<token>", "action/<token>")
BY_LINK += ("calendar/<secret>.ics", "after/<token>", "decision/<token>")
BY_LINK += ("panel", "panel/calendar.ics", "panel/papers/<number>", "panel/<token>")
OPEN = ("sign-in", "sign-out", "health", "refer", "come-back", "outcome/<key>", "family", *BY_LINK)
OF_FAMILIES = {"young", "family"}
COLUMNS = list(SHORT.values())
AREA = {"mngr", "coord", "comm"}


def lines() -> Iterator[tuple[str, str, str, dict[str, int]]]:
    """(method, address, about whom, status by member) of each line."""
    for line in FILE.read_text().splitlines():
        if line[:5] not in ("get  ", "post "):
            continue
        method, name, statuses = line[:4].strip(), line[5:WIDTH].strip(), line[WIDTH:].split()
        address, _, subject = name.partition(" [")
        yield method, address, subject.rstrip("]"), dict(zip(COLUMNS, map(int, statuses), strict=True))


def test_nobody_gets_anywhere_but_to_the_sign_in() -> None:
    inside = [(m, a, s["nobody"]) for m, a, _, s in lines() if not a.startswith(OPEN) and s["nobody"] not in (302, 405)]
    assert inside == []


@pytest.mark.parametrize(
    ("subject", "may"),
    [
        ("agreed", AREA | {"keyw", "p-hea"}),
        ("unconfirmed", {"coord"}),
        ("restricted", {"p-soc"}),
        ("moved", AREA | {"next"}),
        ("neighbour", {"next", "p-edu"}),
    ],
)
def test_a_page_about_a_person_opens_within_scope_only(subject: str, may: set[str]) -> None:
    about = [(m, a, s) for m, a, whom, s in lines() if whom == subject]
    assert about
    opened = {
        (method, address, who)
        for method, address, s in about
        for who in COLUMNS
        if s[who] == 200 and not (who in OF_FAMILIES and address.startswith("mine/"))
    }
    assert {who for _, _, who in opened} <= may, sorted(opened)
    page = next(s for m, a, s in about if m == "get" and a == "people/<reference>")
    assert {who for who in COLUMNS if page[who] == 200} == may


def test_families_open_their_own_pages_and_nobody_elses() -> None:
    opened = {(a, whom, who) for _, a, whom, s in lines() if whom for who in OF_FAMILIES if s[who] in (200, 422)}
    assert {address.split("/")[0] for address, _, _ in opened} == {"mine"}
    assert {whom for _, whom, _ in opened} == {"agreed"}


def test_staff_open_no_page_of_a_family() -> None:
    of_staff = set(COLUMNS) - OF_FAMILIES - {"nobody"}
    opened = {(a, who) for _, a, _, s in lines() if a.startswith("mine") for who in of_staff if s[who] == 200}
    assert opened == set()


def test_outside_scope_is_not_found_rather_than_forbidden() -> None:
    """403 would say that there is somebody."""
    roles_that_see_people = AREA | {"keyw", "next"}
    told = [
        (method, address, who)
        for method, address, whom, statuses in lines()
        if whom == "restricted"
        for who in roles_that_see_people
        if statuses[who] not in (404, 403, 405)
    ]
    assert told == []
    page = next(s for m, a, w, s in lines() if (m, a, w) == ("get", "people/<reference>", "restricted"))
    assert {page[who] for who in roles_that_see_people} == {404}


def test_only_information_governance_reads_the_audit() -> None:
    audit = next(s for m, a, _, s in lines() if (m, a) == ("get", "audit"))
    assert {who for who in COLUMNS if audit[who] == 200} == {"gov"}
