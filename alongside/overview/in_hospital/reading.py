"""What is read beside a stay: its reviews, what is due because of it, and who walks alongside."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from alongside.features.hospital.discharge.standing import Standing, standing_of
from alongside.features.hospital.inpatient.queries import WholeStay, read_whole
from alongside.features.hospital.models import Stay
from alongside.features.keyworking.models import Allocation
from alongside.features.people.queries import about
from alongside.features.reviews.models import Review
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.overview.models import Duty, DutyAnswer

#: Reviews that incidents are counted from: what was done to somebody since the last one.
CETR = ("community", "post_admission", "inpatient", "independent")


@dataclass(frozen=True, slots=True)
class Around:
    """One stay and everything that hangs on it."""

    whole: WholeStay
    reviews: list[Review]
    duties: list[Duty]
    answers: dict[str, DutyAnswer]
    keyworker: Allocation | None
    standing: Standing | None

    def due(self, start: str) -> Duty | None:
        """The duty of this stay whose key begins so."""
        return next((duty for duty in self.duties if duty.key.startswith(start)), None)

    def answered(self, start: str) -> DutyAnswer | None:
        return next((answer for key, answer in self.answers.items() if key.startswith(start)), None)

    @property
    def last_cetr(self) -> Review | None:
        return next((review for review in self.reviews if review.kind in CETR), None)


def read_around(me: Me, stay: Stay, now: datetime) -> Around:
    """Six statements."""
    first = stay.admitted_at
    held = Q(stay=stay) | Q(stay=None, held_at__gte=first, held_at__lte=stay.discharged_at or now)
    reviews = Review.objects.visible_to(me).filter(about(stay.person), held, superseded_by=None)
    duties = Duty.objects.visible_to(me).filter(person_id=stay.person_id, subject="stay", subject_id=stay.pk)
    answers = DutyAnswer.objects.visible_to(me).filter(about(stay.person), duty_key__regex=rf":stay:{stay.pk}(:|$)")
    return Around(
        whole=read_whole(stay),
        reviews=list(reviews.order_by("-held_at", "-pk")),
        duties=list(duties.select_related("owner_actor", "owner_team").order_by("due", "key")),
        answers={answer.duty_key: answer for answer in answers.select_related("recorded_by")},
        keyworker=_keyworker(stay),
        standing=standing_of([stay.pk], now.astimezone(LONDON).date()).get(stay.pk),
    )


def _keyworker(stay: Stay) -> Allocation | None:
    rows = Allocation.objects.filter(about(stay.person), part=Allocation.Part.DESIGNATED, to_date=None)
    return rows.filter(superseded_by=None).select_related("worker").order_by("-pk").first()
