"""The list: filters, paging without loss, counts, views, search, and what each role gets."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.actions.models import ActionStep
from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.features.register.models import RegisterEntry, SavedView
from alongside.features.register.operations import plan_review, rate
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Succession
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty, RegisterRow
from alongside.overview.recounting import count_turned
from alongside.overview.register_list import words
from alongside.overview.register_list.asking import Asked, read_asked
from alongside.overview.register_list.counting import HIDDEN
from alongside.overview.register_list.paging import SORTS, Cursor
from alongside.overview.register_list.reading import read_list
from alongside.overview.verify import differing_among
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered, involve, key_of

PAGE_BUDGET = 8


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def rated(area: Area, entry: RegisterEntry, colour: str, at: datetime = NOW) -> None:
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        fresh = RegisterEntry.objects.select_related("person").get(pk=entry.pk)
        rate(note, entry=fresh, colour=colour, because="As agreed.", by=me, demanded=NO_FLOOR)


def everybody(area: Area, count: int) -> list[int]:
    """People of whom some are rated, some share a name, and entered on different days."""
    found = []
    for number in range(count):
        _, entry = add_registered(
            area, given_name=f"Kai{number % 3}", family_name="Moss" if number % 2 else "Ash",
            at=NOW - timedelta(days=number % 4),
        )  # fmt: skip
        if number % 3 == 0:
            rated(area, entry, "amber" if number % 2 else "green")
        found.append(entry.pk)
    return found


def walk(area: Area, sort: str, size: int) -> list[list[int]]:
    pages = []
    with acting_as(area.actors["coordinator"]) as me:
        asked = Asked(area.icb.pk, sort=sort)
        for _ in range(30):
            page = read_list(me, asked, NOW, size=size)
            pages.append([row.pk for row in page.rows])
            if not page.after:
                assert len(pages) == 1 or page.before
                break
            asked = asked.first_page(after=Cursor.unpacked(page.after.packed(), sort))
        for before in reversed(pages[:-1]):
            page = read_list(me, asked.first_page(before=page.before), NOW, size=size)
            assert [row.pk for row in page.rows] == before, "going back shows the same page"
        assert page.before is None
    return pages


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 3, 4])
def test_no_row_is_lost_or_doubled_across_pages(northmoor: Area, sort: str, size: int) -> None:
    entries = everybody(northmoor, 8)
    pages = walk(northmoor, sort, size)
    assert sorted(pk for page in pages for pk in page) == sorted(entries)
    assert len(pages) == -(-8 // size)


def test_the_oldest_rating_comes_first_and_never_rated_before_it(northmoor: Area) -> None:
    entries = everybody(northmoor, 6)
    with acting_as(northmoor.actors["coordinator"]) as me:
        rows = read_list(me, Asked(northmoor.icb.pk, sort="rated"), NOW).rows
    dates = [row.rated_on for row in rows]
    assert dates[:4] == [None] * 4 and dates[4:] == sorted(dates[4:]) and len(rows) == len(entries)


@pytest.mark.parametrize("junk", ["", "x", "W10", "W1sxXV0", "WzksIm4iXQ", "A" * 700])
def test_a_place_that_is_none_begins_at_the_beginning(junk: str) -> None:
    assert all(Cursor.unpacked(junk, sort) is None for sort in SORTS)


def test_an_address_gives_the_question_it_was_made_from() -> None:
    asked = Asked(7, sort="name", colour=("red", "none"), late=True, council="Ash & Elm", flag="adopted", text="Ka")
    assert read_asked(QueryDict(asked.query()), [7], every_list=False) == asked
    assert "area" not in asked.saved_query()
    again = read_asked(QueryDict("area=99&sort=no&colour=pink&listing=x&flag=y"), [7], every_list=False)
    assert again == Asked(7)


def test_late_is_said_in_words_on_both_sides_of_the_hour() -> None:
    due = NOW
    assert words.due_words(due, due) == "Due today"
    assert words.due_words(due, due + timedelta(microseconds=1)) == "Late since today"
    assert words.due_words(due, due + timedelta(days=1)) == "Late by 1 day"
    assert words.due_words(due, due + timedelta(days=3)) == "Late by 3 days"
    assert words.due_words(due, due - timedelta(days=1)) == "Due tomorrow"
    assert words.due_words(due, due - timedelta(days=60)) == "Due in 60 days"
    assert words.due_words(due, due - timedelta(days=61)) == "Due 20 Nov 2026"


def test_age_turns_on_the_birthday() -> None:
    born = date(2012, 3, 4)
    assert words.age_on(born, date(2026, 3, 3)) == 13
    assert words.age_on(born, date(2026, 3, 4)) == 14
    assert words.age_on(None, date(2026, 3, 4)) is None


def test_the_list_shows_who_is_on_it_within_its_budget(northmoor: Area, saltby: Area) -> None:
    everybody(northmoor, 5)
    add_registered(saltby, family_name="Elsewhere")
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/register")
    assert page.status_code == 200
    assert len(asked) <= PAGE_BUDGET, [query["sql"][:80] for query in asked]
    body = page.content.decode()
    assert body.count("app-table__person") == 5 and "Elsewhere" not in body
    assert "Moss, Kai1" in body and "Not rated" in body


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("colour=amber", {"Moss"}),
        ("colour=none", {"Ash"}),
        ("colour=none&colour=amber", {"Ash", "Moss"}),
        ("text=mo", {"Moss"}),
        ("text=o", set()),
        ("alone=1", {"Ash", "Moss"}),
        ("mine=1", set()),
        ("hospital=1", set()),
        ("proposal=1", set()),
        ("council=Northmoor", set()),
        ("flag=adopted", set()),
        ("listing=adult", set()),
        ("late=1&text=Ash", {"Ash"}),
        ("text=%00%27%22", set()),
    ],
)
def test_filters(northmoor: Area, query: str, names: set[str]) -> None:
    _, moss = add_registered(northmoor, family_name="Moss", at=clock.now())
    add_registered(northmoor, family_name="Ash")
    rated(northmoor, moss, "amber")
    body = as_(northmoor.actors["coordinator"]).get(f"/register?{query}").content.decode()
    assert {name for name in ("Moss", "Ash") if f'">{name}, Kai' in body} == names


def test_a_saved_view_is_ones_own_until_it_is_shared(northmoor: Area) -> None:
    add_registered(northmoor)
    mine, other = as_(northmoor.actors["coordinator"]), as_(northmoor.actors["manager"])
    sent = {"name": "Late reds", "query": "colour=red&late=1&area=99", "area": northmoor.icb.pk}
    assert mine.post("/register/views", sent).status_code == 302
    assert "Late reds" in mine.get("/register").content.decode()
    assert "Late reds" not in other.get("/register").content.decode()
    mine.post("/register/views", sent | {"shared": "on"})
    assert "Late reds" in other.get("/register").content.decode()
    with acting_as(northmoor.actors["coordinator"]):
        view = SavedView.objects.get()
    assert view.query == "colour=red&late=1"
    assert other.post(f"/register/views/{view.pk}/remove").status_code == 404
    assert mine.get(f"/register/views/{view.pk}/remove").status_code == 200
    assert mine.post(f"/register/views/{view.pk}/remove").status_code == 302
    assert "app-sections__link" not in mine.get("/register").content.decode()


def test_a_view_without_a_name_is_asked_for_again(northmoor: Area) -> None:
    page = as_(northmoor.actors["coordinator"]).post("/register/views", {"area": northmoor.icb.pk, "name": " "})
    assert page.status_code == 400 and "Enter a name for this view" in page.content.decode()


def test_a_keyworker_sees_their_own_people_only(northmoor: Area) -> None:
    mine, _ = add_registered(northmoor, family_name="Mine")
    add_registered(northmoor, family_name="Theirs")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        from alongside.features.keyworking.operations import allocate

        allocate(note, person=mine, worker=northmoor.actors["keyworker"], from_date=NOW.date())
    body = as_(northmoor.actors["keyworker"]).get("/register").content.decode()
    assert "Mine, Kai" in body and "Theirs" not in body


def test_who_sees_numbers_sees_no_small_ones_and_no_person(northmoor: Area, saltby: Area) -> None:
    for _ in range(5):
        add_registered(northmoor)
    for _ in range(2):
        rated(northmoor, add_registered(northmoor)[1], "amber")
    add_registered(saltby)
    page = as_(northmoor.actors["senior_officer"]).get("/register")
    body = page.content.decode()
    assert "Northmoor" in body and "Saltby" not in body and "Moss" not in body
    assert HIDDEN in body and 'data-label="Not rated">5<' in body and "at least 5" in body
    assert 'data-label="Amber">2<' not in body


def test_partners_go_to_the_people_they_work_with(northmoor: Area) -> None:
    page = as_(northmoor.actors["partner_health"]).get("/register")
    assert page.status_code == 302 and page["Location"] == "/people"


def test_of_what_is_late_red_and_blue_come_first_then_who_is_not_rated_then_amber_and_green(northmoor: Area) -> None:
    for name, colour, days in (
        ("G", "green", 200),
        ("A", "amber", 100),
        ("R", "red", 20),
        ("S", "red", 30),
        ("N", "", 9),
    ):
        _, entry = add_registered(northmoor, given_name=name, at=NOW - timedelta(days=days))
        if colour:
            rated(northmoor, entry, colour, NOW - timedelta(days=days))
    rated(northmoor, add_registered(northmoor, given_name="Later", at=NOW)[1], "green", NOW)
    with acting_as(northmoor.actors["coordinator"]) as me:
        first = read_list(me, Asked(northmoor.icb.pk), NOW, size=3)
        later = NOW + timedelta(days=400)
        rest = read_list(me, Asked(northmoor.icb.pk, after=first.after), later, size=9)
    names = [row.given_name for row in (*first.rows, *rest.rows)]
    assert names == ["S", "R", "N", "A", "G", "Later"], "the second page keeps the moment of the first"


def test_who_owns_what_is_next_is_named_also_who_never_walked_alongside(northmoor: Area) -> None:
    person, entry = add_registered(northmoor, at=NOW)
    rated(northmoor, entry, "green")
    teacher = northmoor.actors["partner_education"]
    involve(northmoor, person, teacher, topics=[Topic.EDUCATION], kind="education")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        action = agree_action(
            note, by=me, person=person, owner=NewOwner(organisation=northmoor.icb, actor=teacher),
            topic=Topic.EDUCATION, what="A quiet room", due_on=NOW.date(), origin="contact",
        )  # fmt: skip
    with acting_as(teacher) as me, recording(by=me, at=NOW) as note:
        take_step(note, action=action, kind=ActionStep.Kind.ACCEPTED, by=me)
    with context.as_engine():
        line = RegisterRow.objects.get()
        assert (line.next_actor_id, line.next_owner) == (teacher.pk, teacher.name)
        assert differing_among([person.pk]) == []


def test_what_ends_by_itself_is_told_until_then_and_what_comes_after_it_from_then_on(
    northmoor: Area, signed_in: Callable[..., Client], stands_still: Callable[[datetime], None]
) -> None:
    here, left = NOW - timedelta(days=4), NOW - timedelta(days=3)
    person, entry = add_registered(northmoor, given_name="Noah", at=here)
    with acting_as(northmoor.actors["coordinator"], here) as me, recording(by=me, at=here) as note:
        allocate(note, person=person, worker=northmoor.actors["keyworker"], from_date=here.date())
        stay = admit(note, person=person, kind="mental_health_hospital", place_name="Elm ward", admitted_at=here)
    with acting_as(northmoor.actors["coordinator"], left) as me, recording(by=me, at=left) as note:
        discharge(note, stay=stay, discharged_at=left, destination="Home")
    rated(northmoor, entry, "red", left)
    with acting_as(northmoor.actors["coordinator"], left) as me, recording(by=me, at=left) as note:
        plan_review(note, entry=entry, on=(NOW + timedelta(days=9)).date(), by=me)

    def line(at: datetime) -> str:
        stands_still(at)
        page = signed_in(northmoor.actors["coordinator"], at).get("/register?colour=red").content.decode()
        return " ".join(re.sub("<[^>]*>", " ", page[page.index("Noah") :]).split())

    def told(at: datetime) -> str:
        """What a line should tell: of all that hasn't ended, what was due first."""
        with context.as_engine():
            still = Duty.objects.filter(person=person).exclude(ends_at__lte=at)
            return still.order_by("due").values_list("what", flat=True)[0]

    with context.as_engine():
        ends = RegisterRow.objects.get(entry=entry).changes_at
        contact = Duty.objects.get(person=person, key__startswith="discharge_contact_1")
    assert ends and ends <= contact.ends_at, "a missed contact after hospital is never hidden by what is due later"
    before = ends - timedelta(minutes=1)
    assert f"Late by 3 days {told(NOW)}" in line(NOW)
    assert told(before) in line(before)
    assert words.ENDED in line(ends) and told(before) not in line(ends)
    assert (count_turned(before), count_turned(ends), count_turned(ends)) == (0, 1, 0)
    assert words.ENDED not in line(ends) and told(ends) in line(ends) and told(ends) != told(before)
    with context.as_engine():
        assert differing_among([person.pk]) == []


