"""The list of schools that an area asks. Each is called inside `recording()`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower

from alongside.features.referrals.schools.access import check_may_run
from alongside.features.referrals.schools.models import AreaSchool
from alongside.features.referrals.schools.reading import TERM
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes


@dataclass(frozen=True, slots=True)
class Listed:
    """One school as it was typed: its name, an e-mail address and a phone number where there are any."""

    name: str
    email: str = ""
    phone: str = ""


def add_schools(note: Notes, *, icb_id: int, lines: Sequence[Listed], by: Me) -> int:
    """Puts schools on the list, how many were new. One that is there already stays as it is.

    A school is found among the organisations by its name; one that nobody loaded yet is added to them.
    """
    check_may_run(by, icb_id)
    known = _organisations({line.name for line in lines})
    here = set(AreaSchool.objects.filter(icb_id=icb_id, ended_at=None).values_list("organisation_id", flat=True))
    new = {known[line.name.lower()].pk: line for line in lines if known[line.name.lower()].pk not in here}
    if not new:
        raise NotNow("listed", "All of these are on the list already.")
    AreaSchool.objects.bulk_create(
        AreaSchool(
            icb_id=icb_id,
            organisation_id=number,
            email=line.email,
            phone=line.phone,
            listed_at=note.at,
            listed_by_id=by.id,
        )
        for number, line in new.items()
    )
    many = "1 school was" if len(new) == 1 else f"{len(new):,} schools were"
    _say(note, icb_id, "schools.listed", f"{many} put on the list of those that are asked each term.")
    return len(new)


def _organisations(names: set[str]) -> dict[str, Organisation]:
    """The open school of each of these names, made where it is missing. By name in small letters."""
    wanted = {name.lower(): name for name in names}
    with context.as_engine():
        schools = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL, closed_on=None)
        found = schools.annotate(small=Lower("name")).filter(small__in=wanted).order_by("-id")
        known: dict[str, Organisation] = {school.name.lower(): school for school in found}
        missing = [Organisation(kind=Organisation.Kind.SCHOOL, name=wanted[n]) for n in wanted if n not in known]
        known |= {school.name.lower(): school for school in Organisation.objects.bulk_create(missing)}
    return known


def change_school(
    note: Notes, *, school: AreaSchool, contact_name: str, email: str, phone: str, ended: bool, by: Me
) -> None:
    """How a school is reached, or that it is not asked any more. Counts from the next round on."""
    check_may_run(by, school.icb_id)
    school.contact_name, school.email, school.phone = contact_name, email, phone
    school.ended_at = note.at if ended else None
    school.save(update_fields=["contact_name", "email", "phone", "ended_at"])
    words = "is not asked any more" if ended else "is reached another way"
    _say(note, school.icb_id, "school.changed", f"{school.organisation.name} {words}.")


def _say(note: Notes, icb_id: int, code: str, words: str) -> None:
    note(code, words=words, icb_id=icb_id)
    note.matter(TERM, icb_id)
