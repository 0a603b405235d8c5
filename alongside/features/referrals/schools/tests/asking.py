"""Schools of an area, a round, and a school at its link. Everybody and every place is invented."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.schools.models import SchoolAsk, SchoolRound
from alongside.features.referrals.schools.operations import add_schools, send_due, start_round
from alongside.features.referrals.schools.operations.listing import Listed
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import Area, acting_as

#: Tuesday 13 January 2026: the spring term's question is asked from the day before.
TUESDAY = datetime(2026, 1, 13, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HILL = Listed("Hill School", "senco@hill.example.com", "01632 960111")
MILL = Listed("Mill College", "safe@mill.example.com")
DALE = Listed("Dale Primary", "", "01632 960222")
SCHOOLS = (HILL, MILL, DALE)

WHO = {"by_name": "Sam Reed", "by_role": "SENCO", "phone": "01632 960111"}
AGREED = {"agreed": "given", "agreed_basis": "competent_child", "agreed_by": "Kai", "parents": "yes"}
NOT_ASKED = {"agreed": "not_asked", "parents": "no"}
THEM = {
    "given_name": "Kai",
    "family_name": "Moss",
    "birth_date-day": "4",
    "birth_date-month": "3",
    "birth_date-year": "2012",
    "postcode": "NM1 4AB",
}
WORRY = {
    "known": "no",
    "autism": "suspected",
    "learning_disability": "no",
    "attendance": "32 of 60",
    "happening": ["education", "distress"],
    "words": "Has hardly come since October.",
}


def list_schools(area: Area, *lines: Listed, at: datetime = TUESDAY - DAY) -> None:
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        add_schools(note, icb_id=area.icb.pk, lines=lines or SCHOOLS, by=me)


def begin_round(area: Area, at: datetime = TUESDAY) -> SchoolRound:
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        return start_round(note, icb=area.icb, by=me)


def asked(area: Area, *lines: Listed, at: datetime = TUESDAY) -> None:
    """The schools are on the list, asked, and their links sent."""
    list_schools(area, *lines, at=at - DAY)
    begin_round(area, at)
    send_due(at)


def ask_of(name: str) -> SchoolAsk:
    with context.as_engine():
        return SchoolAsk.objects.select_related("organisation", "round").filter(organisation__name=name).latest("id")


def link_of(school: Listed) -> str:
    """The path of the newest link in the post to this school, as the school would press it."""
    with context.as_engine():
        delivery = Delivery.objects.filter(address=school.email).latest("id")
    return str(delivery.filling["link"])


def links_of(area: Area) -> int:
    with context.as_engine():
        return OrganisationLink.objects.filter(icb=area.icb).count()


def due(subject: str, number: int) -> dict[str, Duty]:
    with context.as_engine():
        return {duty.rule_key: duty for duty in Duty.objects.filter(subject=subject, subject_id=number)}


def goes_through(visitor: Client, link: str, *people: dict[str, dict[str, Any]], nobody: bool = False) -> Any:
    """Fills in every page, each young person's pages by name; comes out at the page before sending."""
    worried = "no" if nobody else "yes"
    answer = visitor.post(link, WHO | {"worried": worried})
    for number, pages in enumerate(people, 1):
        for slug, typed in pages.items():
            answer = visitor.post(f"{link}/{number}/{slug}", typed)
            assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return visitor.get(f"{link}/check")


def sends(visitor: Client, link: str, *people: dict[str, dict[str, Any]], nobody: bool = False) -> str:
    """Fills in and sends: the receipt."""
    page = goes_through(visitor, link, *people, nobody=nobody)
    answer = visitor.post(f"{link}/check", {"seen": seen(page)})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(visitor.get(answer.headers["Location"]).content.decode())


def seen(page: Any) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page.content.decode())
    return found[1] if found else ""


KAI = {"asked": AGREED, "them": THEM, "worry": WORRY}
SOMEBODY = {"asked": NOT_ASKED, "year": {"school_year": "Year 9"}, "worry": WORRY}
