"""Who is told that something came: the register team's inbox, and for an alert whoever is on call."""

from datetime import date

from alongside.features.referrals.notices.models import Notice, OnCall
from alongside.features.referrals.operations.reaching import register_team
from alongside.foundation.access import context
from alongside.foundation.accounts.invitations import plain_phone
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.ways import sms
from alongside.foundation.recording.recording import Notes

#: Numbers that take a text message.
_MOBILE = "07"


def list_on_call(icb_id: int, on: date) -> list[OnCall]:
    """Who is on call in an area on a day, by name."""
    rota = OnCall.objects.select_related("actor").filter(icb_id=icb_id, from_date__lte=on, to_date__gte=on)
    return list(rota.order_by("actor__name", "id"))


def numbers_on_call(icb_id: int, on: date) -> list[tuple[str, str]]:
    """Names and numbers, for whoever stands beside a young person at night. As the engine: a rota is about nobody."""
    with context.as_engine():
        return [(one.actor.name, one.phone) for one in list_on_call(icb_id, on)]


def tell_team(note: Notes, notice: Notice) -> None:
    """A message into the register team's inbox that leads to the notice."""
    if team := register_team(notice.icb_id):
        what = "An alert" if notice.is_alert else "A notice of an admission"
        queue_message(
            note,
            icb_id=notice.icb_id,
            kind="notice_came",
            subject="An alert came" if notice.is_alert else "A notice came",
            body=f"{what} came from {notice.sender}: {notice.reference}.",
            to_team_id=team,
            link=f"/notices/{notice.pk}",
        )


def tell_who_is_on_call(note: Notes, notice: Notice) -> None:
    """A neutral text message to each mobile number of those on call today; it leads to the on-call list."""
    today = note.at.astimezone(LONDON).date()
    phones = {plain_phone(one.phone) for one in list_on_call(notice.icb_id, today)}
    for phone in sorted(number for number in phones if number.startswith(_MOBILE)):
        queue_notice(note, icb_id=notice.icb_id, way=sms(phone, notice="urgent", link="/on-call"))
