"""What is read beside a stay: its reviews, what is due because of it, and who walks alongside."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from alongside.features.hospital.discharge.standing import Standing, standing_in
from alongside.features.hospital.inpatient.queries import WholeStay, read_whole
from alongside.features.hospital.models import Stay
from alongside.features.hospital.spells import list_parts, spell_of
from alongside.features.keyworking.models import Allocation
from alongside.features.people.queries import about
from alongside.features.reviews.models import Review
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.overview.models import Duty, DutyAnswer
from alongside.policy.spells import Spell

#: Reviews that incidents are counted from: what was done to somebody since the last one.
CETR = ("community", "post_admission", "inpatient", "independent")


@dataclass(frozen=True, slots=True)
class Around:
    """One stay and everything that hangs on it. parts: the stays that are one spell with it, where there are any."""

    whole: WholeStay
    reviews: list[Review]
    duties: list[Duty]
    answers: dict[str, DutyAnswer]
    keyworker: Allocation | None
    standing: Standing | None
    spell: Spell
    parts: list[Stay]

    def due(self, start: str) -> Duty | None:
        """The duty of this stay whose key begins so."""
        return next((duty for duty in self.duties if duty.key.startswith(start)), None)

    def answered(self, start: str) -> DutyAnswer | None:
        return next((answer for key, answer in self.answers.items() if key.startswith(start)), None)

    @property
    def last_cetr(self) -> Review | None:
        return next((review for review in self.reviews if review.kind in CETR), None)


def read_around(me: Me, stay: Stay, now: datetime) -> Around:
    """Eight statements at most. Reviews and answers are those of the whole spell."""
    spell = spell_of(stay)
    parts = list_parts(me, spell)
    first = min((part.admitted_at for part in parts), default=stay.admitted_at)
    held = Q(stay__in=spell.ids) | Q(stay=None, held_at__gte=first, held_at__lte=stay.discharged_at or now)
    reviews = Review.objects.visible_to(me).filter(about(stay.person), held, superseded_by=None)
    duties = Duty.objects.visible_to(me).filter(person_id=stay.person_id, subject="stay", subject_id=stay.pk)
    goes_on = Q(ends_at=None) | Q(ends_at__gt=now)
    duties = duties.filter(goes_on).exclude(rule_key="discharge_contact_missed", shows_from__gt=now)
    numbers = "|".join(map(str, spell.ids))
    answers = DutyAnswer.objects.visible_to(me).filter(about(stay.person), duty_key__regex=rf":stay:({numbers})(:|$)")
    return Around(
        whole=read_whole(stay),
        reviews=list(reviews.order_by("-held_at", "-pk")),
        duties=list(duties.select_related("owner_actor", "owner_team").order_by("due", "key")),
        answers={answer.duty_key: answer for answer in answers.select_related("recorded_by")},
        keyworker=_keyworker(stay),
        standing=standing_in({stay.pk: spell}, now.astimezone(LONDON).date()).get(stay.pk),
        spell=spell,
        parts=parts,
    )


def _keyworker(stay: Stay) -> Allocation | None:
    rows = Allocation.objects.filter(about(stay.person), part=Allocation.Part.DESIGNATED, to_date=None)
    return rows.filter(superseded_by=None).select_related("worker").order_by("-pk").first()
