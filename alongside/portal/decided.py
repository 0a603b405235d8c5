"""What the family was told of concerns, visits, money, and where the young person can live: in the words for them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, QuerySet, Value
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.concerns.models import Concern, Dispute, Funding, PlacementNotice, QualityVisit
from alongside.features.people.queries import about
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.topics import Topic
from alongside.portal import reading
from alongside.portal.reading import Mine

FAMILY = (Role.YOUNG_PERSON, Role.FAMILY)
#: A reader with any of these open has the page.
TOPICS = (Topic.SAFEGUARDING, Topic.PLACEMENT, Topic.HOSPITAL, Topic.HEALTH, Topic.MONEY)
MOST = 40
#: What it is about, to the young person and to their family.
TITLE = {
    "concern": ("Something that was not right", "Something that was not right"),
    "visit": ("Someone came to see how it is where you stay", "Someone came to see how it is where {name} stays"),
    "funding": ("Money for your help", "Money for help"),
    "notice": ("Where you can stay", "Where {name} can stay"),
    "dispute": ("Who is in charge of your help", "Who is in charge of help for {name}"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, and on which day."""

    kind: str
    words: str
    on: date

    def title(self, own: bool, name: str) -> str:
        to_self, to_family = TITLE[self.kind]
        return to_self if own else to_family.format(name=name)


def told(mine: Mine) -> list[Told]:
    """The newest first. Nothing to whoever may not know where the young person is: these words may lead there."""
    if not mine.told_where:
        return []
    parts = [
        _rows(mine, "concern", Concern, F("told_on")),
        _rows(mine, "funding", Funding, F("told_on")),
        _rows(mine, "notice", PlacementNotice, F("told_on")),
        _rows(mine, "dispute", Dispute, F("told_on")),
        _rows(mine, "visit", QualityVisit, F("visited_on")),
    ]
    found = [Told(*row) for row in parts[0].union(*parts[1:], all=True)]
    return sorted(found, key=lambda one: one.on, reverse=True)[:MOST]


def _rows(mine: Mine, kind: str, model: type, on: F) -> QuerySet:
    rows = model.objects.visible_to(mine.me).filter(about(mine.person), told=True, superseded_by=None)  # type: ignore[attr-defined]
    return rows.values_list(Value(kind, output_field=CharField(max_length=10)), "family_words", on)


@for_roles(*FAMILY)
def decided(request: Request, reference: str) -> HttpResponse:
    """What we found out and decided, in plain words."""
    mine = reading.mine(request, reference, "family decided")
    if not mine.reach.sees(TOPICS):
        raise Http404
    context = {"mine": mine, "person": mine.person, "own": mine.own, "today": mine.today, "told": told(mine)}
    return render(request, "portal/decided.html", context)
