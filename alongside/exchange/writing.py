"""Stores many people with their facts, in few statements. Called inside `recording()`.

A row that becomes a person is the same as adding the person, putting them on the register, rating them and so on
one by one; only the number of statements differs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, Q

from alongside.exchange.carrying import Carried, Setting, person_of
from alongside.exchange.said import words_of
from alongside.exchange.sheets import PreparedRow
from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Person, Responsibility
from alongside.features.people.operations.people import new_reference
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import EVERY_TOPIC, Topic

AT_A_TIME = 500
TRIES = 5
CARRIED_OVER = "Carried over from a spreadsheet."
Progress = Callable[[int, int], None]


def find_organisations(rows: Iterable[PreparedRow]) -> dict[tuple[str, str], Organisation]:
    """GP practices, schools and councils by kind and name, where exactly one has the name."""
    names = {("gp", "gp_practice"), ("school", "school"), ("council", "council")}
    wanted = {(kind, words_of(row, field)[0].casefold()) for row in rows for kind, field in names}
    kinds = {kind for kind, name in wanted if name}
    found: dict[tuple[str, str], list[Organisation]] = defaultdict(list)
    for organisation in Organisation.objects.filter(kind__in=kinds, closed_on=None):
        key = (organisation.kind, organisation.name.casefold())
        if key in wanted:
            found[key].append(organisation)
    return {key: several[0] for key, several in found.items() if len(several) == 1}


def write_people(
    note: Notes, setting: Setting, rows: Sequence[PreparedRow], progress: Progress | None = None
) -> list[Person]:
    """A new person on the register for each row, in the order of the rows."""
    workers = find_or_add_workers(note, setting.icb_id, [words_of(row, "keyworker")[0] for row in rows])
    people: list[Person] = []
    for first in range(0, len(rows), AT_A_TIME):
        some = rows[first : first + AT_A_TIME]
        people += _write_some(note, setting, some, workers)
        if progress:
            progress(first + len(some), len(rows))
    return people


def _write_some(note: Notes, setting: Setting, rows: Sequence[PreparedRow], workers: dict[str, Actor]) -> list[Person]:
    people = _store_people(setting, rows)
    _store(
        Responsibility(person=person, icb_id=setting.icb_id, from_at=setting.at, accepted_by_id=setting.by_id)
        for person in people
    )
    carried = [Carried(setting, row, person) for row, person in zip(rows, people, strict=True)]
    _store(each.entry for each in carried)
    _store(each.stay for each in carried)
    _store(each.rating for each in carried)
    _store(each.review for each in carried)
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for each in carried:
        for fact in each.facts:
            by_model[type(fact)].append(fact)
    for facts in by_model.values():
        _store(facts)
    allocate_carried(
        note, setting, [(each.person, workers[each.keyworker.casefold()]) for each in carried if each.keyworker]
    )
    for each in carried:
        _say(note, setting, each)
    return people


def _store_people(setting: Setting, rows: Sequence[PreparedRow]) -> list[Person]:
    """References are drawn by lot: among many thousands one may be taken, and then all are drawn again."""
    for tries_left in reversed(range(TRIES)):
        people = [person_of(setting, row, new_reference()) for row in rows]
        try:
            with transaction.atomic():
                return Person.objects.bulk_create(people)
        except IntegrityError as clash:
            if "reference" not in str(clash) or not tries_left:
                raise
    raise AssertionError("no try was made")


def _store(rows: Iterable[Any]) -> None:
    kept = [row for row in rows if row is not None]
    if kept:
        type(kept[0]).objects.bulk_create(kept)


def find_or_add_workers(note: Notes, icb_id: int, names: Iterable[str]) -> dict[str, Actor]:
    """Actors of this ICB by name in small letters. A name nobody here has becomes an actor without an account."""
    wanted: dict[str, str] = {}
    for name in filter(None, names):
        wanted.setdefault(name.casefold(), name)
    if not wanted:
        return {}
    found: dict[str, Actor] = {}
    here = Q(organisation_id=icb_id) | Q(roles__area_id=icb_id, roles__to_date=None)
    for actor in Actor.objects.filter(here, kind=Actor.Kind.PERSON, left_on=None).order_by("user_id", "id").distinct():
        found.setdefault(actor.name.casefold(), actor)
    missing = [
        Actor(name=name, post="Keyworker", organisation_id=icb_id, about="Named in an imported sheet; has no account")
        for key, name in wanted.items()
        if key not in found
    ]
    with context.as_engine():
        _store(missing)
    for actor in missing:
        note("actor.added", words=f"{actor.name} was named as a keyworker in a spreadsheet.", icb_id=icb_id)
    return {key: found[key] for key in wanted if key in found} | {actor.name.casefold(): actor for actor in missing}


def allocate_carried(note: Notes, setting: Setting, pairs: Sequence[tuple[Person, Actor]]) -> None:
    """Names keyworkers. Who may sign in may also see; an actor without an account has nothing to see with."""
    allocations = [
        Allocation(
            person=person,
            topic=Topic.KEYWORKING,
            recorded_icb_id=setting.icb_id,
            recorded_by_id=setting.by_id,
            recorded_at=setting.at,
            happened_at=setting.at,
            worker=worker,
            from_date=setting.today,
            because=f"{CARRIED_OVER} The day it began is not known.",
        )
        for person, worker in pairs
    ]
    _store(allocations)
    signing_in = _who_sign_in({worker.pk for _, worker in pairs})
    _store(
        Involvement(
            actor_id=allocation.worker_id,
            person_id=allocation.person_id,
            topics=list(EVERY_TOPIC),
            writes=True,
            because=Involvement.Because.ALLOCATION,
            because_id=allocation.pk,
            relies_on=Involvement.ReliesOn.KEYWORKING,
            from_at=setting.at,
        )
        for allocation in allocations
        if allocation.worker_id in signing_in
    )
    for person, worker in pairs:
        note(
            "keyworker.carried_over",
            words=f"{worker.name} is their keyworker, as the spreadsheet says.",
            person_id=person.pk,
            icb_id=setting.icb_id,
            topic=Topic.KEYWORKING,
        )


def _who_sign_in(ids: set[int]) -> set[int]:
    """Those with an account, or members of the cast of a demonstration."""
    able = Actor.objects.filter(Q(user__isnull=False) | Q(cast_key__isnull=False), pk__in=ids)
    return set(able.values_list("pk", flat=True)) if ids else set()


def _say(note: Notes, setting: Setting, each: Carried) -> None:
    about: dict[str, Any] = {"person_id": each.person.pk, "icb_id": setting.icb_id}
    note(
        "entry.carried_over",
        words=f"Came onto the register from a spreadsheet, row {each.row.number}.",
        topic=Topic.REGISTER,
        subject="entry",
        subject_id=each.entry.pk,
        import_run=setting.run_id,
        **about,
    )
    if each.rating:
        note(
            "rating.carried_over",
            words=f"Rated {each.rating.colour}, as the spreadsheet says.",
            topic=Topic.REGISTER,
            happened_at=each.rating.rated_at,
            **about,
        )
    if each.stay:
        _say_stay(note, each, about)
    if each.review:
        note(
            "review.carried_over",
            words=f"{each.review.get_kind_display()} was held, as the spreadsheet says.",
            topic=Topic.REVIEW,
            happened_at=each.review.held_at,
            **about,
        )


def _say_stay(note: Notes, each: Carried, about: dict[str, Any]) -> None:
    stay = each.stay
    assert stay is not None
    place = stay.place_name
    note(
        "stay.carried_over",
        words=f"Went into {place}, as the spreadsheet says.",
        topic=Topic.HOSPITAL,
        happened_at=stay.admitted_at,
        **about,
    )
    if stay.discharged_at:
        on = stay.discharged_at.astimezone(LONDON)
        words = f"Left {place} on {on:%-d %B %Y}, as the spreadsheet says."
        note("stay.end_carried_over", words=words, topic=Topic.HOSPITAL, happened_at=stay.discharged_at, **about)
