"""Reading what is followed about a person, and for an area."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Case, CharField, Count, DateField, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from alongside.features.concerns.models import (
    Concern,
    CouncilNumber,
    Dispute,
    Followed,
    Funding,
    FundingPart,
    Incident,
    PlacementNotice,
    PlacementSearch,
    QualityVisit,
)
from alongside.features.people.models import Fact, LifeEvent, Person
from alongside.features.people.queries import about
from alongside.foundation.access.me import Me

#: On a page of an area's list; visits and incidents on a person's page.
PAGE = 50
MOST = 30
AnyFollowed = TypeVar("AnyFollowed", bound=Followed)
AnyFact = TypeVar("AnyFact", bound=Fact)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is followed, on a person's page. until: the day it is about, where it has one."""

    kind: str
    number: int
    what: str
    since: date
    until: date | None
    mark: str
    closed_at: datetime | None = None
    outcome: str = ""

    @property
    def title(self) -> str:
        """What it is, before what it is called."""
        return f"{TITLE[self.kind]}{self.what}"

    @property
    def address(self) -> str:
        return f"{ADDRESS[self.kind]}/{self.number}"


TITLE = {
    "concern": "Concern: ",
    "dispute": "They don’t agree who is responsible. Until it is decided: ",
    "funding": "Money for: ",
    "notice": "Notice on ",
}
ADDRESS = {"concern": "concerns", "dispute": "disputes", "funding": "funding", "notice": "placements"}


def _line(kind: str, rows: QuerySet, what: Any, since: Any, until: Any, mark: Any) -> QuerySet:
    words = CharField(max_length=400)
    return rows.values_list(
        Value(kind, output_field=CharField(max_length=12)),
        Coalesce("root_id", "pk"),
        Coalesce(what, Value(""), output_field=words),
        since,
        until,
        Coalesce(mark, Value(""), output_field=CharField(max_length=20)),
        "closed_at",
        "outcome",
    )


def list_lines(me: Me, person: Person, today: date) -> list[Line]:
    """All that is followed, open first, the newest of each first. One statement."""

    def rows(kind: type[Followed]) -> QuerySet:
        return kind.objects.visible_to(me).filter(about(person), superseded_by=None)

    no_day = Value(None, output_field=DateField())
    kept = [
        _line("concern", rows(Concern), F("place"), TruncDate("recorded_at"), F("look_on"), _mark()),
        _line("dispute", rows(Dispute), _acts(today), F("opened_on"), F("interim_to"), Value("")),
        _line("funding", rows(Funding), F("what_for"), F("asked_on"), no_day, Value("")),
        _line("notice", rows(PlacementNotice), F("place"), F("given_on"), F("ends_on"), Value("")),
    ]
    return _in_order(Line(*row) for row in kept[0].union(*kept[1:], all=True))


def open_lines(rows: Iterable[Sequence[Any]]) -> list[Line]:
    """What is open, from rows of kind, number, what, since, until and mark; days as ISO texts."""
    return _in_order(
        Line(
            kind,
            number,
            what or "",
            date.fromisoformat(since),
            date.fromisoformat(until) if until else None,
            mark or "",
        )
        for kind, number, what, since, until, mark in rows
    )


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: (one.closed_at is not None, -one.since.toordinal(), one.kind, one.number))


def _acts(today: date) -> Case:
    """Of a dispute: who acts on a day until it is decided, as `Dispute.acts` says it."""
    lasts = Q(interim_to=None) | Q(interim_to__gte=today)
    agreed = Q(interim_accepted_on__isnull=False, interim_from__lte=today)
    return Case(When(lasts & agreed, then=F("interim_owner")), default=F("person__icb__name"))


def _mark() -> Case:
    """Of a concern: that the council has not been told, else how serious it is."""
    return Case(
        When(Q(kind="safeguarding", council_told_at=None), then=Value("ring")),
        When(kind="safeguarding", then=Value("safeguarding")),
        default=F("severity"),
        output_field=CharField(max_length=20),
    )


def find_followed(kind: type[AnyFollowed], me: Me, person: Person, number: int) -> AnyFollowed | None:
    """The row that is called so, as it stands; None outside scope, and on a topic that isn't read."""
    rows = kind.objects.visible_to(me).filter(about(person), Q(pk=number) | Q(root_id=number), superseded_by=None)
    found: AnyFollowed | None = rows.select_related("lead", "recorded_by", "person", "person__icb").first()
    return found


def list_steps(row: Followed) -> list[Any]:
    """Newest first."""
    kind: Any = type(row)
    steps = kind._meta.get_field("steps").related_model
    return list(steps.objects.filter(of_id=row.number).select_related("recorded_by").order_by("-pk"))


def list_parts(funding: Funding) -> list[FundingPart]:
    return list(FundingPart.objects.filter(of_id=funding.number, superseded_by=None).order_by("pk"))


def list_searches(notice: PlacementNotice) -> list[PlacementSearch]:
    """What is not answered first, then the newest."""
    rows = PlacementSearch.objects.filter(of_id=notice.number, superseded_by=None)
    return sorted(rows.order_by("-asked_on", "-pk"), key=lambda one: one.answer != "")


