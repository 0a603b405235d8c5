"""The demonstration's schools: a round that was started, with answers, silence, calls to make, and a change told."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from alongside.features.people.models import Person
from alongside.features.referrals.doors.links import make_link
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.promised import rules_of
from alongside.features.referrals.schools.models import AreaSchool, SchoolAsk
from alongside.features.referrals.schools.operations import (
    add_schools,
    send_answer,
    send_due,
    start_round,
    tell_by_link,
)
from alongside.features.referrals.schools.operations.answering import Said, Worry
from alongside.features.referrals.schools.operations.listing import Listed
from alongside.foundation.access import context
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.policy.counting import local_day
from alongside.policy.duties.schools import term_on
from simulator.history import Member
from simulator.referrals import acting_as

_DAY = timedelta(days=1)
MORE = (
    *("Alder Bank School", "Beckside Academy", "Copse Lane Primary", "Fairwater College", "Highfold School"),
    *("Larch Hill Academy", "Quarry Road School", "Stonegate Sixth Form"),
)
#: So many of them, from the end of the list, have no e-mail address.
WITHOUT_ADDRESS = 2
_SIGNS: dict[str, Any] = {"learning_disability": "no", "parents_asked": "yes"}
JUNA: dict[str, Any] = {
    "given_name": "Juna",
    "family_name": "Okoro",
    "asker_name": "Mel Hart",
    "asker_relationship": "SENCO",
    "answer_by": "email",
    "reasons": ["education", "distress"],
    "words": "Autistic, and comes two mornings a week since the summer. Nobody outside school knows her.",
    "diagnosis": {"autism": "diagnosed"},
    "agreement": "given",
    "agreement_basis": "parental",
    "agreed_by": "Her mother",
    "young_person_knows": True,
}
NAMED = Said(
    "Mel Hart",
    "SENCO",
    worries=(
        Worry(_SIGNS | {"known": "no", "autism": "diagnosed", "attendance": 38, "reasons": []}, 1, referral=JUNA),
    ),
)
NOT_ASKED = Said(
    "Rob Tanner",
    "Head of pastoral care",
    "01632 960417",
    worries=(
        Worry(
            _SIGNS
            | {
                "known": "no",
                "autism": "suspected",
                "attendance": 46,
                "reasons": ["distress"],
                "parents_asked": "no",
            },
            1,
            school_year="Year 9",
            words="Hides in the library, hardly eats, and has stopped talking to staff since October.",
        ),
    ),
)
NOBODY = Said("The office", "Attendance officer")
ANSWERS = (NAMED, NOT_ASKED, NOBODY, NOBODY, NOBODY, NOBODY)
TOLD: dict[str, Any] = {
    "given_name": "Kai",
    "family_name": "Moss",
    "kind": "school",
    "event": "exclusion",
    "told": "Excluded for three days after a fire alarm. We would like to talk before Monday.",
    "urgent": True,
    "by_name": "Ines Cole",
    "by_role": "Head of year",
    "call_back": "01632 960418",
}


def ask_schools(now: datetime, icb_id: int, coordinator: Member) -> None:
    """Asks them, unless that was done before."""
    with context.as_engine():
        if AreaSchool.objects.filter(icb_id=icb_id).exists():
            return
        icb = Organisation.objects.get(pk=icb_id)
        schools = Organisation.objects.filter(code__startswith="ZS90").order_by("code")
        known = list(schools.values_list("name", flat=True))
    started = _started(now, icb.code)
    with acting_as(coordinator, started - timedelta(hours=1)) as (me, note):
        add_schools(note, icb_id=icb_id, lines=list(_lines([*known, *MORE])), by=me)
    with acting_as(coordinator, started) as (me, note):
        start_round(note, icb=icb, by=me)
    send_due(started)
    _answer(started, now, icb_id)
    for days in (9, 18):
        if started + days * _DAY < now:
            send_due(started + days * _DAY)
    _tell(now, icb, coordinator)


def _started(now: datetime, code: str) -> datetime:
    """Some weeks ago, but not before this term's question."""
    first = term_on(local_day(now), rules_of(code)[0]).asked_from
    return max(now - 24 * _DAY, datetime.combine(first, time(9), LONDON))


def _lines(names: list[str]) -> Iterator[Listed]:
    for number, name in enumerate(names):
        host = "".join(letter for letter in name.lower() if letter.isalpha())
        address = f"senco@{host}.example.com" if number < len(names) - WITHOUT_ADDRESS else ""
        yield Listed(name, address, f"01632 9604{number:02d}")


def _answer(started: datetime, now: datetime, icb_id: int) -> None:
    with context.as_engine():
        asks = SchoolAsk.objects.filter(icb_id=icb_id, sent__gt=0).select_related("organisation").order_by("id")
        for number, (ask, said) in enumerate(zip(asks, ANSWERS, strict=False)):
            link = OrganisationLink.objects.select_related("acts_as").get(
                icb_id=icb_id, organisation_id=ask.organisation_id, what_for=OrganisationLink.WhatFor.SCHOOL_ASK
            )
            at = min(started + (2 + number) * _DAY, now - timedelta(hours=2))
            with recording(by=link.acts_as, at=at) as note:
                send_answer(note, ask=ask, said=_born(said, at, ask))


def _born(said: Said, at: datetime, ask: SchoolAsk) -> Said:
    """With a date of birth, school and address of whoever is referred."""
    more = {
        "birth_date": at.date().replace(year=at.year - 13, day=1),
        "school": ask.organisation.name,
        "asker_organisation": ask.organisation.name,
        "asker_email": ask.email,
        "recipients": [{"who": "asker", "name": said.by_name, "by": "email", "address": ask.email}],
    }
    worries = [
        Worry(one.columns, one.number, {**one.referral, **more} if one.referral else None, one.school_year, one.words)
        for one in said.worries
    ]
    return Said(said.by_name, said.by_role, said.phone, worries)


def _tell(now: datetime, icb: Organisation, coordinator: Member) -> None:
    """A school with a link of its own tells of a change; somebody has to find out about whom."""
    with context.as_engine():
        school = AreaSchool.objects.filter(icb=icb).select_related("organisation").order_by("id")[0].organisation
        kai = Person.objects.filter(icb=icb, given_name="Kai", family_name="Moss").first()
    with acting_as(coordinator, now - 20 * _DAY) as (me, note):
        link, token = make_link(
            note,
            icb_id=icb.pk,
            organisation=school,
            what_for=OrganisationLink.WhatFor.CHANGE,
            expires_at=now + 160 * _DAY,
            by=me,
        )
    at = now - timedelta(hours=4)
    with context.asking_with(token), recording(by=link.acts_as, at=at) as note:
        tell_by_link(note, link=link, said=TOLD | {"birth_date": kai.birth_date if kai else None})
