"""Asking whoever decides: in their inbox, by a link for whoever has no account here, or by voice.

The key in a link's address is the reach: the database compares its digest, and it finds this one question and no other.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from alongside.features.escalation import lifecycle, text
from alongside.features.escalation.access import is_closed
from alongside.features.escalation.addressees import asked_now, posts_of
from alongside.features.escalation.models import Addressee, Escalation, EscalationLink, EscalationLinkTry, Officer
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes
from alongside.policy.escalating import Post

#: Local default: no national figure was found.
OPENS_FOR = timedelta(days=28)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def ask_whoever_has_it(note: Notes, escalation: Escalation, *, once: str = "") -> None:
    """Leads them to it. Where it is a team's, or nobody can be written to, the duty says it (see `policy`).

    once: what makes it another time than the last, where nothing of the escalation changed.
    """
    with context.as_engine():
        has = asked_now(escalation, note.at)
        post = _post(has)
    if has is None or post is None or has.actor_id == note.by.id:
        return
    if post.has_account:
        queue_message(
            note,
            icb_id=escalation.recorded_icb_id,
            kind="escalation.asked",
            subject=text.ASKED_SUBJECT,
            body=text.ASKED_BODY,
            to_actor_id=post.actor_id,
            link=f"/escalations/{escalation.number}",
            once=f"escalation:{escalation.number}:{once or escalation.version}",
        )
    elif has.officer is not None and has.officer.reach:
        send_link(note, escalation, has.officer)


def _post(has: Addressee | None) -> Post | None:
    if has is None or has.officer_id is None:
        return None
    return next((post for post in posts_of(has.recorded_icb_id) if post.id == has.officer_id), None)


def send_link(note: Notes, escalation: Escalation, officer: Officer) -> str:
    """Makes a link and sends it; earlier ones open nothing any more. The token is not kept."""
    if not officer.reach or is_closed(escalation.person, escalation.topic):
        raise NotNow("no_link", "No link can be sent: ring them, and write down what they say.")
    token = secrets.token_urlsafe(32)
    with context.as_engine():
        end_links(escalation, note.at)
        EscalationLink.objects.create(
            escalation=escalation,
            officer=officer,
            token_digest=hashlib.sha256(token.encode()).digest(),
            made_at=note.at,
            expires_at=note.at + OPENS_FOR,
        )
    way = email if "@" in officer.reach else sms
    queue_notice(
        note, icb_id=escalation.recorded_icb_id, way=way(officer.reach, notice="answer_once", link=f"/decision/{token}")
    )
    return token


def end_links(escalation: Escalation, at: datetime) -> None:
    """As the engine."""
    EscalationLink.objects.filter(escalation=escalation, used_at=None, ended_at=None).update(ended_at=at)


def find_by_link(token: str, at: datetime) -> tuple[EscalationLink, Escalation] | None:
    """The link and what it asks, while it opens. Too old, used, ended or closed: nothing, and the try is counted."""
    if not _TOKEN.fullmatch(token):
        return None
    with context.asking_with(token):
        link = EscalationLink.objects.filter(token_digest=hashlib.sha256(token.encode()).digest()).first()
    if link is None:
        return None
    with context.as_engine():
        link.officer = Officer.objects.select_related("actor").get(pk=link.officer_id)
        found = Escalation.objects.select_related("person", "recorded_icb", "recorded_by").get(pk=link.escalation_id)
        has = asked_now(found, at)
        theirs = has is not None and has.officer_id == link.officer_id
        opens = not (link.used_at or link.ended_at or link.expires_at <= at) and theirs
        if opens and found.state in lifecycle.OPEN and not is_closed(found.person, found.topic):
            return link, found
        EscalationLinkTry.objects.create(link=link, at=at)
    return None


def use_link(note: Notes, link: EscalationLink) -> None:
    """It answers once. Raises NotNow when somebody was quicker with it."""
    with context.as_engine():
        used = EscalationLink.objects.filter(pk=link.pk, used_at=None, ended_at=None).update(used_at=note.at)
    if not used:
        raise NotNow("link_used", "This was answered already with the same link. Nothing was done twice.")
