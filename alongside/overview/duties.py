"""Reading what is due, one thing at a time."""

from django.http import Http404

from alongside.features.register.models import Rating
from alongside.foundation.access.me import Me
from alongside.overview.engine.matters import address_of
from alongside.overview.models import Duty
from alongside.overview.operations import person_of
from alongside.policy.rules import NATIONAL

LAW = frozenset(rule.key for rule in NATIONAL if rule.kind == "statute")


def find_duty(me: Me, duty_id: int) -> Duty | None:
    """The duty with its person; None when it is out of reach or no longer due."""
    return Duty.objects.visible_to(me).select_related("person", "owner_actor", "owner_team").filter(pk=duty_id).first()


def is_law(duty: Duty) -> bool:
    """Whether an Act or regulations ask for it."""
    return duty.rule_key in LAW


def owner_name(duty: Duty) -> str:
    owner = duty.owner_actor or duty.owner_team
    return owner.name if owner else ""


def page_that_does_it(me: Me, duty: Duty) -> str:
    """The address of the page that does a duty which has no short form here; '' when it has one."""
    if duty.person_id is None:
        if address := address_of(duty.subject, duty.subject_id or 0):
            return address
        raise Http404
    if duty.doing == "confirm_agreement":
        return f"/people/{person_of(duty).reference}/agreement"
    if duty.doing == "answer_told":
        return f"/people/{person_of(duty).reference}/told/{duty.subject_id}"
    if duty.doing in ("rate", "plan_review_date"):
        return f"/register/entries/{duty.subject_id}/rate"
    if duty.doing == "decide_rating":
        rating = Rating.objects.visible_to(me).filter(pk=duty.subject_id).values_list("entry_id", flat=True).first()
        if rating is None:
            raise Http404
        return f"/register/entries/{rating}/rate"
    return ""
