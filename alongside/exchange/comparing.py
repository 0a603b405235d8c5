"""Where a later sheet says something else than the record. Nothing is overwritten: somebody decides."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.exchange.models import ImportDifference
from alongside.exchange.said import name_of, stay_days, words_of
from alongside.exchange.sheets import PreparedRow
from alongside.features.hospital.models import Stay
from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Address, Belonging, Consent, Person
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.reviews.models import Review
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON

NOT_ON = "Not on this register"
ON_SHEET = "On the sheet"


@dataclass(frozen=True)
class Difference:
    """A field, what the record says and what the sheet says."""

    field: str
    ours: str
    theirs: str


def differences_for(
    me: Me, listing: str, pairs: Sequence[tuple[Person, PreparedRow]], today: date
) -> list[list[Difference]]:
    """For each pair the fields in which the sheet differs from what the record says. Nine statements in all."""
    ids = [person.pk for person, _ in pairs]
    if not ids:
        return []
    held = _held(me, listing, ids)
    asked = set(ImportDifference.objects.filter(person_id__in=ids).values_list("person_id", "field", "theirs"))
    found = []
    for person, row in pairs:
        ours = held(person)
        theirs = said(row, today)
        different = [
            Difference(name, ours[name][0], value)
            for name, value in theirs.items()
            if value and value.casefold() not in (known.casefold() for known in ours[name])
        ]
        found.append([one for one in different if (person.pk, one.field, one.theirs[:300]) not in asked])
    return found


def said(row: PreparedRow, today: date) -> dict[str, str]:
    """What a sheet says, as text by field; '' where it says nothing."""
    fields = row.fields
    given, family, _ = name_of(row)
    stay = stay_days(row, today)
    answer = fields["consent"].answer if "consent" in fields else "unknown"
    return {
        "entry": ON_SHEET,
        "given_name": given,
        "family_name": family,
        "birth_date": str(fields.get("birth_date") or ""),
        "nhs_number": fields.get("nhs_number") or "",
        "postcode": fields.get("postcode") or "",
        "gp": words_of(row, "gp_practice")[0],
        "school": words_of(row, "school")[0],
        "council": words_of(row, "council")[0],
        "rating": fields.get("rating") or "",
        "reason": words_of(row, "reason")[0],
        "keyworker": words_of(row, "keyworker")[0],
        "consent": "" if answer == "unknown" else answer,
        "stay": f"{words_of(row, 'inpatient_unit')[0]}, from {stay[0]}" if stay else "",
        "last_cetr": str(fields.get("last_cetr_date") or ""),
    }


Held = Callable[[Person], dict[str, list[str]]]


def _held(me: Me, listing: str, ids: list[int]) -> Held:
    """What the record says: for each field the words that agree with it, the one to show first."""
    homes = _newest(Address, me, ids, kind=Address.Kind.HOME)
    belongings = {kind: _newest(Belonging, me, ids, kind=kind) for kind in Belonging.Kind.values}
    workers = _workers(me, ids)
    answers = _newest(Consent, me, ids, purpose=Consent.Purpose.REGISTER, recipient_kind="")
    ratings, reviews, stays = _ratings(me, ids), _reviews(me, ids), _stays(me, ids)
    entries = {
        entry.person_id: entry
        for entry in RegisterEntry.objects.visible_to(me).filter(person_id__in=ids, removed_on=None, listing=listing)
    }

    def held(person: Person) -> dict[str, list[str]]:
        entry = entries.get(person.pk)
        return {
            "entry": [ON_SHEET if entry else NOT_ON],
            "given_name": [person.given_name, person.preferred_name] if person.given_name else [""],
            "family_name": [person.family_name],
            "birth_date": [str(person.birth_date or "")],
            "nhs_number": [person.nhs_number or ""],
            "postcode": [homes[person.pk].postcode if person.pk in homes else ""],
            "rating": [ratings.get(person.pk, "")],
            "reason": [entry.reason if entry else ""],
            "keyworker": [workers.get(person.pk, "")],
            "consent": [answers[person.pk].answer if person.pk in answers else ""],
            "stay": stays.get(person.pk) or [""],
            "last_cetr": reviews.get(person.pk) or [""],
        } | {kind: [rows[person.pk].name if person.pk in rows else ""] for kind, rows in belongings.items()}

    return held


def _newest(model: Any, me: Me, ids: list[int], **only: str) -> dict[int, Any]:
    """The newest row of each person that nobody corrected or ended."""
    rows = model.objects.visible_to(me).filter(person_id__in=ids, superseded_by=None, **only)
    if hasattr(model, "to_date"):
        rows = rows.filter(to_date=None)
    return {row.person_id: row for row in rows.order_by("id")}


def _workers(me: Me, ids: list[int]) -> dict[int, str]:
    rows = Allocation.objects.visible_to(me).filter(
        person_id__in=ids, part=Allocation.Part.DESIGNATED, to_date=None, superseded_by=None
    )
    return dict(rows.order_by("id").values_list("person_id", "worker__name"))


def _ratings(me: Me, ids: list[int]) -> dict[int, str]:
    rows = Rating.objects.visible_to(me).filter(
        person_id__in=ids, standing=Rating.Standing.DECIDED, entry__removed_on=None
    )
    return dict(rows.order_by("rated_at", "id").values_list("person_id", "colour"))


def _reviews(me: Me, ids: list[int]) -> dict[int, list[str]]:
    """Days of all reviews, the last one first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Review.objects.visible_to(me).filter(person_id__in=ids, superseded_by=None).order_by("-held_at", "-id")
    for person_id, held in rows.values_list("person_id", "held_at"):
        found[person_id].append(str(held.astimezone(LONDON).date()))
    return found


def _stays(me: Me, ids: list[int]) -> dict[int, list[str]]:
    """Stays by place and day of admission, the last one first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Stay.objects.visible_to(me).filter(person_id__in=ids, superseded_by=None).order_by("-admitted_at")
    for person_id, place, admitted in rows.values_list("person_id", "place_name", "admitted_at"):
        found[person_id].append(f"{place}, from {admitted.astimezone(LONDON).date()}")
    return found
