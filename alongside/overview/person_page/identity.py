"""What a person's page says of who they are: another record, another number, a move that is offered."""

from typing import Any

from alongside.features.people.identity.views import MATCHES
from alongside.features.people.models import FormerNumber, Person
from alongside.foundation.access.me import Me
from alongside.foundation.nhsuk.filters import day, nhs_number
from alongside.overview.person_page.showing import moment


def lines(parts: dict[str, Any], me: Me, person: Person) -> dict[str, Any]:
    """`identity`: sentences, each with the address it leads to, or ''. `may_match`: whether `me` may change them."""
    may = me.holds_in(person.icb_id, *MATCHES)
    said = [_offer(row, f"/people/{person.reference}/move" if may else "") for row in _newest(parts["offers"])]
    if may:
        said += [
            (f"{row[1]} may be the same person.", f"/people/duplicates/{row[0]}", "Compare") for row in parts["pairs"]
        ]
    merges = "/people/merges" if may else ""
    said += [
        (f"{row[1]} was merged into this record on {day(moment(row[2]))}.", merges, "See") for row in parts["merged"]
    ]
    superseded = [row[1] for row in parts["numbers"] if row[2] == FormerNumber.Why.SUPERSEDED]
    said += [(f"NHS number before: {nhs_number(number)}.", "", "") for number in superseded]
    return {"identity": said, "may_match": may}


def _newest(offers: list[list[Any]]) -> list[list[Any]]:
    """The offer that waits, or else the last one that was not accepted."""
    return offers[-1:]


def _offer(row: list[Any], move: str) -> tuple[str, str, str]:
    _, area, offered, closed, because = row
    if closed is None:
        said = f"A move to {area} was offered on {day(moment(offered))}. Until it is accepted this area is responsible."
        return said, move, "See the move"
    return f"{area} did not accept them on {day(moment(closed))}: {because}", move, "See the move"
