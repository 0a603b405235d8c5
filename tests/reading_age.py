"""How old one has to be to read a text: Flesch-Kincaid, with English school years.

Grade = 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975). A grade of the United
States is read five years after birth: reading age = grade + 5. Syllables are counted by the sound of the spelling,
which is right for nine words in ten and seldom wrong by more than one.
"""

import re
from html.parser import HTMLParser

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
#: Fewer words than this are a label, not a sentence: their length says nothing, their words count.
SENTENCE_WORDS = 4
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_END = re.compile(r"[.!?:](?:\s|$)")
_COUNTED_WRONG = {"people": 2, "something": 2, "someone": 2, "ehc": 3, "nhs": 3, "gp": 2, "a&e": 3, "area": 3}
_COUNTED_WRONG |= {"online": 2, "really": 2, "idea": 3, "being": 2, "going": 2, "doing": 2, "diary": 3, "quiet": 2}
_COUNTED_WRONG |= {"every": 2, "everyone": 3, "facts": 1, "science": 2, "keyworker": 3, "email": 2, "sometimes": 2}


def syllables(word: str) -> int:
    """How many, by its spelling; one at least."""
    bare = re.sub(r"['’].*", "", word.lower())
    if bare in _COUNTED_WRONG:
        return _COUNTED_WRONG[bare]
    spoken = re.sub(r"(?:[^laeiouy]|[aeiouy]l)e$|(?<![td])ed$|(?<=[^aeiouscxzgh])es$", "", bare) or bare
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


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
    return [re.sub(r"\s+", " ", block).strip() for block in reader.blocks if _WORD.search(block)]


def template_blocks(template: str) -> list[str]:
    """The same of a template as it is written: what stands in {{ }} is read as a name."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", template, flags=re.S)
    return text_blocks(re.sub(r"\{\{.*?\}\}", "Kai", plain, flags=re.S))


def reading_age(blocks: list[str]) -> float:
    """In years. Sentences of fewer than SENTENCE_WORDS words don't make the others seem shorter."""
    sentences = [
        found for block in blocks for part in _END.split(block) if len(found := _WORD.findall(part)) >= SENTENCE_WORDS
    ]
    words = [word for block in blocks for word in _WORD.findall(block)]
    if not sentences:
        return 0.0
    long = sum(map(len, sentences)) / len(sentences)
    return 0.39 * long + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5
