"""Making, finding and ending an organisation's link.

The key in the address is the reach: statements asked with it show this one link and nothing else, because the database
compares digests itself. A link that is invented, too old, ended, used up or for something else finds nothing.
"""

import re
import secrets
from datetime import datetime

from alongside.features.referrals.codes import digest_of
from alongside.features.referrals.doors.models import LinkTry, OrganisationLink
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
#: What is due about a link: making the next one before it ends.
MATTER = "organisation_link"


def make_link(
    note: Notes,
    *,
    icb_id: int,
    organisation: Organisation,
    what_for: str,
    expires_at: datetime,
    by: Me,
    unit: str = "",
    once: bool = False,
) -> tuple[OrganisationLink, str]:
    """(the link, its token). The token is told now and never again: put it into an address and forget it.

    once: it opens nothing more after `use_link`. Raises Refused unless `by` is register coordinator of the area.
    """
    _check_may_make(by, icb_id)
    if expires_at <= note.at:
        raise NotNow("expires", "Choose a last day in the future.")
    token = secrets.token_urlsafe(32)
    before = OrganisationLink.objects.filter(
        icb_id=icb_id, organisation=organisation, unit=unit, what_for=what_for, ended_at=None
    )
    for number in before.values_list("id", flat=True):
        note.matter(MATTER, number)
    link = OrganisationLink.objects.create(
        icb_id=icb_id,
        organisation=organisation,
        unit=unit,
        what_for=OrganisationLink.WhatFor(what_for),
        token_digest=digest_of(token),
        acts_as=_identity_of(icb_id, organisation, unit),
        made_by_id=by.id,
        made_at=note.at,
        expires_at=expires_at,
        once=once,
    )
    _say(note, link, "link.made", f"A link was made for {link.shown_name}: {link.get_what_for_display().lower()}.")
    return link, token


def end_link(note: Notes, *, link: OrganisationLink, by: Me) -> None:
    """From now on it opens nothing. Raises NotNow when it has ended already."""
    _check_may_make(by, link.icb_id)
    ended = OrganisationLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=note.at, ended_by_id=by.id)
    if not ended:
        raise NotNow("ended", "This link has been ended already.")
    _say(note, link, "link.ended", f"The link of {link.shown_name} was ended.")


def use_link(note: Notes, *, link: OrganisationLink) -> None:
    """A link that counts once is used up. Nothing for others. Raises NotNow when somebody was quicker."""
    if not link.once:
        return
    with context.as_engine():
        used = OrganisationLink.objects.filter(pk=link.pk, used_at=None).update(used_at=note.at)
    if not used:
        raise NotNow("link_used", "This was sent already with the same link. Nothing was done twice.")
    note.matter(MATTER, link.pk)


def find_link(token: str, what_for: str, at: datetime) -> OrganisationLink | None:
    """The link that this token opens for this purpose now; None for every other. Each try of a known one is kept."""
    if not _TOKEN.fullmatch(token):
        return None
    with context.asking_with(token):
        found = OrganisationLink.objects.select_related("icb", "organisation", "acts_as").filter(
            token_digest=digest_of(token)
        )
        link = found.first()
        if link is None:
            return None
        outcome = _outcome(link, what_for, at)
    with context.as_engine():
        LinkTry.objects.create(link=link, at=at, outcome=outcome)
    return link if outcome == LinkTry.Outcome.OPENED else None


def _outcome(link: OrganisationLink, what_for: str, at: datetime) -> str:
    said = LinkTry.Outcome
    if link.what_for != what_for:
        return said.OTHER
    if link.ended_at is not None:
        return said.ENDED
    if link.expires_at <= at:
        return said.EXPIRED
    return said.USED if link.once and link.used_at is not None else said.OPENED


def _check_may_make(by: Me, icb_id: int) -> None:
    if not by.holds_in(icb_id, Role.COORDINATOR):
        raise Refused("may_not_make", "Links are made and ended by the register team of this ICB.")


def _identity_of(icb_id: int, organisation: Organisation, unit: str) -> Actor:
    """The identity of an earlier link of the same ward or department, so that what it sent stands together."""
    earlier = OrganisationLink.objects.select_related("acts_as").filter(
        icb_id=icb_id, organisation=organisation, unit=unit
    )
    if before := earlier.order_by("id").first():
        return before.acts_as
    name = f"{unit}, {organisation.name}" if unit else organisation.name
    about = "Tells by a link; it has no account and reaches nobody"
    return Actor.objects.create(kind=Actor.Kind.JOB, name=name[:120], organisation=organisation, about=about)


def _say(note: Notes, link: OrganisationLink, code: str, words: str) -> None:
    note(code, words=words, icb_id=link.icb_id, subject="organisation_link", subject_id=link.pk)
    note.matter(MATTER, link.pk)