def test_the_list_is_filtered_by_owner_and_keyworker(northmoor: Area) -> None:
    worker = northmoor.actors["keyworker"]
    for name in ("Theirs", "Nobodys"):
        person, entry = add_registered(northmoor, given_name=name)
        rated(northmoor, entry, "green", NOW)
        if name == "Theirs":
            with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
                allocate(note, person=Person.objects.get(pk=person.pk), worker=worker, from_date=NOW.date())
    team = northmoor.teams["register"].pk
    for actor, asked, names in (
        ("coordinator", "owner=team", {"Nobodys"}),
        ("coordinator", f"owner=t{team}", {"Nobodys"}),
        ("coordinator", "owner=me", set()),
        ("coordinator", f"owner=a{worker.pk}", {"Theirs"}),
        ("coordinator", f"keyworker={worker.pk}", {"Theirs"}),
        ("keyworker", "owner=me", {"Theirs"}),
        ("coordinator", "owner=x9&keyworker=%F0", {"Theirs", "Nobodys"}),
    ):
        body = as_(northmoor.actors[actor]).get(f"/register?{asked}").content.decode()
        assert {name for name in ("Theirs", "Nobodys") if f"Moss, {name}" in body} == names, asked
    body = as_(northmoor.actors["coordinator"]).get(f"/register?keyworker={worker.pk}").content.decode()
    assert f"Keyworker: {worker.name}" in body


