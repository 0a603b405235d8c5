"""What can't be, whoever says it: days before somebody was born, and deciders of the wrong age."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.features.people.models import CapacityRecord, Consent, Person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.policy.counting import age_on, day_in_words
from alongside.policy.deciding import Found, who_decides

#: Fields of the short forms that say when something was so.
DAYS = ("on", "from_date", "decided_on", "diagnosed_on", "entered_on")

_SIXTEEN = "They were {age} on that day. Choose 'A child competent to decide', or who decided for them."
_CHILD = "They were {age} on that day. From 16 they decide themselves: choose 'A person aged 16 or over'."
_PARENT = "They were {age} on that day. From 18 nobody has parental responsibility for them."
_NOT_EVIDENCED = {
    Consent.Basis.COMPETENT_CHILD: "Nothing shows that they are competent to decide this.",
    Consent.Basis.PARENTAL: "Somebody with parental responsibility is not who decides this now.",
    Consent.Basis.SIXTEEN: "They were found to lack capacity to decide this.",
    Consent.Basis.BEST_INTERESTS: "Nothing shows that they lack capacity to decide this.",
    Consent.Basis.DEPUTY: "Nothing shows that they lack capacity to decide this.",
    Consent.Basis.ATTORNEY: "Nothing shows that they lack capacity to decide this.",
}
_ASK = "Kept as not evidenced: ask them, or record whether they can decide, and ask again."
_DEPUTY = "They were {age} on that day. A deputy decides for somebody of 16 or over."
_ATTORNEY = "They were {age} on that day. An attorney decides for somebody of 18 or over."
_INTERESTS = "They were {age} on that day. A best-interests decision under the Mental Capacity Act is for 16 or over."


def check_after_birth(person: Person, day: date | None) -> None:
    """Raises NotNow for a day before they were born, as far as that is known."""
    if day and person.birth_date and day < person.birth_date:
        born = day_in_words(person.birth_date)
        raise NotNow("before_birth", f"They were born on {born}, so it can't have been before. Check the date.")


def check_days(person: Person, given: Mapping[str, Any]) -> None:
    """The same for every day of a form."""
    for name in DAYS:
        if isinstance(given.get(name), date):
            check_after_birth(person, given[name])


def check_decider(person: Person, basis: str, on: date | None) -> None:
    """Raises NotNow for whoever can't decide at the age on that day. See wrong_decider."""
    if wrong := wrong_decider(person.birth_date, basis, on):
        raise NotNow("decider", wrong)


def wrong_decider(born: date | None, basis: str, on: date | None) -> str:
    """Why this basis can't be at the age on that day, in a sentence; '' where it can, or where the date of birth or
    the day is not known. Source: policy reference 3.3 and 11.1.
    """
    if not (born and on):
        return ""
    age = age_on(born, on)
    wrong = {
        Consent.Basis.SIXTEEN: (age < 16, _SIXTEEN),
        Consent.Basis.COMPETENT_CHILD: (age >= 16, _CHILD),
        Consent.Basis.PARENTAL: (age >= 18, _PARENT),
        Consent.Basis.BEST_INTERESTS: (age < 16, _INTERESTS),
        Consent.Basis.DEPUTY: (age < 16, _DEPUTY),
        Consent.Basis.ATTORNEY: (age < 18, _ATTORNEY),
    }.get(Consent.Basis(basis) if basis else Consent.Basis.NOT_STATED, (False, ""))
    return wrong[1].format(age=age) if wrong[0] else ""


def yes_to_register(person: Person, *, basis: str, by: str, on: date, evidence: str = "") -> dict[str, Any]:
    """A yes as it is written down: evidenced only where whoever said it decides, by age and by what was found.

    Any other yes is kept and opens the register as one that was carried over does. It is not evidenced and has no day
    of its own, so that asking is due at once; `evidence` says what was said and what is missing. Raises NotNow for
    whoever can't decide at that age, whatever was found. Source: policy reference 3.3 and 11.1.
    """
    check_decider(person, basis, on)
    known: dict[str, Any] = {"basis": basis, "decided_by": by}
    if basis == Consent.Basis.NOT_STATED or basis in _bases(person, on):
        return known | {"decided_on": on, "evidenced": True, "evidence": evidence}
    said = f"Said on {day_in_words(on)}. {_NOT_EVIDENCED[Consent.Basis(basis)]} {_ASK}"
    return known | {"decided_on": None, "evidenced": False, "evidence": said}


def what_is_missing(person: Person) -> str:
    """After such a yes: what was kept, and what is to be done, as whoever reads agreements may see it; else ''."""
    last = Consent.objects.filter(person=person, purpose=Consent.Purpose.REGISTER).order_by("-pk").first()
    weak = last is not None and last.answer == Consent.Answer.GIVEN and not last.evidenced
    return last.evidence if last is not None and weak else ""


def _bases(person: Person, on: date) -> frozenset[str]:
    """On which bases being on the register may rest on that day."""
    with context.as_engine():
        rows = CapacityRecord.objects.filter(person=person, about="register", superseded_by=None)
        found = [Found(row.pk, row.about, row.test, row.able, row.decided_on) for row in rows]
    return frozenset(way.basis for way in who_decides(person.birth_date, on, found, "register"))
