"""The facts behind training that runs out, and behind required training that was never done. Read as the engine."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from alongside.features.keyworking.models import CaseloadSetting, Course, TrainingDone
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import COURSES
from alongside.policy.counting import start_of_day
from alongside.policy.duties import Required, RequiredTrainingFacts, TrainingFacts

#: A keyworker's place in a team, as a matter: what they have to learn.
REQUIRED = "required_training"


def note_training(note: Notes, icb: Organisation, *, course: str, worker: Actor | None = None) -> None:
    """What is due about a course is read again: for one keyworker, or for all."""
    rows = TrainingDone.objects.filter(icb=icb, course=course)
    for number in (rows.filter(worker=worker) if worker else rows).values_list("pk", flat=True):
        note.matter("training", number)
    note_required(note, icb, worker=worker)


def follow_members(notes: Notes) -> None:
    """Whoever comes into a team has its required training to do from that day."""
    came = [event.subject_id for event in notes.events if event.code in ("account.made", "account.reset")]
    for number in _places().filter(actor__in=came).values_list("pk", flat=True) if came else ():
        notes.matter(REQUIRED, number)


def note_required(note: Notes, icb: Organisation, *, worker: Actor | None = None) -> None:
    """What somebody has still to learn is read again: of one keyworker, or of all in the area."""
    with context.as_engine():
        places = _places().filter(area=icb)
        for number in (places.filter(actor=worker) if worker else places).values_list("pk", flat=True):
            note.matter(REQUIRED, number)


def _newest() -> QuerySet[TrainingDone]:
    """The last completion of each course by each keyworker, where it runs out."""
    later = TrainingDone.objects.filter(
        icb=OuterRef("icb"), worker=OuterRef("worker"), course=OuterRef("course"),
        completed_on__gt=OuterRef("completed_on"),
    )  # fmt: skip
    return TrainingDone.objects.filter(~Exists(later), expires_on__isnull=False, worker__left_on=None)


def read_training(ids: Sequence[int]) -> Iterator[TrainingFacts]:
    """Nothing of one that was done again since, or whose keyworker left."""
    titles = _titles()
    for row in _newest().filter(pk__in=ids):
        yield TrainingFacts(
            kind="training",
            id=row.pk,
            icb_id=row.icb_id,
            opened_at=start_of_day(row.completed_on),
            guard=0,
            owner_actor=row.worker_id,
            course=titles.get((row.icb_id, row.course)) or COURSES.get(row.course, row.course),
            expires_on=row.expires_on,
        )


def list_training(icb_id: int | None) -> list[int]:
    rows = _newest()
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def _places() -> QuerySet[RoleHeld]:
    """The time of each keyworker in an area; one that lies within another of the same is not counted twice."""
    held = RoleHeld.objects.filter(role=Role.KEYWORKER)
    wider = held.filter(actor=OuterRef("actor"), area=OuterRef("area"), pk__lt=OuterRef("pk"), to_date=None)
    return held.filter(~Exists(wider), actor__left_on=None)


def read_required(ids: Sequence[int]) -> Iterator[RequiredTrainingFacts]:
    """Every place in a team with the required courses that its keyworker has never done. Four statements at most."""
    places = list(_places().filter(pk__in=ids))
    required = _required({place.area_id for place in places})
    titles = _titles() if required else {}
    workers = [place.actor_id for place in places if place.area_id in required]
    done = set(
        TrainingDone.objects.filter(worker__in=workers).values_list("icb_id", "worker_id", "course") if workers else ()
    )
    for place in places:
        yield RequiredTrainingFacts(
            kind=REQUIRED,
            id=place.pk,
            icb_id=place.area_id,
            opened_at=start_of_day(place.from_date),
            guard=0,
            owner_actor=place.actor_id,
            from_date=place.from_date,
            to_date=place.to_date,
            never_done=tuple(
                Required(
                    course=course,
                    title=titles.get((place.area_id, course)) or COURSES.get(course, course),
                    since=since,
                    until=until,
                )
                for course, since, until in required.get(place.area_id, ())
                if (place.area_id, place.actor_id, course) not in done
            ),
        )


def _required(areas: set[int]) -> dict[int, list[tuple[str, date, date | None]]]:
    """Of each area the courses it requires: from which day, and the first day on which it does not any more."""
    rows = CaseloadSetting.objects.filter(icb__in=areas, rule_key="training_required").order_by(
        "icb", "starts_on", "pk"
    )
    found: dict[int, list[tuple[str, date, date | None]]] = {}
    for row in rows:
        known = found.setdefault(row.icb_id, [])
        goes_on = {course: since for course, since, until in known if until is None}
        ended = [(c, since, until or (None if c in row.value else row.starts_on)) for c, since, until in known]
        known[:] = ended + [(course, row.starts_on, None) for course in row.value if course not in goes_on]
    return {icb: courses for icb, courses in found.items() if courses}


def _titles() -> dict[tuple[int, str], str]:
    return {(icb, key): title for icb, key, title in Course.objects.values_list("icb_id", "key", "title")}


def list_required(icb_id: int | None) -> list[int]:
    places = _places()
    return list((places.filter(area=icb_id) if icb_id else places).values_list("pk", flat=True))