def test_counts_tell_the_areas_that_were_taken_over(northmoor: Area, saltby: Area) -> None:
    for area in (northmoor, saltby):
        for number in range(5):
            add_registered(area, given_name=f"Kai{number}")
    client = as_(northmoor.actors["senior_officer"])
    assert "Saltby" not in client.get("/register").content.decode()
    with context.as_engine():
        engine = Actor.objects.get(kind="engine")
        with recording(by=engine, at=NOW) as note:
            Succession.objects.create(predecessor=saltby.icb, successor=northmoor.icb, on_date=date(2026, 4, 1))
            note("area.merged", words="Saltby became part of Northmoor.", icb_id=northmoor.icb.pk)
    assert "Saltby ICB (taken over)" in client.get("/register").content.decode()


@pytest.mark.parametrize("role", ["governance", "admin"])
def test_the_register_is_no_page_for_others(northmoor: Area, role: str) -> None:
    assert as_(northmoor.actors[role]).get("/register").status_code == 403


@pytest.mark.parametrize("text", ["Moss", "moss kai", "Mos", "Mosss"])
def test_a_name_is_found_also_when_mistyped(northmoor: Area, saltby: Area, text: str) -> None:
    add_registered(northmoor, family_name="Moss")
    add_registered(northmoor, family_name="Quill", given_name="Ada")
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        body = client.get("/register/find", {"q": text}).content.decode()
    assert len(asked) <= PAGE_BUDGET
    assert "Moss, Kai" in body and "Quill" not in body
    assert "Moss" not in as_(saltby.actors["coordinator"]).post("/register/find", {"q": "kai"}).content.decode()


