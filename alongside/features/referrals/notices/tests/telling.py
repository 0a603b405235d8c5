"""Links and notices in tests. Everybody is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from alongside.features.referrals.doors.links import make_link
from alongside.features.referrals.models import Notice, OrganisationLink
from alongside.features.referrals.notices.receiving import Said, receive_notice
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import Area, acting_as

#: Friday 6 March 2026, four in the afternoon.
FRIDAY = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
SAID: dict[str, Any] = {
    "given_name": "Tariq",
    "family_name": "Aziz",
    "birth_date": date(2010, 5, 2),
    "nhs_number": "",
    "where_now": "Willow Ward",
    "happened_at": FRIDAY - timedelta(hours=2),
    "happened": "Came in by ambulance.",
    "ring_name": "Sister Okafor",
    "ring_phone": "01632 960111",
}


def an_organisation(name: str = "Northmoor Hospital", kind: str = "provider") -> Organisation:
    with context.as_engine(), recording(by=_engine(), at=FRIDAY - timedelta(days=90)) as note:
        made = Organisation.objects.create(kind=kind, name=name, invented=True)
        note("organisation.made", words="An organisation was loaded.")
    return made


def _engine() -> Any:
    from alongside.foundation.accounts.models import Actor

    return Actor.objects.get(kind="engine")


def a_link(
    area: Area, what_for: str = "notice", *, at: datetime = FRIDAY - timedelta(days=30), days: int = 365, **more: Any
) -> tuple[OrganisationLink, str]:
    """A link made by the area's coordinator, and its token."""
    organisation = more.pop("organisation", None) or an_organisation(f"Northmoor Hospital {at.timestamp()}")
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        return make_link(
            note,
            icb_id=area.icb.pk,
            organisation=organisation,
            what_for=what_for,
            expires_at=at + timedelta(days=days),
            by=me,
            **more,
        )


def tell(area: Area, kind: str = "notice", *, at: datetime = FRIDAY, **said: Any) -> Notice:
    """A notice or an alert, as a link sends it."""
    link, token = a_link(area, kind, unit="Willow Ward", at=at - timedelta(days=30))
    place = {"place": "mental_health_hospital"} if kind == "notice" else {}
    with context.asking_with(token), recording(by=link.acts_as, at=at) as note:
        return receive_notice(
            note,
            kind=kind,
            icb_id=area.icb.pk,
            said=Said(**SAID | {"happened_at": at - timedelta(hours=1)} | place | said),
            sender=link.shown_name,
            link=link,
        )


def due(notice: Notice) -> dict[str, Duty]:
    with context.as_engine():
        return {
            duty.key.partition(":")[0]: duty
            for duty in Duty.objects.filter(subject__in=("notice", "notice_lifted"), subject_id=notice.pk)
        }


def read(notice: Notice) -> Notice:
    with context.as_engine():
        return Notice.objects.select_related("person").get(pk=notice.pk)
