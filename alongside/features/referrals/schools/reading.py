"""What the rules need to know about the question of the term and about what was told by a link. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Min, Q

from alongside.features.people.models import Guard
from alongside.features.referrals.models.choices import IN_DANGER
from alongside.features.referrals.schools.models import AreaSchool, SchoolAsk, SchoolRound, ToldByLink
from alongside.policy.duties import SchoolAskFacts, SchoolTermFacts, ToldByLinkFacts

TERM, ASK, TOLD = "school_term", "school_ask", "told_by_link"
#: Young people about whom the school and the team still have to talk.
NOT_ASKED = Q(worries__referral=None, worries__settled_at=None, worries__isnull=False)


def list_terms(icb_id: int | None) -> list[int]:
    """Every area that has had a school on its list; the matter's number is the area's."""
    found = AreaSchool.objects.filter(icb_id=icb_id) if icb_id else AreaSchool.objects
    return sorted(set(found.values_list("icb_id", flat=True)))


def read_terms(ids: Sequence[int]) -> Iterator[SchoolTermFacts]:
    rounds = SchoolRound.objects.filter(icb_id__in=ids).order_by("asked_from")
    asked = dict(rounds.values_list("icb_id", "asked_from"))
    schools = AreaSchool.objects.filter(icb_id__in=ids).values("icb_id")
    for row in schools.annotate(first=Min("listed_at"), many=Count("id", filter=Q(ended_at=None))).order_by("icb_id"):
        yield SchoolTermFacts(
            kind=TERM,
            id=row["icb_id"],
            icb_id=row["icb_id"],
            opened_at=row["first"],
            guard=Guard.ORDINARY,
            schools=row["many"],
            asked_on=asked.get(row["icb_id"]),
        )


def list_asks(icb_id: int | None) -> list[int]:
    found = SchoolAsk.objects.filter(icb_id=icb_id) if icb_id else SchoolAsk.objects
    return list(found.order_by("id").values_list("id", flat=True))


def read_asks(ids: Sequence[int]) -> Iterator[SchoolAskFacts]:
    """An answered school goes on mattering while somebody whom it worries about has not been asked."""
    asks = SchoolAsk.objects.filter(pk__in=ids).select_related("organisation", "round")
    counted = asks.annotate(
        open_worries=Count("worries", filter=NOT_ASKED),
        since=Min("worries__answer__at", filter=NOT_ASKED),
        danger=Count("worries", filter=NOT_ASKED & Q(worries__reasons__overlap=list(IN_DANGER))),
    )
    for ask in counted.order_by("id"):
        yield SchoolAskFacts(
            kind=ASK,
            id=ask.pk,
            icb_id=ask.icb_id,
            opened_at=ask.asked_at,
            closed_at=None if ask.open_worries else ask.closed_at,
            guard=Guard.ORDINARY,
            school=ask.organisation.name,
            term=ask.round.term,
            reachable=bool(ask.email),
            answered=not ask.is_silent or ask.closed_at is not None,
            called_at=ask.called_at,
            not_asked=ask.open_worries,
            not_asked_since=ask.since,
            danger=bool(ask.danger),
        )


def list_told(icb_id: int | None) -> list[int]:
    found = ToldByLink.objects.filter(settled_at=None)
    return list((found.filter(icb_id=icb_id) if icb_id else found).values_list("pk", flat=True))


def read_told(ids: Sequence[int]) -> Iterator[ToldByLinkFacts]:
    for told in ToldByLink.objects.filter(pk__in=ids).select_related("link__organisation").order_by("id"):
        yield ToldByLinkFacts(
            kind=TOLD,
            id=told.pk,
            icb_id=told.icb_id,
            opened_at=told.told_at,
            closed_at=told.settled_at,
            guard=Guard.REGISTER_TEAM,
            who=told.link.shown_name,
            urgent=told.urgent,
        )
