"""Reads a drawn page as a browser would, far enough to check it."""

from collections import Counter
from html.parser import HTMLParser


class Page(HTMLParser):
    """The elements of a page with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, tag: str, **having: str) -> list[dict[str, str]]:
        return [found for name, found in self.elements if name == tag and having.items() <= found.items()]

    def one(self, tag: str, **having: str) -> dict[str, str]:
        (found,) = self.all(tag, **having)
        return found

    def ids(self) -> Counter[str]:
        return Counter(found["id"] for _, found in self.elements if "id" in found)

    def repeated_ids(self) -> set[str]:
        return {name for name, times in self.ids().items() if times > 1}

    def names_of_missing_ids(self) -> set[str]:
        """Ids that something on the page points at and that are not there."""
        there = set(self.ids())
        wanted: set[str] = set()
        for _, found in self.elements:
            for attribute in ("for", "aria-describedby", "aria-labelledby"):
                wanted |= set(found.get(attribute, "").split())
        return wanted - there
