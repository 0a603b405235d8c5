"""The facts behind what is due about pairs, offered moves and wrong records. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from alongside.features.people.models import Guard, MoveOffer, PossibleDuplicate, StrikeOut
from alongside.policy.duties import MoveFacts, PossibleDuplicateFacts, WrongPersonFacts


def read_pairs(ids: Sequence[int]) -> Iterator[PossibleDuplicateFacts]:
    """A pair with a closely held record in it makes no duty: a duty would tell the team that there is one."""
    for pair in PossibleDuplicate.objects.filter(pk__in=ids).select_related("first", "second"):
        people = (pair.first, pair.second)
        if any(person.guard > Guard.REGISTER_TEAM for person in people):
            continue
        settled = pair.state != PossibleDuplicate.State.OPEN or any(person.survivor_id for person in people)
        yield PossibleDuplicateFacts(
            kind="possible_duplicate",
            id=pair.pk,
            icb_id=pair.first.icb_id,
            opened_at=pair.found_at,
            closed_at=(pair.settled_at or pair.found_at) if settled else None,
            because=pair.said,
        )


def list_pairs(icb_id: int | None) -> list[int]:
    rows = PossibleDuplicate.objects.filter(state=PossibleDuplicate.State.OPEN)
    return list((rows.filter(first__icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def pairs_of(person_ids: Sequence[int]) -> list[int]:
    """Every pair in which one of these people is."""
    about = Q(first__in=person_ids) | Q(second__in=person_ids)
    return list(PossibleDuplicate.objects.filter(about).values_list("pk", flat=True))


def read_offers(ids: Sequence[int]) -> Iterator[MoveFacts]:
    """Offers as the area that is offered somebody has them to do."""
    for offer in MoveOffer.objects.filter(pk__in=ids).select_related("person__icb"):
        yield MoveFacts(
            kind="move_offer",
            id=offer.pk,
            icb_id=offer.to_icb_id,
            opened_at=offer.offered_at,
            closed_at=offer.closed_at,
            from_name=offer.person.icb.name,
        )


def list_offers(icb_id: int | None) -> list[int]:
    rows = MoveOffer.objects.filter(closed_at=None)
    return list((rows.filter(to_icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def read_wrong_records(ids: Sequence[int]) -> Iterator[WrongPersonFacts]:
    """What was taken off a record because it was about somebody else, until information governance has looked."""
    for one in StrikeOut.objects.filter(pk__in=ids, from_other=True).select_related("person"):
        yield WrongPersonFacts(
            kind="wrong_person",
            id=one.pk,
            icb_id=one.person.icb_id,
            opened_at=one.recorded_at,
            closed_at=one.looked_at,
            seen_by=one.seen_by,
        )


def list_wrong_records(icb_id: int | None) -> list[int]:
    rows = StrikeOut.objects.filter(from_other=True, looked_at=None)
    return list((rows.filter(person__icb=icb_id) if icb_id else rows).values_list("pk", flat=True))
