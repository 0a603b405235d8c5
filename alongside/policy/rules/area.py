"""Rows of one area on top of the product's own, for what is set locally beside the time limits."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar, Generic, Protocol, TypeVar


class Dated(Protocol):
    """One value for one stretch of time: from its first day to its last, if it has one."""

    @property
    def key(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...


Row = TypeVar("Row", bound=Dated)


class AreaRules(Generic[Row]):
    """The values of one area: the product's rows with the area's own on top."""

    #: What the product starts with, by key, in order.
    PRODUCT: ClassVar[Mapping[str, Dated]]

    def __init__(self, area: str = "", own: Iterable[Row] = ()) -> None:
        self.area = area
        self._own = tuple(own)

    def on(self, key: str, day: date) -> Row:
        """The row in force on a day: the area's latest, else the product's. KeyError for an unknown key."""
        own = [
            rule
            for rule in self._own
            if rule.key == key and rule.starts_on <= day and (rule.ends_on is None or rule.ends_on >= day)
        ]
        return max(own, key=lambda rule: rule.starts_on) if own else self.PRODUCT[key]  # type: ignore[return-value]

    def decided(self, key: str) -> list[Row]:
        """The area's own rows of a key, the earliest first; none where the product's holds."""
        return sorted((rule for rule in self._own if rule.key == key), key=lambda rule: rule.starts_on)

    def in_force(self, day: date) -> list[Row]:
        """Every row as it stands on a day, in order."""
        return [self.on(key, day) for key in self.PRODUCT]

    def ahead(self, day: date) -> list[Row]:
        """What the area has decided for later days, the earliest first."""
        return sorted((rule for rule in self._own if rule.starts_on > day), key=lambda rule: (rule.starts_on, rule.key))
