"""What is known of the weeks after a discharge: contacts made and to make, the floor of the rating, who still reads."""

from dataclasses import dataclass
from datetime import date, datetime

from alongside.features.hospital.discharge.queries import newest_leaving
from alongside.features.hospital.models import Leaving, Stay
from alongside.features.hospital.spells import spell_of
from alongside.features.keyworking.models import Contact
from alongside.features.people.queries import about
from alongside.features.reviews.models import Review
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.overview.engine.rulesets import calendar_for, current_version, ruleset_for
from alongside.policy.counting import local_day, months_after
from alongside.policy.decision import Decision
from alongside.policy.discharging import days_at_home
from alongside.policy.duties.after import CONTACTS, Round, rounds_after
from alongside.policy.duties.reckoning import Clocks
from alongside.policy.facts import PersonFacts, StayFacts
from alongside.policy.ratings import floor

#: A message isn't seeing or speaking with somebody.
SPOKEN = ("visit", "meeting", "video", "phone")


@dataclass(frozen=True, slots=True)
class After:
    """One discharge, until the person is back in hospital.

    floor: what the rating may not fall below at that moment. reads: who of the hospital still opens the record, until
    when. back: the next stay in a mental health hospital. goes_on: it is one spell with this one.
    """

    left_on: date
    leaving: Leaving | None
    rounds: tuple[Round, ...]
    floor: Decision
    support_until: date
    month_until: date
    year_until: date
    back: Stay | None
    goes_on: bool
    days: int
    reads: list[Involvement]


def read_after(me: Me, stay: Stay, at: datetime) -> After:
    """Of a stay that has ended. Eight statements at most."""
    left = stay.discharged_at
    if left is None:
        raise ValueError("The stay has not ended.")
    day, today = local_day(left), local_day(at)
    version = current_version()
    ruleset, calendar = ruleset_for(stay.person.icb.code, version), calendar_for(version)
    clocks = Clocks({}, (), ruleset, calendar)
    later = Stay.objects.visible_to(me).filter(about(stay.person), kind=Stay.Kind.HOSPITAL, superseded_by=None)
    back = later.filter(admitted_at__gte=left).exclude(pk=stay.pk).order_by("admitted_at").first()
    stays = (StayFacts(stay.pk, stay.kind, stay.admitted_at, left),)
    return After(
        left_on=day,
        leaving=newest_leaving(stay),
        rounds=rounds_after(clocks, left, _contacts(me, stay, left)),
        floor=floor(PersonFacts(stay.person_id, stay.person.icb.code, stays=stays), at, ruleset, calendar),
        support_until=clocks.day("post_discharge_support", day),
        month_until=clocks.day("readmission_month", day),
        year_until=clocks.day("readmission_year", day),
        back=back,
        goes_on=back is not None and back.pk in spell_of(stay).ids,
        days=days_at_home(day, local_day(back.admitted_at) if back else None, today),
        reads=_of_the_hospital(stay, at),
    )


def _contacts(me: Me, stay: Stay, left: datetime) -> list[datetime]:
    """Contacts of the log that count, and those recorded for this."""
    until = months_after(local_day(left), 12)
    logged = Contact.objects.visible_to(me).filter(about(stay.person), superseded_by=None, reached=True)
    spoken = logged.filter(
        with_whom__contains=["young_person"], way__in=SPOKEN, happened_at__gte=left, happened_at__date__lte=until
    )
    reviews = Review.objects.visible_to(me).filter(about(stay.person), superseded_by=None, kind__in=CONTACTS)
    return [
        *spoken.values_list("happened_at", flat=True),
        *reviews.filter(held_at__gte=left).values_list("held_at", flat=True),
    ]


def _of_the_hospital(stay: Stay, at: datetime) -> list[Involvement]:
    """Whose access ends, or ended, because they work at the hospital of this stay."""
    rows = Involvement.objects.filter(person_id=stay.person_id, because=Involvement.Because.LINK, to_at__gte=at)
    return list(rows.select_related("actor", "actor__organisation").order_by("pk"))
