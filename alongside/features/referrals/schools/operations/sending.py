"""Sending links: the first e-mail of a round, and reminders. The worker's; nothing of it depends on a page."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from django.db.models import Q

from alongside.features.referrals.codes import digest_of
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.promised import Rules, rules_of
from alongside.features.referrals.schools.models import SchoolAsk
from alongside.features.referrals.schools.sender import the_sender
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.operations import queue_notice
from alongside.foundation.messages.ways import email
from alongside.foundation.recording.recording import Notes, NothingNoted, recording
from alongside.policy.counting import local_day
from alongside.policy.duties.schools import reminded_on

AT_A_TIME = 50
#: The first e-mail, and the two reminders of the rules.
MOST = 3


def send_due(at: datetime) -> int:
    """Sends every link that is due: first ones, and reminders to schools that are silent. How many."""
    sent = 0
    while some := _send_some(at):
        sent += some
    return sent


def _send_some(at: datetime) -> int:
    with context.as_engine():
        waiting = SchoolAsk.objects.filter(
            ~Q(email=""), answered_at=None, closed_at=None, until__gt=at, sent__lt=MOST
        ).select_related("icb")
        rules = cache(rules_of)
        wanted = [ask.pk for ask in waiting.order_by("id") if _is_due(ask, at, rules)][:AT_A_TIME]
        if not wanted:
            return 0
        try:
            with recording(by=the_sender(), at=at) as note:
                return _send(note, wanted)
        except NothingNoted:  # somebody else was sending these
            return 0


def _is_due(ask: SchoolAsk, at: datetime, rules: Rules) -> bool:
    """The first one at once; a reminder on the day that the area's rules give."""
    if not ask.sent or ask.sent_at is None:
        return True
    days = reminded_on(local_day(ask.sent_at), *rules(ask.icb.code))
    return local_day(at) >= days[ask.sent - 1]


def _send(note: Notes, ids: Sequence[int]) -> int:
    """Two workers at once send each link once: who comes second finds the rows locked, and leaves them."""
    locked = SchoolAsk.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=ids, answered_at=None)
    asks = list(locked.select_related("organisation", "round").order_by("id"))
    tokens = _make_links(note, asks)
    for ask in asks:
        queue_notice(note, icb_id=ask.icb_id, way=email(ask.email, notice="asked", link=path_of(tokens[ask.pk])))
        ask.sent += 1
        ask.sent_at = ask.sent_at or note.at
    SchoolAsk.objects.bulk_update(asks, ["sent", "sent_at"])
    for ask in asks:
        again = "asked" if ask.sent == 1 else "reminded"
        note(
            f"school.{again}",
            words=f"{ask.organisation.name} was {again} about the {ask.round.term}.",
            icb_id=ask.icb_id,
            subject="school_ask",
            subject_id=ask.pk,
        )
    return len(asks)


def path_of(token: str) -> str:
    """The address that a school's link leads to."""
    return f"/schools/ask/{token}"


def _make_links(note: Notes, asks: Sequence[SchoolAsk]) -> dict[int, str]:
    """A link for each school, good until the next term's question; its token by ask.

    In the name of the coordinator who started the round. An earlier link of the same round goes on working: the
    reminder may lie in another inbox than the first e-mail.
    """
    identities = _identities(asks)
    tokens = {ask.pk: secrets.token_urlsafe(32) for ask in asks}
    OrganisationLink.objects.bulk_create(
        OrganisationLink(
            icb_id=ask.icb_id,
            organisation_id=ask.organisation_id,
            what_for=OrganisationLink.WhatFor.SCHOOL_ASK,
            token_digest=digest_of(tokens[ask.pk]),
            acts_as=identities[ask.icb_id, ask.organisation_id],
            made_by_id=ask.round.started_by_id,
            made_at=note.at,
            expires_at=ask.until,
        )
        for ask in asks
    )
    return tokens


def _identities(asks: Sequence[SchoolAsk]) -> dict[tuple[int, int], Actor]:
    """The identity in whose name each school answers: that of its earlier links, or a new one."""
    schools = {ask.organisation_id for ask in asks}
    links = OrganisationLink.objects.filter(organisation_id__in=schools, unit="").select_related("acts_as")
    known = {(link.icb_id, link.organisation_id): link.acts_as for link in links.order_by("-id")}
    missing = [ask for ask in asks if (ask.icb_id, ask.organisation_id) not in known]
    made = Actor.objects.bulk_create(
        Actor(
            kind=Actor.Kind.JOB,
            name=ask.organisation.name[:120],
            organisation_id=ask.organisation_id,
            about="Tells by a link; it has no account and reaches nobody",
        )
        for ask in missing
    )
    return known | {(a.icb_id, a.organisation_id): actor for a, actor in zip(missing, made, strict=True)}
