"""What is open about somebody besides agreed actions, said once each for whoever they move to.

Joined here, because escalations, what is raised, and moves know nothing of each other.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeVar

from alongside.features.concerns.models import Concern, Dispute, Followed, Funding, FundingPart, PlacementNotice
from alongside.features.escalation.lifecycle import OPEN
from alongside.features.escalation.queries import list_of_person, list_refusals, shown
from alongside.features.moving.pack import StillOpen
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.reviews.models.planned import OPEN as TO_BE_HELD
from alongside.features.reviews.models.planned import PlannedReview
from alongside.features.reviews.organising.queries import list_planned
from alongside.foundation.access.me import Me
from alongside.foundation.nhsuk.filters import day
from alongside.policy.counting import local_day

AnyFollowed = TypeVar("AnyFollowed", bound=Followed)


def list_still_open(me: Me, person: Person, at: datetime) -> list[StillOpen]:
    """Reads within the scope of `me`; on which topics it is told is for whoever tells it."""
    return [*_reviews(me, person), *_put_to_somebody(me, person, at), *_raised(me, person, at)]


def _reviews(me: Me, person: Person) -> Iterator[StillOpen]:
    for row in list_planned(me, person):
        if row.state in TO_BE_HELD:
            until = local_day(row.starts_at) if row.starts_at else None
            yield StillOpen(row.topic, f"{row.get_kind_display()}: {_stands(row)}", row.asked_on, until, row.place)


def _stands(row: PlannedReview) -> str:
    return f"planned for {day(row.starts_at)}" if row.starts_at else row.get_state_display().lower()


def _put_to_somebody(me: Me, person: Person, at: datetime) -> Iterator[StillOpen]:
    rows = [row for row in list_of_person(me, person) if row.state in OPEN]
    for one in shown(rows, at):
        row = one.row
        what = f"Put to level {one.level} to decide ({row.get_state_display().lower()}): {row.what}"
        whom = one.who or "the keyworking team"
        yield StillOpen(row.topic, what, local_day(row.happened_at), one.due, whom, not row.told)
    for no in list_refusals(me, person):
        if not no.settled:
            what = f"{no.place} said no: {no.asked_for}. Next: {no.then_what}"
            yield StillOpen(no.topic, what, local_day(no.happened_at), no.then_on, no.who or no.place, not no.told)


def _raised(me: Me, person: Person, at: datetime) -> Iterator[StillOpen]:
    for concern in _open(Concern, me, person):
        what = f"Concern ({concern.get_severity_display().lower()}) about {concern.place}"
        if concern.council_told_at:
            what += f"; the council was told on {day(concern.council_told_at)}"
        yield _of(concern, what, local_day(concern.recorded_at), concern.look_on)
    for dispute in _open(Dispute, me, person):
        about_what = dispute.get_about_display()
        what = f"{dispute.one_body} and {dispute.other_body} don’t agree: {about_what[:1].lower()}{about_what[1:]}"
        yield _of(
            dispute, what, dispute.opened_on, None, f"{dispute.acts(local_day(at))}, who acts until it is decided"
        )
    for money in _open(Funding, me, person):
        what = f"Money for {money.what_for}, £{money.cost:,} {money.get_per_display()}"
        what += f": {money.came_to.lower()}" if money.outcome else ": not decided"
        yield _of(money, what, money.asked_on, money.starts_on or money.needed_from, _bodies(me, money))
    for notice in _open(PlacementNotice, me, person):
        yield _of(notice, f"Notice on {notice.place}: they can stay until {day(notice.ends_on)}", notice.given_on,
                  notice.ends_on)  # fmt: skip


def _of(row: Followed, what: str, since: date, until: date | None, whom: str = "") -> StillOpen:
    whom = whom or (row.lead.name if row.lead else "")
    return StillOpen(row.topic, what, since, until, whom, not row.told)


def _bodies(me: Me, money: Funding) -> str:
    """The bodies that have not answered; '' where all have."""
    parts = FundingPart.objects.visible_to(me).filter(of_id=money.number, answer="", superseded_by=None)
    return ", ".join(part.called for part in parts.order_by("pk"))


def _open(kind: type[AnyFollowed], me: Me, person: Person) -> list[AnyFollowed]:
    rows = kind.objects.visible_to(me).filter(about(person), closed_at=None, superseded_by=None)
    return list(rows.select_related("lead", "recorded_icb", "person__icb").order_by("pk"))
