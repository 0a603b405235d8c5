"""The sixteenth birthday: until then a parent reads without anybody's agreement, and from then on with one."""

from datetime import UTC, date, datetime, time

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import birthday

SIXTEEN = 16


def sixteen_at(birth_date: date | None) -> datetime | None:
    """The moment their sixteenth birthday begins; None where the birth date is not known."""
    if birth_date is None:
        return None
    return datetime.combine(birthday(birth_date, SIXTEEN), time(), LONDON).astimezone(UTC)


def follow_birth_date(note: Notes, *, person: Person, before: date | None) -> None:
    """The birth date was corrected: what ends or begins on the sixteenth birthday does so on the right day.

    Where nobody knows it any more, a parent relies on an agreement from now on.
    """
    was = sixteen_at(before)
    if was is None or before == person.birth_date:
        return
    day = sixteen_at(person.birth_date) or note.at
    theirs = Involvement.objects.filter(person_id=person.pk, because=Involvement.Because.FAMILY)
    with context.as_engine():
        theirs.filter(relies_on=Involvement.ReliesOn.NOTHING, to_at=was).update(
            to_at=Greatest(Value(day), F("from_at"))
        )
        later = theirs.filter(Q(to_at=None) | Q(to_at__gt=day), relies_on=Involvement.ReliesOn.SHARING, from_at=was)
        later.update(from_at=day)
