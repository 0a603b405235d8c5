"""Asking the owner of an action: in their inbox, or by a link for whoever has no account that opens it.

The key in the address is the reach: the database compares its digest, and it finds this one link and nothing else. It
answers once, and the next link is sent with the answer. What it shows is the action, who asked, and initials.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from alongside.features.actions import lifecycle, text
from alongside.features.actions.access import is_link_open
from alongside.features.actions.models import Action, ActionLink
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words

#: Local default: no national figure was found. It counts from the day that was agreed, where that is later.
OPENS_FOR = timedelta(days=28)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def ask_owner(note: Notes, action: Action) -> None:
    """Leads the owner to the action: by a link where they open nothing here; nothing where they are told by voice."""
    if not action.by_link:
        queue_message(
            note,
            icb_id=action.recorded_icb_id,
            kind="action.asked",
            subject=text.ASKED_SUBJECT,
            body=text.ASKED_BODY,
            to_actor_id=action.owner_id,
            link=f"/people/{action.person.reference}/actions/{action.number}",
            once=f"action:{action.number}:{action.version}",
        )
    elif action.owner_reach and is_link_open(action):
        send_link(note, action)


def send_link(note: Notes, action: Action, *, again: bool = False) -> str:
    """Makes a link and sends it; earlier ones open nothing any more. The token is not kept.

    `again`: they were written to before and have not answered, so it says that it is a reminder.
    """
    if not action.owner_reach or not is_link_open(action):
        raise NotNow("no_link", "No link can be sent: tell the owner yourself, and write down what they say.")
    token = secrets.token_urlsafe(32)
    until = datetime.combine(action.due_on, datetime.min.time(), note.at.tzinfo)
    with context.as_engine():
        ActionLink.objects.filter(action_id=action.number, used_at=None, ended_at=None).update(ended_at=note.at)
        ActionLink.objects.create(
            action_id=action.number,
            owner_id=action.owner_id,
            token_digest=hashlib.sha256(token.encode()).digest(),
            made_at=note.at,
            expires_at=max(note.at, until) + OPENS_FOR,
        )
    way = email if "@" in action.owner_reach else sms
    notice = ("act_" if action.state == Action.State.PROPOSED else "done_") + ("reminder" if again else "once")
    filling = {"link": f"/action/{token}", "icb": str(action.recorded_icb_id), "day": day_in_words(action.due_on)}
    queue_notice(note, icb_id=action.recorded_icb_id, way=way(action.owner_reach, notice=notice, **filling))
    return token


def find_by_link(token: str, at: datetime) -> tuple[ActionLink, Action] | None:
    """The link and its action, while it opens. Too old, used, ended, another's or closed meanwhile: nothing."""
    if not _TOKEN.fullmatch(token):
        return None
    with context.asking_with(token):
        link = ActionLink.objects.filter(token_digest=hashlib.sha256(token.encode()).digest()).first()
    if link is None or link.used_at or link.ended_at or link.expires_at <= at:
        return None
    action = _action_of(link)
    opens = action is not None and is_link_open(action) and action.owner_id == link.owner_id
    return (link, action) if opens and action and action.state in lifecycle.OPEN else None


def _action_of(link: ActionLink) -> Action | None:
    with context.as_engine():
        rows = Action.objects.filter(Q(pk=link.action_id) | Q(root_id=link.action_id), superseded_by=None)
        return rows.select_related("owner", "owner_organisation", "person", "recorded_by", "recorded_icb").first()


def use_link(note: Notes, link: ActionLink) -> None:
    """It answers once. Raises NotNow when somebody was quicker with it."""
    with context.as_engine():
        used = ActionLink.objects.filter(pk=link.pk, used_at=None, ended_at=None).update(used_at=note.at)
    if not used:
        raise NotNow("link_used", "This was answered already with the same link. Nothing was done twice.")
