"""Reading what is due, one thing at a time."""

from django.http import Http404

from alongside.features.concerns.text import PAGE_OF_DUTY
from alongside.features.emergency.text import page_of
from alongside.features.escalation.addresses import page_of_duty
from alongside.features.register.models import Rating
from alongside.features.reviews.models import PlannedReview
from alongside.features.reviews.organising.queries import find_open_of_stay
from alongside.foundation.access.me import Me
from alongside.overview.engine.matters import address_of
from alongside.overview.models import Duty
from alongside.overview.operations import person_of
from alongside.overview.text import REVIEW_OF
from alongside.policy.in_hospital import NOTICE_OF
from alongside.policy.rules import NATIONAL

#: Pages about a stay, by what the button of a duty does.
STAY_PAGES = {
    "open_stay": "/hospital/stays/{stay}",
    "know_admission": "/hospital/stays/{stay}/follows",
    "record_visit": "/hospital/stays/{stay}/visit",
    "record_stay_notice": "/hospital/stays/{stay}/tell/{kind}",
    "open_discharge_plan": "/hospital/stays/{stay}/discharge-plan",
    "open_after_discharge": "/hospital/stays/{stay}/after-discharge",
    "open_root_cause": "/hospital/stays/{stay}/root-cause",
    "open_look_back": "/hospital/stays/{stay}/look-back",
}
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
    if duty.doing == "name_keyworker":
        return f"/people/{person_of(duty).reference}/keyworker"
    if duty.doing == "decide_exception":
        return f"/people/{person_of(duty).reference}/keyworker/outside"
    if duty.doing == "record_capacity":
        return f"/people/{person_of(duty).reference}/capacity/add?again={duty.subject_id}"
    if duty.doing == "open_plan":
        return f"/people/{person_of(duty).reference}/plan"
    if duty.doing in ("open_step_down", "ask_after"):
        return f"/people/{person_of(duty).reference}/stepping-down"
    if duty.doing in STAY_PAGES:
        return STAY_PAGES[duty.doing].format(stay=duty.subject_id, kind=NOTICE_OF.get(duty.key.split(":", 1)[0], ""))
    if duty.doing in PAGE_OF_DUTY:
        return f"/people/{person_of(duty).reference}/{PAGE_OF_DUTY[duty.doing].format(number=duty.subject_id)}"
    if duty.doing == "open_emergency":
        return page_of(duty.subject, duty.subject_id, person_of(duty).reference)
    if duty.doing == "open_review":
        return f"/people/{person_of(duty).reference}/reviews/{duty.subject_id}"
    if duty.doing == "record_review" and duty.subject == "stay" and (planned := _planned_of(me, duty)):
        return f"/people/{person_of(duty).reference}/reviews/planned/{planned.pk}"
    if duty.doing == "open_planned_review":
        return f"/people/{person_of(duty).reference}/reviews/planned/{duty.subject_id}"
    if duty.doing == "name_adult_lead":
        return f"/people/{person_of(duty).reference}/turning-18"
    if duty.doing == "open_move":
        return f"/people/{person_of(duty).reference}/move"
    if duty.doing in ("raise_escalation", "open_escalation", "open_refusal"):
        return page_of_duty(duty.key, duty.subject_id or 0, person_of(duty).reference)
    if duty.doing == "answer_told":
        return f"/people/{person_of(duty).reference}/told/{duty.subject_id}"
    if duty.doing == "log_contact":
        return f"/people/{person_of(duty).reference}/contact?next=/"
    if duty.doing == "log_appointment":
        return f"/people/{person_of(duty).reference}/contact?appointment={duty.subject_id}&next=/"
    if duty.doing == "open_promise":
        return f"/people/{person_of(duty).reference}/promises/{duty.subject_id}?next=/"
    if duty.doing == "open_action":
        return f"/people/{person_of(duty).reference}/actions/{duty.subject_id}"
    if duty.doing in ("rate", "plan_review_date"):
        return f"/register/entries/{duty.subject_id}/rate"
    if duty.doing == "decide_rating":
        rating = Rating.objects.visible_to(me).filter(pk=duty.subject_id).values_list("entry_id", flat=True).first()
        if rating is None:
            raise Http404
        return f"/register/entries/{rating}/rate"
    return ""


def _planned_of(me: Me, duty: Duty) -> PlannedReview | None:
    """The review that is organised already for what is due: it is held there, and not a second time by a short form."""
    kind = REVIEW_OF.get(duty.key.split(":", 1)[0])
    return find_open_of_stay(me, duty.subject_id or 0, kind) if kind else None
