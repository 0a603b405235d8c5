"""Reading registers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from alongside.features.people.models import Consent, Person
from alongside.features.register import text
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation.access.me import Me


def lock_entry(me: Me, entry_id: int) -> RegisterEntry:
    """The entry with its person, locked against a second decision. Raises RegisterEntry.DoesNotExist out of scope."""
    return (
        RegisterEntry.objects.visible_to(me).select_related("person").select_for_update(of=("self",)).get(pk=entry_id)
    )


def count_returned(me: Me, areas: Sequence[int], since: date) -> int:
    """How many came back to the same register since that day, of whom this reader sees. One statement."""
    rows = RegisterEntry.objects.visible_to(me).filter(person__icb_id__in=list(areas), person__survivor=None)
    return rows.filter(came_back_from__icb_id=F("icb_id"), superseded_by=None, entered_on__gte=since).count()


@dataclass(frozen=True, slots=True)
class LastTime:
    """Somebody's last time on a register: the entry, its last decided rating, and what was agreed since."""

    entry: RegisterEntry
    rating: Rating | None
    consent: Consent | None = None

    @property
    def why_it_ended(self) -> str:
        return text.REMOVALS.get(self.entry.removed_because, text.MOVED_AREA)

    @property
    def reasons(self) -> list[str]:
        """Why the rating was what it was, in items."""
        return [text.REASONS[name] for name in self.rating.reasons if name in text.REASONS] if self.rating else []


def find_last_time(me: Me, person: Person) -> LastTime | None:
    """None for whoever has never left a register, as far as `me` may see."""
    entries = RegisterEntry.objects.visible_to(me).filter(person=person, removed_on__isnull=False, superseded_by=None)
    entry = entries.select_related("icb").order_by("removed_on", "pk").last()
    if entry is None:
        return None
    asked = Consent.objects.visible_to(me).filter(person=person, purpose=Consent.Purpose.REGISTER, superseded_by=None)
    return LastTime(entry, last_rating(me, entry.pk), asked.order_by("decided_on", "pk").last())


def last_rating(me: Me, entry_id: int) -> Rating | None:
    """The rating that was decided last in this entry."""
    decided = Rating.objects.visible_to(me).filter(entry=entry_id, standing=Rating.Standing.DECIDED)
    return decided.select_related("recorded_by").order_by("rated_at", "pk").last()
