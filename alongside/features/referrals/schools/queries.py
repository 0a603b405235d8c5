"""What the pages of the question to schools read. Each in a few statements, whatever the size."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from alongside.features.referrals.promised import rules_of
from alongside.features.referrals.schools.access import area_of
from alongside.features.referrals.schools.models import AreaSchool, SchoolAsk, SchoolRound, SchoolWorry, ToldByLink
from alongside.features.referrals.schools.reading import NOT_ASKED
from alongside.foundation.access.me import Me
from alongside.policy.duties.schools import low_attendance
from alongside.policy.rules import Ruleset


@dataclass(frozen=True, slots=True)
class Line:
    """A school in a round: its state, how many have low attendance, and about how many there is still to talk."""

    ask: SchoolAsk
    state: str
    low: int
    to_talk: int


def state_of(ask: SchoolAsk, today: date) -> str:
    """One of text.STATES."""
    if not ask.is_silent:
        return "named" if ask.named else "nobody"
    if ask.closed_at:
        return "left"
    return "call" if not ask.email or ask.called_at or today > ask.round.answer_by else "silent"


def _asks(me: Me) -> QuerySet[SchoolAsk]:
    return SchoolAsk.objects.filter(icb_id=area_of(me)).select_related("organisation", "round", "icb")


def list_rounds(me: Me) -> list[SchoolRound]:
    """The newest first; two years are enough to look back on."""
    return list(SchoolRound.objects.filter(icb_id=area_of(me)).order_by("-asked_from")[:6])


def list_lines(me: Me, one: SchoolRound, ruleset: Ruleset, today: date) -> list[Line]:
    """Every school of a round in one statement, what needs somebody first."""
    low = low_attendance(today, ruleset).value
    counted = (
        _asks(me)
        .filter(round=one)
        .annotate(
            low=Count("worries", filter=Q(worries__attendance__lte=low)),
            to_talk=Count("worries", filter=NOT_ASKED),
        )
    )
    lines = [Line(ask, state_of(ask, today), ask.low, ask.to_talk) for ask in counted.order_by("organisation__name")]
    order = ("call", "silent", "named", "nobody", "left")
    return sorted(lines, key=lambda line: (not line.to_talk, order.index(line.state), -line.low))


def count_states(lines: list[Line]) -> Counter[str]:
    return Counter(line.state for line in lines)


def rules_for(me: Me) -> Any:
    """(ruleset, calendar) of the area that `me` works in."""
    area = next((held for held in me.roles if held.area == area_of(me)), None)
    return rules_of(area.area_code if area else "")


def get_round(me: Me, number: int) -> SchoolRound:
    found = SchoolRound.objects.filter(icb_id=area_of(me), pk=number).first()
    if found is None:
        raise Http404
    return found


def get_ask(me: Me, number: int) -> SchoolAsk:
    """404 outside one's area."""
    found = _asks(me).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def list_worries(ask: SchoolAsk) -> list[SchoolWorry]:
    """Those about whom there is still to talk first, low attendance first among them. Managers read none."""
    found = list(SchoolWorry.objects.filter(ask=ask).select_related("answer", "settled_by", "referral"))
    waits = {one.pk: not (one.referral_id or one.settled_at) for one in found}
    return sorted(
        found,
        key=lambda one: (
            not waits[one.pk],
            not one.says_danger,
            SchoolWorry.Known.values.index(one.known),
            101 if one.attendance is None else one.attendance,
            one.number,
        ),
    )


def get_worry(me: Me, number: int) -> SchoolWorry:
    found = (
        SchoolWorry.objects.filter(icb_id=area_of(me), pk=number, referral=None)
        .select_related("ask__organisation", "ask__round")
        .first()
    )
    if found is None:
        raise Http404
    return found


def list_schools(me: Me) -> list[AreaSchool]:
    """The area's list, by name; those that are not asked any more last."""
    found = AreaSchool.objects.filter(icb_id=area_of(me)).select_related("organisation")
    return list(found.order_by(F("ended_at").desc(nulls_first=True), "organisation__name"))


def get_school(me: Me, number: int) -> AreaSchool:
    found = AreaSchool.objects.filter(icb_id=area_of(me), pk=number).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def get_told(me: Me, number: int) -> ToldByLink:
    found = (
        ToldByLink.objects.filter(icb_id__in=me.guarded, pk=number)
        .select_related("link__organisation", "settled_by", "person", "icb")
        .first()
    )
    if found is None:
        raise Http404
    return found
