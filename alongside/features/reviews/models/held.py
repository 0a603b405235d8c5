"""Care, education and treatment reviews, and the other meetings that look at a person's care."""

from django.db import models

from alongside.features.hospital.models import Stay
from alongside.features.people.models import Fact


class Review(Fact):
    class Kind(models.TextChoices):
        COMMUNITY = "community", "Community C(E)TR"
        POST_ADMISSION = "post_admission", "C(E)TR after admission"
        INPATIENT = "inpatient", "Inpatient C(E)TR"
        POST_DISCHARGE = "post_discharge", "C(E)TR after discharge"
        INDEPENDENT = "independent", "Independently chaired C(E)TR"
        EMERGENCY = "emergency_protocol", "Local area emergency protocol meeting"
        VISIT = "oversight_visit", "Commissioner oversight visit"
        EHC_PLAN = "ehc_plan", "EHC plan review"
        CONTACT = "discharge_contact", "Contact after discharge"
        HEALTH_CHECK = "annual_health_check", "Annual health check"

    kind = models.CharField(max_length=20, choices=Kind)
    held_at = models.DateTimeField()
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="reviews")
    chair = models.CharField(max_length=120, blank=True)
    statutory = models.BooleanField(default=False)
    outcome = models.CharField(max_length=300, blank=True)
