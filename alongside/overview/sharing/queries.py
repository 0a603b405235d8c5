"""Reading what was told to whom, and what an agreement between organisations opens. As whoever asks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.features.people.models import AgreementOverride, Person, Share
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation, SharingAgreement

#: Shown on the page at once; the export has all.
SHOWN = 200
#: Whom somebody may have to tell against an agreement: partners, and keyworkers to whom a no closed the record.
MAY_BE_TOLD = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE, Role.KEYWORKER)
#: Who keeps agreements between organisations, and who reads them.
KEEPS = (Role.COORDINATOR, Role.MANAGER)
READS = (*KEEPS, Role.GOVERNANCE)
PARTIES = (Organisation.Kind.COUNCIL, Organisation.Kind.PROVIDER, Organisation.Kind.SCHOOL, Organisation.Kind.GP)


def shares_of(me: Me, person: Person) -> QuerySet[Share]:
    """The newest first; what a later row corrects is left out."""
    rows = Share.objects.visible_to(me).filter(person=person, superseded_by=None)
    return rows.select_related("recorded_by").order_by("-happened_at", "-pk")


def overrides_of(me: Me, person: Person) -> QuerySet[AgreementOverride]:
    rows = AgreementOverride.objects.visible_to(me).filter(person=person, superseded_by=None)
    return rows.select_related("actor", "recorded_by").order_by("-pk")


def find_override(number: int) -> AgreementOverride | None:
    """By what the database shows: whoever reads safeguarding of the person, and who wrote it down.

    Also one that was looked at again since: whoever has it open is told so.
    """
    return AgreementOverride.objects.filter(pk=number).select_related("actor", "recorded_by").first()


def find_share(number: int) -> Share | None:
    """By what the database shows, as for an override: whoever wrote it down reads it also when the record closes."""
    rows = Share.objects.filter(pk=number).select_related("recorded_by", "recorded_icb", "superseded_by")
    return rows.first()


def newest_of(override: AgreementOverride) -> int:
    """The number of what stands in the place of this one now; its own, where nobody looked again."""
    rows = AgreementOverride.objects.filter(involvement_id=override.involvement_id, superseded_by=None)
    return rows.values_list("pk", flat=True).first() or override.pk


def is_open_still(override: AgreementOverride, at: datetime) -> bool:
    """Whether what it opened is open now: it may have been ended before its day."""
    with context.as_engine():
        return Involvement.objects.filter(pk=override.involvement_id, to_at__gt=at).exists()


def colleagues(icb_id: int, on: date) -> list[tuple[str, str]]:
    """Who may be told, as choices: name, post and organisation."""
    held = (
        RoleHeld.objects.filter(Q(to_date__isnull=True) | Q(to_date__gte=on), area=icb_id, role__in=MAY_BE_TOLD)
        .filter(from_date__lte=on, actor__left_on=None)
        .select_related("actor__organisation")
        .order_by("actor__name")
    )
    found: dict[str, str] = {}
    for one in held:
        actor = one.actor
        place = actor.organisation.name if actor.organisation else ""
        found[str(actor.pk)] = ", ".join(word for word in (actor.name, actor.post, place) if word)
    return list(found.items())


def parties() -> list[tuple[str, str]]:
    """Organisations that an agreement may be with, as choices."""
    rows = Organisation.objects.filter(kind__in=PARTIES, closed_on=None).order_by("name", "pk")
    return [(str(number), name) for number, name in rows.values_list("pk", "name")]


def agreements_in(areas: list[int]) -> list[SharingAgreement]:
    """Of these areas: those that end first at the head, those without a last day after them, the ended last."""
    rows = SharingAgreement.objects.filter(icb__in=areas).select_related("organisation", "icb")
    return list(rows.order_by("ends_on", "-signed_on", "-pk"))


def areas_of(me: Me, roles: tuple[Role, ...]) -> list[int]:
    """The areas in which this actor holds one of these roles."""
    return sorted({held.area for held in me.roles if held.role in roles})


def find_agreement(me: Me, number: int, roles: tuple[Role, ...]) -> SharingAgreement | None:
    """Of an area in which this actor holds one of these roles."""
    rows = SharingAgreement.objects.select_related("organisation", "icb")
    return rows.filter(pk=number, icb__in=areas_of(me, roles)).first()


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends with an agreement: people seen by an organisation now, who will be no longer."""

    name: str
    people: int


_ENDING = """
    select coalesce(o.name, ''), count(distinct t.person_id)
    from access_opentopics t join access_involvement i on i.id = t.involvement_id
    join people_person p on p.id = i.person_id
    left join organisations_organisation o on o.id = i.recipient_id
    where i.relies_on = 'sharing' and i.recipient_kind <> 'family' and p.icb_id = %(icb)s
      and (t.to_at is null or t.to_at > %(now)s)
      and case when %(organisation)s::bigint is null then i.recipient_kind = %(kind)s
               else i.recipient_id = %(organisation)s end
      -- Another agreement may open the same.
      and not exists (
          select 1 from organisations_sharingagreement s
          where s.icb_id = p.icb_id and s.id <> %(agreement)s and (s.ends_on is null or s.ends_on >= %(today)s)
            and (s.organisation_id = i.recipient_id
                 or (s.organisation_id is null and s.recipient_kind = i.recipient_kind)))
    group by 1 order by 2 desc, 1
"""


def what_ends_with(agreement: SharingAgreement, at: datetime) -> list[Ending]:
    """By organisation, how many people it sees through this agreement and no other; of those whoever asks may know."""
    values: dict[str, Any] = {
        "icb": agreement.icb_id,
        "organisation": agreement.organisation_id,
        "kind": agreement.recipient_kind,
        "agreement": agreement.pk,
        "now": at,
        "today": at.astimezone(LONDON).date(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENDING, values)
        return [Ending(name or "others of this kind", people) for name, people in cursor.fetchall()]
