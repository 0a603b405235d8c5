"""The demonstration's ward and A&E department with their links, what came by them, and who is on call."""

from datetime import datetime, timedelta
from typing import Any

from alongside.features.people.models import Person
from alongside.features.referrals.doors.links import make_link
from alongside.features.referrals.models import Notice, OnCall, OrganisationLink, Referral
from alongside.features.referrals.notices import rota
from alongside.features.referrals.notices.receiving import Said, receive_notice
from alongside.foundation.access import context
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from simulator.history import Member
from simulator.referrals import acting_as

_DAY = timedelta(days=1)
WARD, DEPARTMENT = "Willow Ward", "A&E"
RING: dict[str, Any] = {"nhs_number": "", "ring_name": "Sister Okafor, nurse in charge", "ring_phone": "01632 960177"}


def send_notices(now: datetime, icb_id: int, coordinator: Member, manager: Member, worker: Member) -> None:
    """A notice about somebody who is almost somebody on record, and an alert about a girl who was a no. Once."""
    with context.as_engine():
        if OrganisationLink.objects.filter(icb_id=icb_id, what_for="notice").exists():
            return
        trust = Organisation.objects.filter(kind="provider", code__startswith="ZP90").order_by("code").first()
        theo = Person.objects.filter(icb_id=icb_id, given_name="Theo", family_name="Lamb").first()
        nell = Referral.objects.filter(icb_id=icb_id, given_name="Nell").first()
    if trust is None or theo is None or nell is None:
        return
    ward = _link(now, icb_id, coordinator, trust, "notice", WARD)
    department = _link(now, icb_id, coordinator, trust, "alert", DEPARTMENT)
    _name_on_call(now, icb_id, manager, worker)
    _tell(
        now - timedelta(hours=2),
        ward,
        given_name="Theo",
        family_name="Lam",
        birth_date=theo.birth_date,
        where_now=ward[0].shown_name,
        place=Notice.Place.MENTAL_HEALTH,
        happened="Came in last night with his mother. Has not slept for three nights.",
    )
    _tell(
        now - timedelta(hours=1),
        department,
        given_name="Nell",
        family_name="Frost",
        birth_date=nell.birth_date,
        where_now=department[0].shown_name,
        happened="Brought in by the police after running on to the road. Calm now; her mother is with her.",
    )


def _link(
    now: datetime, icb_id: int, coordinator: Member, trust: Organisation, what_for: str, unit: str
) -> tuple[OrganisationLink, str]:
    at = now - 60 * _DAY
    with acting_as(coordinator, at) as (me, note):
        return make_link(
            note,
            icb_id=icb_id,
            organisation=trust,
            what_for=what_for,
            unit=unit,
            expires_at=at + 365 * _DAY,
            by=me,
        )


def _name_on_call(now: datetime, icb_id: int, manager: Member, worker: Member) -> None:
    today = now.astimezone(LONDON).date()
    if OnCall.objects.filter(icb_id=icb_id).exists():
        return
    with acting_as(manager, now) as (me, note):
        for first, who, phone in ((0, manager, "01632 960180"), (7, worker, "01632 960181")):
            days = {"from_date": today + first * _DAY, "to_date": today + (first + 6) * _DAY}
            rota.add(note, icb_id=icb_id, actor_id=who.id, phone=phone, by=me, **days)


def _tell(at: datetime, by: tuple[OrganisationLink, str], **said: Any) -> None:
    link, token = by
    with context.asking_with(token), recording(by=link.acts_as, at=at) as note:
        receive_notice(
            note,
            kind=link.what_for,
            icb_id=link.icb_id,
            said=Said(**RING | {"happened_at": at} | said),
            sender=link.shown_name,
            link=link,
        )
