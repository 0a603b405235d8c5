"""Every list of choices about a referral, with its words."""

from django.db import models


class Channel(models.TextChoices):
    """Who asks."""

    PROFESSIONAL = "professional", "A professional"
    FAMILY = "family", "A parent, carer or family member"
    YOUNG_PERSON = "young_person", "The young person"


class AnswerBy(models.TextChoices):
    """How somebody wants to be told."""

    LETTER = "letter", "A letter"
    EMAIL = "email", "An e-mail"
    SMS = "sms", "A text message"
    PHONE = "phone", "A phone call"
    PAGE = "page", "This website, with the reference and code"


class Reason(models.TextChoices):
    """Why somebody asks (the fields of published referral routes)."""

    HOSPITAL_RISK = "hospital_risk", "May need to go into a mental health hospital"
    IN_HOSPITAL = "in_hospital", "Is in a mental health hospital now"
    AE_CRISIS = "ae_crisis", "Has been to A&E or needed emergency help"
    SELF_HARM = "self_harm", "May hurt themselves or somebody else"
    MENTAL_HEALTH = "mental_health", "Mental health is getting worse"
    DISTRESS = "distress", "Distress shows in ways that are hard to live with"
    HOME = "home", "Living at home or in the placement may break down"
    RESIDENTIAL = "residential", "In a residential placement, or one is being looked for"
    EDUCATION = "education", "Not in school or college, or the place may end"
    JUSTICE = "justice", "Police or courts are involved"
    DISCHARGE = "discharge", "Is in hospital and going home is being planned"
    AFTER_HOSPITAL = "after_hospital", "Has been in a mental health hospital"
    CHANGE = "change", "A big change or loss"
    ADULTHOOD = "adulthood", "Moving to adult services without a plan"
    SUBSTANCES = "substances", "Alcohol or drugs"
    PHYSICAL_HEALTH = "physical_health", "Physical health"
    OTHER = "other", "Something else"


#: Reasons that say that somebody is in danger: marked, and first in the list.
IN_DANGER = (Reason.HOSPITAL_RISK, Reason.SELF_HARM, Reason.AE_CRISIS)


class ReferralState(models.TextChoices):
    """Where a referral stands. The moves between them are in `lifecycle.MOVES`."""

    RECEIVED = "received", "Received"
    LOOKING = "looking", "Being looked at"
    WAITING = "waiting", "Waiting for information"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DeclineReason(models.TextChoices):
    """Why somebody can't join (policy reference, Appendix A)."""

    NO_DIAGNOSIS = "no_diagnosis", "No learning disability or autism that our rules count"
    WAITING_ASSESSMENT = "waiting_assessment", "Still waiting for an autism assessment"
    RISK_NOT_MET = "risk_not_met", "The risk of going into hospital is not high enough for the register"
    AGE = "age", "Outside the ages that the register is for"
    AREA = "area", "Another area's register"
    NO_AGREEMENT = "no_agreement", "No agreement to be on the register"
    DUPLICATE = "duplicate", "Already on the register, or referred already"
    LOCAL_OFFER = "local_offer", "Local help has not been tried yet"