@pytest.mark.parametrize(
    ("text", "name"),
    [("Ruby Hail", "Hale, Ruby"), ("Mailk", "Malik, Sana"), ("Amlik", "Malik, Sana"), ("Balik", "Malik, Sana"),
     ("Ruyb", "Hale, Ruby"), ("Ruby Hle", "Hale, Ruby"), ("Sana Maalik", "Malik, Sana"), ("Sona", "Malik, Sana")],
)  # fmt: skip
def test_swapped_missing_and_wrong_letters_are_found(northmoor: Area, text: str, name: str) -> None:
    for given, family in (("Ruby", "Hale"), ("Sana", "Malik"), ("Ada", "Quill")):
        add_registered(northmoor, given_name=given, family_name=family)
    body = as_(northmoor.actors["coordinator"]).post("/register/find", {"q": text}).content.decode()
    assert name in body and "Quill" not in body


@pytest.mark.parametrize("text", ["<b>", "k", "%", "?!", "{{7*7}}", "kai;", "_k"])
def test_what_is_no_name_finds_nobody_and_is_told_what_can_be_typed(northmoor: Area, text: str) -> None:
    add_registered(northmoor, family_name="Banks")
    body = as_(northmoor.actors["coordinator"]).post("/register/find", {"q": text}).content.decode()
    assert "Banks" not in body and "a whole NHS number (10 digits), or a reference such as" in body


