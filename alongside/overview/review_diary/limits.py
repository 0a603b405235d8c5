"""The last moment for the review that is due in a stay."""

from datetime import datetime

from django.db.models import Q

from alongside.features.hospital.spells import spell_of
from alongside.features.reviews.models import PlannedReview
from alongside.foundation.access import context
from alongside.overview.models import Duty

_REVIEWS = Q(key__startswith="post_admission_review:") | Q(key__startswith="inpatient_review:")


def limit_of_stay(planned: PlannedReview) -> datetime | None:
    """Its breach; None where nothing is due in that stay, or in the one that went on from it.

    As the engine: whoever organises it may not see the duty.
    """
    with context.as_engine():
        spell = spell_of(planned.stay).ids if planned.stay else ()
        rows = Duty.objects.filter(_REVIEWS, person=planned.person_id, subject="stay", subject_id__in=spell)
        return rows.order_by("due").values_list("breach", flat=True).first()
