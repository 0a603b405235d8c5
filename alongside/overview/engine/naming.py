"""Names as they are compared: lower case, without accents, in words."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")


def name_words(*names: str) -> list[str]:
    """'Zoë O'Connor' gives ['zoe', 'oconnor']: the words to store and to look for, without repeats."""
    plain = unicodedata.normalize("NFKD", " ".join(names).lower().replace("'", "").replace("’", ""))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return list(dict.fromkeys(word[:80] for word in _WORD.findall(letters)))
