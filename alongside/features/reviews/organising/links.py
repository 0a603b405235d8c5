"""The link of a panel member: it opens once, and then the browser that opened it has a key of its own.

The key in the address, or in the browser, is the reach: the database compares digests. Whatever it does not open looks
like what never was; each try of a link that is known is counted.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.features.reviews.models import PanelLink, PanelMember, PanelTry, PlannedReview
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.operations import queue_notice
from alongside.foundation.messages.ways import email
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words

#: It ends the day after the review. Local default.
AFTER = timedelta(days=1)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_O = PanelTry.Outcome


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member who came by their link, on the browser that opened it. `key` is that browser's."""

    key: str
    link: PanelLink
    member: PanelMember
    planned: PlannedReview


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def send_link(note: Notes, *, member: PanelMember) -> str:
    """Makes a link and sends it; earlier ones of the seat open nothing any more. The token is not kept.

    Raises NotNow where there is no day yet, no address, or the seat is left.
    """
    planned = member.planned
    if planned.state != PlannedReview.State.DATED or planned.starts_at is None or planned.starts_at + AFTER <= note.at:
        raise NotNow("no_day", "Set a day first: the link tells when it is, and ends the day after.")
    if not member.reach or member.left_at is not None:
        raise NotNow("no_reach", "There is no e-mail address for them. Tell them yourself.")
    token = secrets.token_urlsafe(32)
    with context.as_engine():
        _end(note, PanelLink.objects.filter(member=member))
        PanelLink.objects.create(
            member=member,
            planned=planned,
            token_digest=_digest(token),
            made_at=note.at,
            expires_at=planned.starts_at + AFTER,
        )
    on = day_in_words(planned.starts_at.astimezone(LONDON).date())
    icb = str(planned.recorded_icb_id)
    way = email(member.reach, notice="panel_invited", link=f"/panel/{token}", icb=icb, day=on)
    queue_notice(note, icb_id=planned.recorded_icb_id, way=way)
    note.of("panel.link_sent", member, words=f"A link was sent to {member.name}.")
    return token


def send_links(note: Notes, planned: PlannedReview) -> int:
    """To every member who comes, has an e-mail address, and got none since the day was set. How many were sent."""
    if planned.starts_at is None or planned.starts_at <= note.at:
        return 0
    had = PanelLink.objects.filter(planned=planned, ended_at=None, made_at__gte=planned.state_at)
    with context.as_engine():
        known = set(had.values_list("member_id", flat=True))
        rows = PanelMember.objects.filter(planned=planned, left_at=None).exclude(answer=PanelMember.Answer.NO)
        members = list(rows.exclude(reach="").exclude(pk__in=known).select_related("planned", "person").order_by("pk"))
    for member in members:
        send_link(note, member=member)
    return len(members)


def tell_called_off(note: Notes, planned: PlannedReview) -> None:
    """An e-mail to every member whose link stands: the day is off, and the link opens nothing any more."""
    if planned.starts_at is None:
        return
    with context.as_engine():
        rows = PanelMember.objects.filter(planned=planned, left_at=None, links__ended_at=None, links__isnull=False)
        reaches = list(rows.exclude(answer=PanelMember.Answer.NO).order_by("pk").values_list("reach", flat=True))
    on = day_in_words(planned.starts_at.astimezone(LONDON).date())
    for reach in dict.fromkeys(reaches):
        way = email(reach, notice="panel_called_off", icb=str(planned.recorded_icb_id), day=on)
        queue_notice(note, icb_id=planned.recorded_icb_id, way=way)


def follow_day(planned: PlannedReview) -> None:
    """Links that stand end the day after the day that counts now."""
    if planned.starts_at is not None:
        with context.as_engine():
            rows = PanelLink.objects.filter(planned=planned, ended_at=None)
            rows.update(expires_at=planned.starts_at + AFTER)


def end_links(note: Notes, planned: PlannedReview, member: PanelMember | None = None) -> None:
    """From now on they open nothing."""
    with context.as_engine():
        rows = PanelLink.objects.filter(planned=planned)
        _end(note, rows.filter(member=member) if member else rows)


def _end(note: Notes, rows: object) -> None:
    rows.filter(ended_at=None).update(ended_at=note.at)  # type: ignore[attr-defined]


def find_link(token: str, at: datetime) -> PanelLink | None:
    """The link that this token opens now; None for every other. Each try of a known one is counted."""
    if not _TOKEN.fullmatch(token):
        return None
    with context.asking_with(token):
        link = PanelLink.objects.filter(token_digest=_digest(token)).first()
    if link is None:
        return None
    outcome = _outcome(link, at)
    if outcome != _O.OPENED:
        count_try(link, outcome, at)
        return None
    return link


def _outcome(link: PanelLink, at: datetime) -> str:
    if link.ended_at is not None:
        return _O.ENDED
    if link.expires_at <= at:
        return _O.EXPIRED
    return _O.AGAIN if link.opened_at is not None else _O.OPENED


def open_link(note: Notes, link: PanelLink) -> str:
    """The browser's own key, told once. Raises NotNow when somebody was quicker with the link."""
    key = secrets.token_urlsafe(32)
    with context.as_engine():
        fresh = PanelLink.objects.filter(pk=link.pk, opened_at=None, ended_at=None)
        if not fresh.update(opened_at=note.at, sitting_digest=_digest(key)):
            raise NotNow("opened", "This link was opened already.")
        member = PanelMember.objects.select_related("planned").get(pk=link.member_id)
        note.of("panel.link_opened", member, words=f"{member.name} opened their link.")
    count_try(link, _O.OPENED, note.at)
    return key


def find_sitting(key: str, at: datetime) -> Sitting | None:
    """The member whose browser has this key, while their link stands."""
    if not _TOKEN.fullmatch(key):
        return None
    with context.asking_with(key):
        link = PanelLink.objects.filter(sitting_digest=_digest(key)).first()
    if link is None:
        return None
    if link.ended_at is not None or link.expires_at <= at:
        count_try(link, _O.ENDED if link.ended_at else _O.EXPIRED, at)
        return None
    with context.as_engine():
        rows = PanelMember.objects.select_related("planned__person", "planned__recorded_icb", "actor", "person")
        member = rows.filter(pk=link.member_id, left_at=None).first()
    return Sitting(key, link, member, member.planned) if member is not None else None


def count_try(link: PanelLink, outcome: str, at: datetime) -> None:
    """Keeps that a known link was tried, and how it was answered."""
    with context.as_engine():
        icb = PlannedReview.objects.values_list("recorded_icb_id", flat=True).get(pk=link.planned_id)
        PanelTry.objects.create(link=link, icb_id=icb, at=at, outcome=outcome)
