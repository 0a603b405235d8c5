"""What somebody asks of the list: which register, which filters, which order, which page. Read from the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from alongside.features.people.models import Circumstance
from alongside.features.register.models import Colour, Listing
from alongside.overview.register_list.paging import SORTS, Cursor

COLOURS = (*Colour.values, "none")
DEFAULT_SORT = "due"
#: Owners of the next thing due who depend on who asks; others are a letter and a number, see `_owner`.
ME, MY_TEAM = "me", "team"
#: Filters that are ticked or not.
YES = ("late", "backlog", "mine", "alone", "hospital", "unconfirmed", "proposal", "provisional")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the list. What is not understood is left out, so that an old address still answers.

    listing '' means every list. alone: without a keyworker. owner: whose the next thing due is. keyworker: their
    number. text: the beginning of a name.
    """

    area: int
    listing: str = Listing.CHILD.value
    sort: str = DEFAULT_SORT
    colour: tuple[str, ...] = ()
    late: bool = False
    backlog: bool = False
    mine: bool = False
    alone: bool = False
    hospital: bool = False
    unconfirmed: bool = False
    proposal: bool = False
    provisional: bool = False
    council: str = ""
    flag: str = ""
    owner: str = ""
    keyworker: int = 0
    text: str = ""
    after: Cursor | None = None
    before: Cursor | None = None

    @property
    def filters(self) -> tuple[str, ...]:
        """Names of the filters in force."""
        return tuple(
            name for name in ("colour", *YES, "owner", "keyworker", "council", "flag", "text") if getattr(self, name)
        )

    def without(self, name: str, value: str = "") -> "Asked":
        """The same question without one filter (or without one of its values), from the first page."""
        kept: Any = tuple(v for v in self.colour if v != value) if value else type(getattr(self, name))()
        return self.first_page(**{name: kept})

    def first_page(self, **changes: Any) -> "Asked":
        return replace(self, **{"after": None, "before": None, **changes})

    def query(self) -> str:
        """As the query part of an address; what is as it is by default is left out."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in ("after", "before"):
                if value:
                    pairs.append((field.name, value.packed()))
            elif isinstance(value, tuple):
                pairs += [(field.name, item) for item in value]
            elif field.name == "area" or value != field.default:
                pairs.append((field.name, "1" if value is True else str(value)))
        return urlencode(pairs)

    def saved_query(self) -> str:
        """What a saved view keeps: filters and order, never a page or an area."""
        return "&".join(part for part in self.first_page().query().split("&") if not part.startswith("area="))


def read_asked(given: QueryDict | Mapping[str, Any], areas: Iterable[int], *, every_list: bool) -> Asked:
    """From an address. `areas`: those one may ask for, the first is the default."""
    areas = list(areas)
    get = given.get
    area = _whole(str(get("area", "")))
    listing = get("listing", "" if every_list else Listing.CHILD.value)
    sort = get("sort", DEFAULT_SORT)
    many = given.getlist("colour") if isinstance(given, QueryDict) else []
    flag = get("flag", "")
    sort = sort if sort in SORTS else DEFAULT_SORT
    return Asked(
        area=area if area in areas else areas[0],
        listing=listing if listing in ("", *Listing.values) else Listing.CHILD.value,
        sort=sort,
        colour=tuple(dict.fromkeys(colour for colour in many if colour in COLOURS)),
        council=_line(get("council", ""), 200),
        flag=flag if flag in Circumstance.Kind.values else "",
        owner=_owner(get("owner", "")),
        keyworker=_whole(get("keyworker", "")),
        text=_line(get("text", ""), 80),
        after=Cursor.unpacked(get("after", ""), sort),
        before=Cursor.unpacked(get("before", ""), sort),
        **{name: get(name) == "1" for name in YES},
    )


def _owner(text: str) -> str:
    """'me', 'team', 'a' and the number of somebody, or 't' and that of a team; '' for anything else."""
    return text if text in (ME, MY_TEAM) or (text[:1] in ("a", "t") and _whole(text[1:])) else ""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _line(text: str, most: int) -> str:
    return "".join(c for c in text if c.isprintable()).strip()[:most]
