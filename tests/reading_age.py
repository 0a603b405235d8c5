"""How old one has to be to read a page: what is read on it, block by block, for `policy/reading_age.py`."""

import re
from html.parser import HTMLParser

from alongside.policy.reading_age import WORD, reading_age, syllables

__all__ = ["reading_age", "syllables", "template_blocks", "text_blocks"]

#: Parts that end a sentence by themselves: nobody reads from one into the next.
BLOCKS = frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "label", "legend", "button", "dt", "dd", "summary", "a", "th", "td"]
    + ["caption", "div", "title", "span"]
)
SKIPPED = frozenset({"script", "style", "svg", "head", "header", "footer", "select", "textarea"})
#: A citation's words are its source's, a hidden word is somebody else's.
SKIPPED_CLASSES = frozenset({"app-citation", "app-code", "app-demo"})
INLINE = frozenset({"strong", "em", "time", "abbr", "b", "i"})
VOID = frozenset({"img", "input", "br", "hr", "meta", "link"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if tag in VOID:
            return
        if self.skipping or tag in SKIPPED or classes & SKIPPED_CLASSES:
            self.skipping.append(tag)
        elif tag not in INLINE and not (tag in {"a", "span"} and self.blocks[-1].strip()):
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self.skipping.pop()
        elif tag in BLOCKS and tag not in {"a", "span"}:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.blocks[-1] += data


def text_blocks(page: str) -> list[str]:
    """What is read on a page, block by block, without its frame."""
    reader = _Text()
    reader.feed(page)
    return [re.sub(r"\s+", " ", block).strip() for block in reader.blocks if WORD.search(block)]


def template_blocks(template: str) -> list[str]:
    """The same of a template as it is written: what stands in {{ }} is read as a name."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", template, flags=re.S)
    return text_blocks(re.sub(r"\{\{.*?\}\}", "Kai", plain, flags=re.S))
