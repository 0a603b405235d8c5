"""What can't be, whoever says it: days before somebody was born, and deciders of the wrong age."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.features.people.models import Consent, Person
from alongside.foundation.access.protected import NotNow
from alongside.policy.counting import age_on, day_in_words

#: Fields of the short forms that say when something was so.
DAYS = ("on", "from_date", "decided_on", "diagnosed_on", "entered_on")

_SIXTEEN = "They were {age} on that day. Choose 'A child competent to decide', or who decided for them."
_CHILD = "They were {age} on that day. From 16 they decide themselves: choose 'A person aged 16 or over'."
_PARENT = "They were {age} on that day. From 18 nobody has parental responsibility for them."
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
    """Who may decide depends on the age on that day. Source: policy reference 3.3 and 11.1.

    Nothing is refused where the date of birth or the day is not known.
    """
    if not (person.birth_date and on):
        return
    age = age_on(person.birth_date, on)
    wrong = {
        Consent.Basis.SIXTEEN: (age < 16, _SIXTEEN),
        Consent.Basis.COMPETENT_CHILD: (age >= 16, _CHILD),
        Consent.Basis.PARENTAL: (age >= 18, _PARENT),
        Consent.Basis.BEST_INTERESTS: (age < 16, _INTERESTS),
    }.get(Consent.Basis(basis) if basis else Consent.Basis.NOT_STATED)
    if wrong and wrong[0]:
        raise NotNow("decider", wrong[1].format(age=age))