@pytest.mark.parametrize("text", ["999 000 0018", "9990000018", "999-000-0018"])
def test_an_nhs_number_finds_exactly_and_never_outside_scope(northmoor: Area, saltby: Area, text: str) -> None:
    add_registered(northmoor, nhs_number="9990000018")
    assert "Moss, Kai" in as_(northmoor.actors["coordinator"]).post("/register/find", {"q": text}).content.decode()
    other = as_(saltby.actors["coordinator"]).post("/register/find", {"q": text}).content.decode()
    assert "Moss" not in other and "Nobody in your work fits that" in other
    alone = as_(northmoor.actors["keyworker"]).post("/register/find", {"q": text}).content.decode()
    assert "Moss" not in alone


def test_a_reference_finds_its_person(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    assert "Moss, Kai" in client.get("/register/find", {"q": person.reference.lower()}).content.decode()


@pytest.mark.parametrize("text", ["", "'; --", "%", "\x00", "é" * 300, "a b c d e f g h i j"])
def test_whatever_is_looked_for_there_is_an_answer(northmoor: Area, text: str) -> None:
    client = as_(northmoor.actors["coordinator"])
    assert client.get("/register/find", {"q": text}).status_code == 200
    assert client.post("/register/find", {"q": text, "all": "1"}).status_code == 200


def test_a_partner_finds_only_people_they_are_involved_with(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, nhs_number="9990000018")
    partner = northmoor.actors["partner_health"]
    client = as_(partner)
    assert "Kai Moss" not in client.post("/register/find", {"q": "9990000018"}).content.decode()
    involve(northmoor, person, partner, topics=[1, 3, 6], from_at=NOW - timedelta(days=1))
    assert "Kai Moss" in client.post("/register/find", {"q": "9990000018"}).content.decode()


@pytest.mark.parametrize("text", ["Moss", "kai moss", "Kit", "mos"])
def test_a_partner_finds_by_name_whom_they_work_with_although_the_register_is_closed_to_them(
    northmoor: Area, text: str
) -> None:
    person, _ = add_registered(northmoor, preferred_name="Kit")
    add_registered(northmoor, given_name="Kim")
    partner = northmoor.actors["partner_health"]
    client = as_(partner)
    assert person.reference not in client.post("/register/find", {"q": text}).content.decode()
    involve(northmoor, person, partner, topics=[1, 3, 6], from_at=NOW - timedelta(days=1))
    with CaptureQueriesContext(connection) as asked:
        body = client.post("/register/find", {"q": text}).content.decode()
    assert person.reference in body and "1 person" in body and len(asked) <= PAGE_BUDGET
    assert person.reference not in client.post("/register/find", {"q": "kai quill"}).content.decode()