def find_part(kind: type[AnyFact], of: Followed, number: int) -> AnyFact | None:
    return kind.objects.filter(pk=number, of_id=of.number, superseded_by=None).first()


def list_visits(me: Me, person: Person) -> list[QualityVisit]:
    rows = QualityVisit.objects.visible_to(me).filter(about(person), superseded_by=None)
    return list(rows.order_by("-visited_on", "-pk")[:MOST])


def find_visit(me: Me, person: Person, number: int) -> QualityVisit | None:
    rows = QualityVisit.objects.visible_to(me).filter(about(person), pk=number, superseded_by=None)
    found: QualityVisit | None = rows.select_related("recorded_by").first()
    return found


def list_incidents(me: Me, person: Person) -> list[Incident]:
    rows = Incident.objects.visible_to(me).filter(about(person), superseded_by=None)
    return list(rows.order_by("-last_on", "-pk")[:MOST])


def count_incidents(rows: Sequence[Incident], since: date | None) -> list[tuple[str, int]]:
    """How often each kind happened, of those that ended after a day."""
    counted: dict[str, int] = {}
    for one in rows:
        if since is None or one.last_on > since:
            label = str(Incident.Kind(one.kind).label)
            counted[label] = counted.get(label, 0) + one.times
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def list_numbers(icb_id: int) -> list[CouncilNumber]:
    return list(CouncilNumber.objects.filter(icb=icb_id, ended_at=None).order_by("council", "pk"))


def list_notice_events(me: Me, person: Person) -> list[LifeEvent]:
    """Notices that were written down as what happened, the newest first."""
    rows = LifeEvent.objects.visible_to(me).filter(
        about(person), kind=LifeEvent.Kind.PLACEMENT_NOTICE, superseded_by=None
    )
    return list(rows.order_by("-happened_at", "-pk")[:5])


# An area


def list_area(
    kind: type[AnyFollowed], me: Me, areas: Sequence[int], after: int | None
) -> tuple[list[AnyFollowed], bool]:
    """(a page of what is open for people whom these areas hold, the newest first; whether there is more)."""
    rows = kind.objects.visible_to(me).filter(recorded_icb_id__in=list(areas), closed_at=None, superseded_by=None)
    rows = rows.filter(person__icb_id=F("recorded_icb_id"))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.select_related("person__icb", "lead").order_by("-pk")[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def list_area_notices(me: Me, areas: Sequence[int], after: int | None) -> tuple[list[PlacementNotice], bool]:
    """The same of notices, each with how many places were asked and said no."""
    found, more = list_area(PlacementNotice, me, areas, after)
    counted = (
        PlacementSearch.objects.filter(of_id__in=[one.number for one in found], superseded_by=None)
        .values("of_id")
        .annotate(asked=Count("pk"), refused=Count("pk", filter=Q(answer="no")))
    )
    by_number = {row["of_id"]: row for row in counted} if found else {}
    for one in found:
        row = by_number.get(one.number, {"asked": 0, "refused": 0})
        one.asked, one.refused = row["asked"], row["refused"]  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: one.ends_on), more


def list_area_funding(me: Me, areas: Sequence[int], after: int | None) -> tuple[list[Funding], bool]:
    """The same of money, each with the bodies that have not answered."""
    found, more = list_area(Funding, me, areas, after)
    waiting: dict[int, list[FundingPart]] = {}
    if found:
        rows = FundingPart.objects.filter(of_id__in=[one.number for one in found], answer="", superseded_by=None)
        for part in rows.order_by("asked_on", "pk"):
            waiting.setdefault(part.of_id, []).append(part)
    for one in found:
        one.waiting = waiting.get(one.number, [])  # type: ignore[attr-defined]
    return found, more


def list_area_visits(me: Me, areas: Sequence[int], after: int | None) -> tuple[list[QualityVisit], bool]:
    rows = QualityVisit.objects.visible_to(me).filter(recorded_icb_id__in=list(areas), superseded_by=None)
    rows = rows.filter(person__icb_id=F("recorded_icb_id"))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.select_related("person", "recorded_by").order_by("-pk")[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def waiting_by_body(me: Me, areas: Sequence[int], today: date) -> list[tuple[str, int, int]]:
    """(body, requests that wait for it, days the oldest has waited), the longest first."""
    rows = FundingPart.objects.visible_to(me).filter(
        answer="", superseded_by=None, recorded_icb_id__in=list(areas), of__decided_on=None, of__closed_at=None
    )
    counted = rows.order_by().values("body").annotate(many=Count("pk"), oldest=Min("asked_on")).order_by("oldest")
    return [(str(FundingPart.Body(row["body"]).label), row["many"], (today - row["oldest"]).days) for row in counted]


def why_refused(me: Me, areas: Sequence[int]) -> list[tuple[str, int]]:
    """Why places said no, how often: what an area could not find."""
    rows = PlacementSearch.objects.visible_to(me).filter(
        recorded_icb_id__in=list(areas), answer="no", superseded_by=None
    )
    counted = rows.order_by().values("because").annotate(many=Count("pk")).order_by("-many", "because")
    return [(str(PlacementSearch.Because(row["because"]).label), row["many"]) for row in counted]
