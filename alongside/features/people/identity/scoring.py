"""How likely it is that two records are about one person. Pure: plain facts in, a likeness with its reasons out.

The points are a local default of this product: no national rule says them. A person decides in every case.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: From here on two records are put before a person.
POSSIBLE = 65
#: From here on it is said to be likely.
LIKELY = 85
SAME_NUMBER = 100
_NAME_SAME, _NAME_ALIKE = 30, 20
_BORN_SAME, _BORN_SLIP, _BORN_UNKNOWN = 30, 15, 10
_POSTCODE = 15
_OTHER_NUMBER = -20
#: How much of two spellings agrees when one is a slip of the other. Trigrams shared, of all trigrams.
_SPELLED_ALIKE = 0.5
#: Letters that a short form has at least: Sam for Samuel.
_SHORT_FORM = 3

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of who somebody is. Every name they have had; sounds are codes, equal when words sound alike."""

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    given_sounds: frozenset[str] = frozenset()
    family_sounds: frozenset[str] = frozenset()
    birth_date: date | None = None
    numbers: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 100; `because` says what agrees and what doesn't, in sentences without a full stop."""

    score: int
    because: tuple[str, ...] = ()
    twin: bool = False

    @property
    def is_possible(self) -> bool:
        return self.score >= POSSIBLE

    @property
    def said(self) -> str:
        return in_one(self.because)

    @property
    def words(self) -> str:
        if self.twin:
            return "Perhaps a twin"
        return "Likely" if self.score >= LIKELY else "Possible"


def in_one(because: Iterable[str]) -> str:
    """The reasons as one sentence, without a full stop."""
    first, *others = [*because] or [""]
    return ", ".join([first, *(why[:1].lower() + why[1:] for why in others)])


def plain(text: str) -> str:
    """'Zoë O'Connor' gives 'zoe oconnor': lower case, without accents, words with one space between."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    return " ".join(_WORD.findall("".join(letter for letter in bare if not unicodedata.combining(letter))))


def names(*given: str) -> frozenset[str]:
    """The names as they are compared, without those that are empty."""
    return frozenset(found for found in map(plain, given) if found)


def liken(one: Known, other: Known) -> Likeness:
    """Same number: the same, whatever else. Same day and family name but another first name: perhaps a twin."""
    if one.numbers & other.numbers:
        return Likeness(SAME_NUMBER, ("The same NHS number",))
    given, family = _given(one, other), _family(one, other)
    born = _born(one.birth_date, other.birth_date)
    numbers_differ = bool(one.numbers and other.numbers)
    if _is_twin(one, other, given[0], family[0], born[0]):
        return Likeness(0, ("Born on the same day with the same family name, and another first name",), twin=True)
    points, because = 0, []
    for more, why in (given, family, born):
        points += more
        because += [why] if why else []
    if one.postcodes & other.postcodes:
        points += _POSTCODE
        because.append("The same postcode")
    if not born[0] and (one.birth_date is None or other.birth_date is None) and given[0] == family[0] == _NAME_SAME:
        points += _BORN_UNKNOWN
        because.append("A date of birth is missing")
    if numbers_differ:
        points += _OTHER_NUMBER
        because.append("Their NHS numbers differ")
    return Likeness(max(0, min(points, 99)), tuple(because))


def _is_twin(one: Known, other: Known, given: int, family: int, born: int) -> bool:
    return bool(one.given and other.given and not given and family == _NAME_SAME and born == _BORN_SAME)


def _given(one: Known, other: Known) -> tuple[int, str]:
    first, second = _firsts(one.given), _firsts(other.given)
    if first & second:
        return _NAME_SAME, "The same first name"
    if one.given_sounds & other.given_sounds:
        return _NAME_ALIKE, "First names that sound alike"
    if any(_short_form(a, b) for a in first for b in second):
        return _NAME_ALIKE, "One first name is short for the other"
    return (_NAME_ALIKE, "First names spelled alike") if _any_alike(first, second) else (0, "")


def _family(one: Known, other: Known) -> tuple[int, str]:
    if one.family & other.family:
        return _NAME_SAME, "The same family name"
    if _words(one.family) & _words(other.family):
        return _NAME_ALIKE, "Part of the family name is the same"
    if one.family_sounds & other.family_sounds:
        return _NAME_ALIKE, "Family names that sound alike"
    return (_NAME_ALIKE, "Family names spelled alike") if _any_alike(one.family, other.family) else (0, "")


def _born(one: date | None, other: date | None) -> tuple[int, str]:
    if one is None or other is None:
        return 0, ""
    if one == other:
        return _BORN_SAME, "Born on the same day"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return _BORN_SLIP, "Day and month of birth changed round"
    if (one.month, one.day) == (other.month, other.day) and abs(one.year - other.year) == 1:
        return _BORN_SLIP, "Year of birth off by one"
    if sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) == 1:
        return _BORN_SLIP, "One figure of the date of birth differs"
    return 0, "Dates of birth differ"


def near_days(born: date) -> list[date]:
    """The day itself, day and month changed round, and a year more or less: what is looked for by day."""
    found = {born}
    for year, month, day in (
        (born.year, born.day, born.month),
        (born.year - 1, born.month, born.day),
        (born.year + 1, born.month, born.day),
    ):
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return sorted(found)


def _firsts(whole: Iterable[str]) -> set[str]:
    """The first of several first names: a middle name that two children share says little."""
    return {name.split()[0] for name in whole}


def _words(whole: Iterable[str]) -> set[str]:
    return {word for name in whole for word in name.split() if len(word) >= _SHORT_FORM}


def _short_form(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORT_FORM and long.startswith(short)


def _any_alike(some: Iterable[str], others: Iterable[str]) -> bool:
    others = list(others)
    return any(spelled_alike(a, b) for a in some for b in others)


def spelled_alike(one: str, other: str) -> bool:
    """Whether at least half of the trigrams are shared."""
    first, second = _trigrams(one), _trigrams(other)
    return len(first & second) >= _SPELLED_ALIKE * len(first | second)


def _trigrams(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
