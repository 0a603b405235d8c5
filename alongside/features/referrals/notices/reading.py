"""What the rules need to know about notices and links. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef

from alongside.features.people.models import Guard
from alongside.features.referrals.doors.links import MATTER as LINK_MATTER
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.notices.models import Notice
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.recording.recording import Notes
from alongside.policy.duties import LinkFacts, NoticeFacts

MATTER = "notice"
#: The manager's: that nobody has opened one in time. Says nothing that only the register team may know.
LIFTED = "notice_lifted"
#: Links for these are made anew each time by what they belong to.
_MADE_ANEW = (OrganisationLink.WhatFor.SCHOOL_ASK,)


def read_notices(ids: Sequence[int]) -> Iterator[NoticeFacts]:
    """Notices as the register team has them to do. One about a restricted record is a named coordinator's.

    Where no coordinator is named, it is information governance's, who may name one: the team can't open it.
    """
    found = list(Notice.objects.filter(pk__in=ids).select_related("person"))
    restricted = [one for one in found if one.person and one.person.restricted]
    named = _governance(restricted) | _named_coordinators(restricted)
    for one in found:
        closed = one.person is not None and one.person.guard == Guard.CLOSED
        yield NoticeFacts(
            kind=MATTER,
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.came_at,
            closed_at=one.came_at if closed else one.settled_at,
            owner_actor=named.get(one.pk),
            first=one.taken_at is None,
            reference=one.reference,
            alert=one.is_alert,
            taken_at=one.taken_at,
            decided=one.is_decided,
        )


def _named_coordinators(restricted: Sequence[Notice]) -> dict[int, int]:
    """Notice to a register coordinator who is named on the record: the others can't open it."""
    if not restricted:
        return {}
    people = {one.person_id: one for one in restricted if one.person_id}
    named = Involvement.objects.filter(person_id__in=people, because=Involvement.Because.NAMED, to_at=None).values_list(
        "person_id", "actor_id"
    )
    held = RoleHeld.objects.filter(
        actor_id__in={actor for _, actor in named}, role=Role.COORDINATOR, to_date=None, actor__left_on=None
    ).values_list("actor_id", "area_id")
    areas = set(held)
    return {people[person].pk: actor for person, actor in sorted(named) if (actor, people[person].icb_id) in areas}


def _governance(restricted: Sequence[Notice]) -> dict[int, int]:
    """Notice to whoever holds information governance in its area; of several the first."""
    if not restricted:
        return {}
    areas = {one.icb_id for one in restricted}
    held = RoleHeld.objects.filter(area_id__in=areas, role=Role.GOVERNANCE, to_date=None, actor__left_on=None)
    first = dict(held.order_by("-actor_id").values_list("area_id", "actor_id"))
    return {one.pk: first[one.icb_id] for one in restricted if one.icb_id in first}


def read_lifted(ids: Sequence[int]) -> Iterator[NoticeFacts]:
    """The same as the manager has them: until somebody has taken one."""
    for one in Notice.objects.filter(pk__in=ids).select_related("person"):
        closed = one.person is not None and one.person.guard == Guard.CLOSED
        yield NoticeFacts(
            kind=LIFTED,
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.came_at,
            closed_at=one.came_at if closed else one.taken_at or one.settled_at,
            guard=0,
            first=True,
            reference=one.reference,
            alert=one.is_alert,
        )


def list_notices(icb_id: int | None) -> list[int]:
    rows = Notice.objects.filter(settled_at=None)
    return list((rows.filter(icb_id=icb_id) if icb_id else rows).values_list("pk", flat=True))


def read_links(ids: Sequence[int]) -> Iterator[LinkFacts]:
    """Links by which an organisation tells again and again; a newer one for the same makes the old one done."""
    newer = OrganisationLink.objects.filter(
        icb_id=OuterRef("icb_id"),
        organisation_id=OuterRef("organisation_id"),
        unit=OuterRef("unit"),
        what_for=OuterRef("what_for"),
        expires_at__gt=OuterRef("expires_at"),
        ended_at=None,
    )
    for one in OrganisationLink.objects.filter(pk__in=ids).annotate(newer=Exists(newer)):
        done = one.once or one.what_for in _MADE_ANEW or one.newer
        yield LinkFacts(
            kind=LINK_MATTER,
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.made_at,
            closed_at=one.ended_at or (one.made_at if done else None),
            expires_at=one.expires_at,
            what_for=one.get_what_for_display(),
        )


def list_links(icb_id: int | None) -> list[int]:
    rows = OrganisationLink.objects.filter(ended_at=None, once=False)
    return list((rows.filter(icb_id=icb_id) if icb_id else rows).values_list("pk", flat=True))


def follow_notices(notes: Notes) -> None:
    """An answer about agreement, or a restriction, may change who has a notice to do. A step of `config/wiring.py`."""
    codes = ("consent.", "record.", "person.guard")
    people = {event.person_id for event in notes.events if event.code.startswith(codes) and event.person_id}
    if people:
        for number in Notice.objects.filter(person_id__in=people, settled_at=None).values_list("id", flat=True):
            notes.matter(MATTER, number)
            notes.matter(LIFTED, number)
