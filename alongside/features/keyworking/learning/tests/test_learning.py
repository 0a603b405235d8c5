"""Courses, completions from a file, what is due when training runs out, and what was given to partners."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.features.keyworking.handing_over.tests.conftest import DAY, TODAY, as_, does
from alongside.features.keyworking.handing_over.tests.test_pages import on, sent
from alongside.features.keyworking.models import AwarenessGiven, CompetencySeen, Course, TrainingDone
from alongside.features.keyworking.team import record_training
from alongside.features.keyworking.tests.conftest import hire
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.operations import add_member
from alongside.overview.models import Duty
from alongside.policy.counting import local_day
from tests.cast import Area

HEADS = "Keyworker,Course,Completed,Expires,Evidence"


def upload(area: Area, *lines: str, heads: str = HEADS) -> Any:
    file = SimpleUploadedFile("done.csv", "\n".join([heads, *lines]).encode(), "text/csv")
    return as_(area.actors["manager"]).post("/keyworking/training/import", sent(file=file))


def test_every_row_is_accounted_for_and_nothing_is_saved_before_a_person_says_so(northmoor: Area) -> None:
    hire(northmoor, "Ben Okafor")
    for _ in range(2):
        hire(northmoor, "Sam Lee")
    done = (TODAY - 30 * DAY).strftime("%d/%m/%Y")
    lines = [
        f"Ben Okafor,Safeguarding children,{done},,Certificate",
        f"ben  okafor,safeguarding,{done},,The same again",
        f"Nobody Known,Safeguarding children,{done},,",
        f"Sam Lee,Safeguarding children,{done},,",
        f"Ben Okafor,Basket weaving,{done},,",
        f"Ben Okafor,Legal frameworks,{(TODAY + DAY):%d/%m/%Y},,",
        f"Ben Okafor,Legal frameworks,{done},{done},",
        ",,,,",
    ]
    page = upload(northmoor, *lines).content.decode()
    assert "1 ready, 1 known already, 5 refused" in page
    assert "Nobody in the team is called “Nobody Known”" in page
    assert "More than one in the team is called “Sam Lee”" in page
    assert "There is no course “Basket weaving”" in page
    assert "is not a day in the past" in page and "not a day after the completion" in page
    with context.as_engine():
        assert not TrainingDone.objects.exists()
    mark = page.split('name="mark" value="')[1].split('"')[0]
    again = sent(mark=mark)
    for _ in range(2):
        saved = as_(northmoor.actors["manager"]).post("/keyworking/training/import", again)
        assert saved.status_code == 302
    with context.as_engine():
        assert TrainingDone.objects.get().evidence == "Certificate"
    assert "0 ready, 2 known already, 5 refused" in upload(northmoor, *lines).content.decode()


@pytest.mark.parametrize(
    ("lines", "heads", "said"),
    [
        (["Ben,Law,1/1/2026"], "Who,Course,Completed", "Missing: keyworker."),
        ([], HEADS, "no rows below its headings"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(northmoor: Area, lines: list[str], heads: str, said: str) -> None:
    answer = upload(northmoor, *lines, heads=heads)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_an_areas_own_course_counts_so_many_months(northmoor: Area) -> None:
    ben = hire(northmoor, "Ben Okafor")
    manager = as_(northmoor.actors["manager"])
    new = sent(title="Trauma and attachment", kind="other", months="24", source="Board, 3 March 2026")
    assert manager.post("/keyworking/training/courses/new", new | {"months": "two"}).status_code == 422
    assert manager.post("/keyworking/training/courses/new", new).status_code == 302
    page = upload(northmoor, f"Ben Okafor,Trauma and attachment,{TODAY - DAY:%Y-%m-%d},,").content.decode()
    mark = page.split('name="mark" value="')[1].split('"')[0]
    assert manager.post("/keyworking/training/import", sent(mark=mark)).status_code == 302
    with context.as_engine():
        row, course = TrainingDone.objects.get(), Course.objects.get()
        assert row.worker == ben and row.course == course.key
        expires = row.expires_on
        assert expires and 729 <= (expires - TODAY).days <= 730
    assert "counts until" in manager.get("/keyworking/training").content.decode()


@pytest.mark.parametrize(("days", "shows"), [(55, True), (57, False)])
def test_training_that_runs_out_is_due_to_whose_it_is_until_it_is_done_again(
    northmoor: Area, days: int, shows: bool
) -> None:
    asha = northmoor.actors["keyworker"]
    until = TODAY + timedelta(days=days)

    def done(note: Any, me: Any, on: date, expires: date) -> None:
        record_training(
            note, icb=northmoor.icb, worker=asha, course="safeguarding", completed_on=on, expires_on=expires
        )

    does(northmoor, lambda note, me: done(note, me, TODAY - 300 * DAY, until))
    with context.as_engine():
        duty = Duty.objects.get(subject="training")
        assert duty.owner_actor == asha and "Safeguarding children" in duty.what
        assert (duty.shows_from <= clock.now()) is shows
    does(northmoor, lambda note, me: done(note, me, TODAY, TODAY + 800 * DAY))
    with context.as_engine():
        assert Duty.objects.get(subject="training").due.date() >= TODAY + 799 * DAY


def test_a_keyworker_reads_their_own_training_and_nobody_elses(northmoor: Area) -> None:
    hire(northmoor, "Ben Okafor")
    asha = northmoor.actors["keyworker"]
    page = as_(asha).get("/keyworking/training").content.decode()
    assert asha.name in page and "Ben Okafor" not in page and "Import" not in page
    assert as_(asha).get("/keyworking/training/import").status_code == 403


def test_what_somebody_is_able_to_do_is_seen_by_somebody(northmoor: Area) -> None:
    ben = hire(northmoor, "Ben Okafor")
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/team/{ben.pk}/competency"
    asked = sent(competency="law", level="able", how="A joint visit", **on("seen_on", TODAY))
    assert manager.post(here, asked).status_code == 302
    assert "Knows the law and what there is locally" in manager.get(f"/keyworking/team/{ben.pk}").content.decode()
    with context.as_engine():
        assert CompetencySeen.objects.get().seen_by == northmoor.actors["manager"]


@pytest.mark.parametrize("role", ["keyworker", "manager"])
def test_what_was_given_to_partners_is_written_down_by_whoever_gave_it(northmoor: Area, role: str) -> None:
    client = as_(northmoor.actors[role])
    given = sent(kind="awareness", organisation="Hill School", what="What a keyworker does", how_many="12")
    asked = given | on("given_on", TODAY)
    assert client.post("/keyworking/awareness", asked | {"how_many": "many"}).status_code == 422
    assert client.post("/keyworking/awareness", asked).status_code == 302
    page = client.get("/keyworking/awareness").content.decode()
    assert "Hill School, 12 people." in page and "12 people of partner organisations" in page
    with context.as_engine():
        assert AwarenessGiven.objects.count() == 1


def requires(manager: Any, *courses: str, on_day: date = TODAY) -> Any:
    asked = sent(value=list(courses), source="Board, 3 March 2026", **on("starts_on", on_day))
    return manager.post("/keyworking/rules/training_required", asked)


def to_do(worker: Any) -> list[str]:
    with context.as_engine():
        rows = Duty.objects.filter(subject="required_training", owner_actor=worker).order_by("due")
        return [row.what.removeprefix("Do this training: ") for row in rows]


def test_an_area_requires_its_own_course_and_whoever_never_did_it_has_that_due(northmoor: Area) -> None:
    ben = hire(northmoor, "Ben Okafor")
    manager = as_(northmoor.actors["manager"])
    new = sent(title="Trauma and attachment", kind="other", months="", source="Board, 3 March 2026")
    manager.post("/keyworking/training/courses/new", new)
    with context.as_engine():
        key = Course.objects.get().key
    assert "Trauma and attachment" in manager.get("/keyworking/rules/training_required").content.decode()
    assert requires(manager, "no-such-course").status_code == 422 and to_do(ben) == []
    assert requires(manager, key, "law").status_code == 302
    assert sorted(to_do(ben)) == ["Legal frameworks", "Trauma and attachment"]
    with context.as_engine():
        duty = Duty.objects.filter(owner_actor=ben, subject="required_training").first()
        assert duty and local_day(duty.due) == TODAY + timedelta(days=28) and duty.shows_from <= clock.now()
    page = manager.get("/keyworking/rules/training_required").content.decode()
    assert "Now: Trauma and attachment, Legal frameworks" in page or "Now: Legal frameworks, Trauma" in page
    form = manager.get(f"/keyworking/team/{ben.pk}/training").content.decode()
    assert "Trauma and attachment" in form and "Legal frameworks" in form
    assert "Missing or out of date" in manager.get(f"/keyworking/team/{ben.pk}").content.decode()
    done = sent(course=key, evidence="Certificate", **on("completed_on", TODAY))
    assert manager.post(f"/keyworking/team/{ben.pk}/training", done).status_code == 302
    assert to_do(ben) == ["Legal frameworks"]
    manager.post(f"/keyworking/training/courses/{key}", new | sent(title="Trauma"))
    with context.as_engine():
        zoe = northmoor.actors["keyworker"]
    assert sorted(to_do(zoe)) == ["Legal frameworks", "Trauma"], "a new name is told at once"


def test_whoever_comes_later_has_it_due_from_their_first_day(northmoor: Area) -> None:
    requires(as_(northmoor.actors["manager"]), "law")
    made = add_member(
        email="new@example.org", name="Ola New", role="keyworker", icb_code=northmoor.icb.code,
        at=clock.now(), today=TODAY,
    )  # fmt: skip
    assert to_do(made.actor) == ["Legal frameworks"]


def test_a_course_that_is_required_no_more_is_due_until_that_day(northmoor: Area) -> None:
    ben = hire(northmoor, "Ben Okafor")
    manager = as_(northmoor.actors["manager"])
    requires(manager, "law")
    requires(manager, on_day=TODAY + timedelta(days=10))
    with context.as_engine():
        duty = Duty.objects.get(subject="required_training", owner_actor=ben)
        assert duty.ends_at and local_day(duty.ends_at) == TODAY + timedelta(days=10)


@pytest.mark.parametrize("many", [1, 12])
def test_the_pages_stay_within_their_budget_however_many_there_are(
    northmoor: Area, many: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    manager = as_(northmoor.actors["manager"])
    for number in range(many):
        worker = hire(northmoor, f"Ben {number}")
        does(
            northmoor,
            lambda note, me, worker=worker: record_training(
                note, icb=northmoor.icb, worker=worker, course="safeguarding", completed_on=TODAY
            ),
        )
        manager.post(
            "/keyworking/training/courses/new", sent(title=f"Course {number}", kind="other", months="", source="Board")
        )
        given = sent(kind="awareness", organisation="Hill School", what="What a keyworker does", how_many="12")
        manager.post("/keyworking/awareness", given | on("given_on", TODAY))
    with context.as_engine():
        keys = list(Course.objects.values_list("key", flat=True))
    assert requires(manager, "law", *keys).status_code == 302
    pages = (
        "/keyworking/training",
        f"/keyworking/training/courses/{keys[0]}",
        "/keyworking/training/import",
        "/keyworking/awareness",
        "/keyworking/rules/training_required",
        f"/keyworking/team/{worker.pk}",
        f"/keyworking/team/{worker.pk}/training",
        f"/keyworking/team/{worker.pk}/competency",
    )
    for page in pages:
        with django_assert_max_num_queries(12):
            assert manager.get(page).status_code == 200, page
