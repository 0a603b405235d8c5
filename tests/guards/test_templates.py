"""Every page has our frame round it, nothing inline that the content security policy would stop, and safe forms."""

import re
from pathlib import Path

import pytest

from tests.guards.sources import files, named

FRAMES = ("layout.html", "page_plain.html", "nhsuk/frame.html")
INLINE = re.compile(r"<style\b|\sstyle\s*=|<[a-z][^>]*\son[a-z]+\s*=|javascript:", re.I)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I)
POST_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.I | re.S)
COMMENT = re.compile(r"\{#.*?#\}", re.S)
# A sample text of the gallery, which the page escapes.
SAMPLE = 'value="<script>"'
EXTENDS = re.compile(r"\{%-?\s*extends\s+\"([^\"]+)\"")


def templates() -> list[Path]:
    return [path for path in files(".html") if "templates" in path.parts]


def has_frame(text: str, pages: dict[str, str]) -> bool:
    """Whether a page extends one of our frames, itself or through another page; parts have no <html> and no blocks."""
    extends = EXTENDS.search(text)
    if extends:
        return extends[1] in FRAMES or (extends[1] in pages and has_frame(pages[extends[1]], pages))
    return "{% block" not in text and "<html" not in text


def faults(text: str) -> list[str]:
    text = COMMENT.sub("", text).replace(SAMPLE, "")
    found = [match[0] for match in INLINE.finditer(text)] + [match[0] for match in SCRIPT.finditer(text)]
    found += [form[0][:60] for form in POST_FORM.finditer(text) if "csrf_input" not in form[0]]
    return found


def test_every_page_has_our_frame() -> None:
    pages = {path.as_posix().split("/templates/", 1)[1]: path.read_text() for path in templates()}
    assert len(pages) > 20
    assert [name for name, text in pages.items() if name not in FRAMES and not has_frame(text, pages)] == []


def test_nothing_stands_inline_and_every_form_is_safe() -> None:
    assert {named(path): found for path in templates() if (found := faults(path.read_text()))} == {}


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '<form action="/x" method="post"><button>Go</button></form>',
    ],
)
def test_anything_inline_turns_this_red(bad: str) -> None:
    assert faults(bad)


def test_a_page_of_its_own_turns_this_red() -> None:
    assert not has_frame("<html><body>{% block main %}{% endblock %}</body></html>", {})
    assert not has_frame('{% extends "elsewhere.html" %}', {})
    assert has_frame('{% extends "layout.html" %}{% block main %}{% endblock %}', {})
    assert faults('<script src="/static/x.js"></script><form method="post">{{ csrf_input }}</form>') == []
