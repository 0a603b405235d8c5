"""How old one has to be to read a text: Flesch-Kincaid, with English school years.

Grade = 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975). A grade of the United
States is read five years after birth: reading age = grade + 5. Syllables are counted by the sound of the spelling,
which is right for nine words in ten and seldom wrong by more than one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Fewer words than this are a label, not a sentence: their length says nothing, their words count.
SENTENCE_WORDS = 4
WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_END = re.compile(r"[.!?:](?:\s|$)")
_COUNTED_WRONG = {"people": 2, "something": 2, "someone": 2, "ehc": 3, "nhs": 3, "gp": 2, "a&e": 3, "area": 3}
_COUNTED_WRONG |= {"online": 2, "really": 2, "idea": 3, "being": 2, "going": 2, "doing": 2, "diary": 3, "quiet": 2}
_COUNTED_WRONG |= {"every": 2, "everyone": 3, "facts": 1, "science": 2, "keyworker": 3, "email": 2, "sometimes": 2}
#: As long a word is hard to sound out for somebody of nine.
LONG_WORD = 4
#: What the service's own words are held to, and what a text for everybody is compared with.
OLDEST = 9
#: The measure says nothing useful below or above these.
YOUNGEST, GROWN_UP = 5, 18


def syllables(word: str) -> int:
    """How many, by its spelling; one at least."""
    bare = re.sub(r"['’].*", "", word.lower())
    if bare in _COUNTED_WRONG:
        return _COUNTED_WRONG[bare]
    spoken = re.sub(r"(?:[^laeiouy]|[aeiouy]l)e$|(?<![td])ed$|(?<=[^aeiouscxzgh])es$", "", bare) or bare
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def reading_age(blocks: Sequence[str]) -> float:
    """In years. Sentences of fewer than SENTENCE_WORDS words don't make the others seem shorter."""
    sentences = [
        found for block in blocks for part in _END.split(block) if len(found := WORD.findall(part)) >= SENTENCE_WORDS
    ]
    words = [word for block in blocks for word in WORD.findall(block)]
    if not sentences:
        return 0.0
    long = sum(map(len, sentences)) / len(sentences)
    return 0.39 * long + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


@dataclass(frozen=True, slots=True)
class Meter:
    """How hard a text is. age: of the whole, in whole years, 0 where there is too little to tell.

    hardest: its hardest sentence. hardest_age: in whole years, of that sentence by itself. hard: how many sentences are
    hard by themselves. long_words: the longest words of the hardest one, which a plainer one would change first.
    """

    age: int = 0
    hardest: str = ""
    hardest_age: int = 0
    hard: int = 0
    long_words: tuple[str, ...] = ()

    @property
    def is_hard(self) -> bool:
        """Whoever reads comes to each sentence: easy ones round a hard one don't make it easier."""
        return self.age > OLDEST or self.hard > 0


def _years(blocks: Sequence[str]) -> int:
    return min(max(round(reading_age(blocks)), YOUNGEST), GROWN_UP)


def measure(text: str) -> Meter:
    """What the writer is shown beside a text. Never a reason to refuse it."""
    blocks = [line for line in text.splitlines() if line.strip()]
    sentences = [part.strip() for block in blocks for part in re.split(r"(?<=[.!?:])\s+", block)]
    told = [sentence for sentence in sentences if len(WORD.findall(sentence)) >= SENTENCE_WORDS]
    if not told:
        return Meter()
    hardest = max(told, key=lambda sentence: reading_age([sentence]))
    return Meter(
        age=_years(blocks),
        hardest=hardest,
        hardest_age=_years([hardest]),
        hard=sum(_years([sentence]) > OLDEST for sentence in told),
        long_words=tuple(dict.fromkeys(word for word in WORD.findall(hardest) if syllables(word) >= LONG_WORD)),
    )
