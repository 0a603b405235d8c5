"""My day: what is late and due, and what is new in it, for whom, in few statements whatever the size."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import propose_rating, rate
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.roles import FAMILY_DOOR, Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.models import Look
from alongside.foundation.recording.recording import recording
from alongside.overview import my_day
from alongside.overview.models import Duty
from alongside.overview.operations import plan_duties
from alongside.overview.register_list.asking import Asked
from alongside.overview.register_list.reading import read_list
from alongside.policy.decision import Decision
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered

SignIn = Callable[[Actor], Client]
DAY = timedelta(days=1)


def add_rated(area: Area, colour: str, at: datetime, **known: object) -> Person:
    person, entry = add_registered(area, at=at, **known)
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        rate(note, entry=entry, colour=colour, because="Seen.", by=me, demanded=NO_FLOOR)
    return person


def add_imported(area: Area, name: str) -> Person:
    """Somebody whose review was late already when their entry came from a spreadsheet, now."""
    person = add_rated(area, "amber", NOW - 30 * DAY, given_name=name)
    bring_from_spreadsheet(person)
    return person


def bring_from_spreadsheet(person: Person) -> None:
    with context.as_engine():
        engine = Actor.objects.get(kind="engine")
        with recording(by=engine, at=NOW) as note:
            RegisterEntry.objects.filter(person=person).update(imported_at=NOW)
            note("entry.imported", words="Came from a spreadsheet.", person_id=person.pk)


def give_keyworker(area: Area, person: Person, at: datetime = NOW) -> None:
    with acting_as(area.actors["manager"], at) as me, recording(by=me, at=at) as note:
        allocate(note, person=Person.objects.get(pk=person.pk), worker=area.actors["keyworker"], from_date=at.date())
    # Being in touch is due from then on too; these tests are about ratings.
    with context.as_engine():
        Duty.objects.filter(person=person, rule_key__startswith="keyworker_contact").delete()


def shift(duty: str, **changes: datetime | None) -> None:
    if "due" in changes:
        changes["late_from"] = changes["due"]
    with context.as_engine():
        Duty.objects.filter(rule_key=duty).update(**changes)


def column(page: str, state: str) -> str:
    return page.split(f'id="{state}-heading"')[1].split("</section>")[0]


def test_a_keyworker_sees_their_own_late_due_and_new(northmoor: Area, signed_in: SignIn) -> None:
    for name, days in (("Late", 20), ("Due", 12)):
        give_keyworker(northmoor, add_rated(northmoor, "amber", NOW - days * DAY, given_name=name))
    add_rated(northmoor, "amber", NOW - 20 * DAY, given_name="Somebody else's")
    page = signed_in(northmoor.actors["keyworker"]).get("/").content.decode()
    assert "Late Moss" in column(page, "late") and "Late Moss" not in column(page, "due")
    assert "Due Moss" in column(page, "due") and "Due Moss" not in column(page, "late")
    assert "Somebody else" not in page
    assert "Look again at the amber rating" in column(page, "late")
    assert "Local default" in column(page, "late")
    assert 'href="/rules#register_review_amber" title="Source: ' in column(page, "late")
    assert "Not needed, because" in column(page, "late")


@pytest.mark.parametrize(("away", "state"), [(timedelta(), "due"), (timedelta(microseconds=1), "late")])
def test_late_begins_after_the_last_moment(northmoor: Area, signed_in: SignIn, away: timedelta, state: str) -> None:
    give_keyworker(northmoor, add_rated(northmoor, "amber", NOW - 20 * DAY, given_name="Edge"))
    shift("register_review_amber", due=NOW - away, shows_from=NOW - 9 * DAY)
    page = signed_in(northmoor.actors["keyworker"]).get("/").content.decode()
    assert "Edge Moss" in column(page, state)


@pytest.mark.parametrize(("days", "shown"), [(14, True), (15, False)])
def test_due_looks_fourteen_days_ahead(northmoor: Area, signed_in: SignIn, days: int, shown: bool) -> None:
    give_keyworker(northmoor, add_rated(northmoor, "amber", NOW - 20 * DAY, given_name="Edge"))
    shift("register_review_amber", due=NOW + days * DAY, shows_from=NOW - 9 * DAY)
    page = signed_in(northmoor.actors["keyworker"]).get("/").content.decode()
    assert ("Edge Moss" in column(page, "due")) is shown


NEW_TAG = '<strong class="app-state app-state--new">New</strong>'


@pytest.mark.parametrize(("hours", "new"), [(33, True), (33.1, False)])
def test_new_is_a_mark_on_what_began_to_show_since_yesterday(
    northmoor: Area, signed_in: SignIn, hours: float, new: bool
) -> None:
    """It is nine in the morning: yesterday began 33 hours ago."""
    give_keyworker(northmoor, add_rated(northmoor, "amber", NOW - 20 * DAY, given_name="Edge"))
    shift("register_review_amber", due=NOW + 14 * DAY, shows_from=NOW - timedelta(hours=hours))
    page = signed_in(northmoor.actors["keyworker"]).get("/").content.decode()
    assert "Edge Moss" in column(page, "due")
    assert (NEW_TAG in column(page, "due")) is new
    assert ("1 of what is due is new since yesterday" in page) is new


def test_red_comes_before_green_however_late_then_by_day(northmoor: Area, signed_in: SignIn) -> None:
    for name, colour, days in (
        ("Green", "green", 100),
        ("Red", "red", 9),
        ("Older", "red", 12),
        ("Amber", "amber", 30),
    ):
        give_keyworker(northmoor, add_rated(northmoor, colour, NOW - days * DAY, given_name=name))
    with context.as_engine():
        Duty.objects.exclude(rule_key__startswith="register_review").update(ends_at=NOW)
    browser = signed_in(northmoor.actors["keyworker"])
    for page in (column(browser.get("/").content.decode(), "late"), browser.get("/duties?state=late").content.decode()):
        places = [page.index(f"{name} Moss") for name in ("Older", "Red", "Amber", "Green")]
        assert places == sorted(places)


@pytest.mark.parametrize(("imported", "new"), [(False, True), (True, False)])
def test_what_an_import_brought_with_it_is_not_new(
    northmoor: Area, signed_in: SignIn, imported: bool, new: bool
) -> None:
    person, _ = add_registered(northmoor, at=NOW, given_name="Fresh")
    if imported:
        bring_from_spreadsheet(person)
    page = signed_in(northmoor.actors["coordinator"]).get("/").content.decode()
    assert "Rate the risk of admission" in column(page, "due")
    assert (NEW_TAG in column(page, "due")) is new


def test_a_proposal_of_yesterday_is_new_to_the_register_team(northmoor: Area, signed_in: SignIn) -> None:
    _, entry = add_registered(northmoor, at=NOW - 5 * DAY)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW - DAY) as note:
        propose_rating(note, entry=entry, colour="red", because="Notice given.", origin="notice")
    page = signed_in(northmoor.actors["coordinator"]).get("/").content.decode()
    assert "Decide on the proposed red rating" in column(page, "due") and NEW_TAG in column(page, "due")


def test_a_team_inbox_names_todays_holder_and_its_oldest(northmoor: Area, signed_in: SignIn) -> None:
    add_rated(northmoor, "amber", NOW - 30 * DAY)
    page = signed_in(northmoor.actors["coordinator"]).get("/").content.decode()
    assert northmoor.actors["coordinator"].name in page
    assert "The oldest was due on 4 November 2026" in page


@pytest.mark.parametrize(
    ("due", "lifted"),
    [(datetime(2026, 11, 18, 23, 59), False), (datetime(2026, 11, 17, 23, 59), True)],
)
def test_what_is_late_by_more_than_two_working_days_is_lifted_to_the_manager(
    northmoor: Area, signed_in: SignIn, due: datetime, lifted: bool
) -> None:
    """Friday 20 November: Wednesday's is two working days late, Tuesday's three."""
    add_rated(northmoor, "amber", NOW - 30 * DAY)
    with context.as_engine():
        Duty.objects.update(due=NOW + 90 * DAY, late_from=NOW + 90 * DAY)
    shift("register_review_amber", due=due.replace(tzinfo=NOW.tzinfo))
    page = signed_in(northmoor.actors["manager"]).get("/").content.decode()
    assert ("Register team: 1 thing late" in page) is lifted


def test_what_was_late_at_the_import_stands_apart(northmoor: Area, signed_in: SignIn) -> None:
    add_imported(northmoor, "Imported")
    browser = signed_in(northmoor.actors["coordinator"])
    page = browser.get("/").content.decode()
    assert "Imported Moss" not in page
    assert "Nothing in this inbox is late or due in the next 14 days." in page
    assert "Backlog of 20 November 2026: 1 thing" in page
    backlog = browser.get("/duties/backlog?inbox=" + str(northmoor.teams["register"].pk)).content.decode()
    assert "Imported Moss" in backlog


def test_the_backlog_is_planned_in_bulk(northmoor: Area, signed_in: SignIn) -> None:
    for name in ("One", "Two"):
        add_imported(northmoor, name)
    with context.as_engine():
        ids = [str(duty.pk) for duty in Duty.objects.filter(rule_key="register_review_amber")]
    browser = signed_in(northmoor.actors["coordinator"])
    url = f"/duties/backlog?inbox={northmoor.teams['register'].pk}"
    token = browser.get(url).content.decode().split('name="submission" value="')[1].split('"')[0]
    said = {"submission": token, "planned_for-day": "1", "planned_for-month": "12", "planned_for-year": "2026"}
    assert "Tick at least one" in browser.post(url, said).content.decode()
    past = said | {"planned_for-year": "2025", "duty": ids}
    assert "must be today or in the future" in browser.post(url, past).content.decode()
    assert browser.post(url, said | {"duty": ids}).status_code == 302
    page = browser.get(url + "&planned=yes").content.decode()
    assert page.count('<td role="cell" data-label="Planned for">1 December 2026') == 2


@pytest.mark.parametrize(("later", "late"), [(timedelta(), False), (timedelta(days=1), True)])
def test_a_thing_of_the_backlog_turns_late_after_the_day_planned_for_it(
    northmoor: Area, later: timedelta, late: bool
) -> None:
    imported = add_imported(northmoor, "Imported")
    planned = NOW.date() + 10 * DAY
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        # Nobody has to name a keyworker, which would be late too.
        record_consent(
            note, person=imported, purpose="keyworking", answer="refused", basis="parental", decided_on=NOW.date()
        )
        duty = Duty.objects.select_related("person").get(rule_key="register_review_amber")
        plan_duties(note, duties=[duty], planned_for=planned, by=me, latest=Decision(planned, ""))
    moment = datetime.combine(planned, time(23, 59), LONDON) + later
    with acting_as(northmoor.actors["coordinator"], moment) as me:
        inboxes = my_day.inboxes_of(me)
        counts = my_day.count_inboxes(me, inboxes, moment)[str(northmoor.teams["register"].pk)]
        mine = Duty.objects.visible_to(me).filter(rule_key="register_review_amber")
        assert mine.filter(my_day.within("late", moment)).exists() is late
        assert mine.filter(my_day.in_backlog(moment)).exists() is not late
        assert counts.backlog == (not late)
        line = read_list(me, Asked(northmoor.icb.pk, backlog=not late, late=late), moment)
        assert [row.given_name for row in line.rows] == ["Imported"]


@pytest.mark.parametrize(("days", "saved"), [(90, True), (91, False)])
def test_a_day_of_the_backlog_lies_within_ninety_days(
    northmoor: Area, signed_in: SignIn, days: int, saved: bool
) -> None:
    add_imported(northmoor, "Imported")
    browser = signed_in(northmoor.actors["coordinator"])
    url = f"/duties/backlog?inbox={northmoor.teams['register'].pk}"
    page = browser.get(url).content.decode()
    token = page.split('name="submission" value="')[1].split('"')[0]
    ticked = page.split('name="duty" type="checkbox" value="')[1].split('"')[0]
    on = clock.today() + days * DAY
    said = {"planned_for-day": on.day, "planned_for-month": on.month, "planned_for-year": on.year}
    answer = browser.post(url, {"submission": token, "duty": ticked, **said})
    assert (answer.status_code == 302) is saved
    assert ("within 90 days of being planned" in answer.content.decode()) is not saved


def test_people_out_of_scope_are_on_nobodys_day(northmoor: Area, saltby: Area, signed_in: SignIn) -> None:
    add_rated(northmoor, "amber", NOW - 30 * DAY, given_name="Hidden")
    for area in (northmoor, saltby):
        for role in set(Role) - FAMILY_DOOR:
            page = signed_in(area.actors[role.value]).get("/")
            assert page.status_code == 200
            sees = area is northmoor and role in (Role.COORDINATOR, Role.MANAGER)
            if not sees:
                assert "Hidden Moss" not in page.content.decode(), role
    assert signed_in(northmoor.actors["coordinator"]).get("/duties?inbox=mine&state=late").status_code == 200
    foreign = f"/duties?inbox={northmoor.teams['register'].pk}&state=late"
    assert signed_in(saltby.actors["manager"]).get(foreign).status_code == 404


def test_looking_is_recorded(northmoor: Area, signed_in: SignIn) -> None:
    person = add_rated(northmoor, "amber", NOW - 30 * DAY)
    signed_in(northmoor.actors["coordinator"]).get("/")
    with context.as_engine():
        assert Look.objects.get(page="my day").person_ids == [person.pk]


@pytest.mark.parametrize("role", ["keyworker", "coordinator", "manager", "commissioner"])
def test_few_statements_whatever_the_size(northmoor: Area, signed_in: SignIn, role: str) -> None:
    counts = []
    for many in (1, 12):
        for number in range(many):
            person = add_rated(northmoor, "amber", NOW - 30 * DAY, given_name=f"Person {number}")
            if number % 2:
                give_keyworker(northmoor, person)
        browser = signed_in(northmoor.actors[role])
        browser.get("/")
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert browser.get("/").status_code == 200
        counts.append(len(statements))
    assert counts[0] <= counts[1] + 1 and counts[1] <= 8, [query["sql"][:200] for query in statements]


def test_a_long_list_loses_nobody_between_pages(northmoor: Area, signed_in: SignIn) -> None:
    for number in range(28):
        add_rated(northmoor, "amber", NOW - 30 * DAY, given_name=f"P{number:02}x")
    browser = signed_in(northmoor.actors["coordinator"])
    url, names = f"/duties?inbox={northmoor.teams['register'].pk}&state=late", []
    while url:
        page = browser.get(url).content.decode()
        names += [part.split(" Moss")[0] for part in page.split('app-duty__person" href="')[1:]]
        more = page.split('pagination__link--next" href="')
        url = "/duties" + more[1].split('"')[0].replace("&amp;", "&") if len(more) > 1 else ""
    assert len(names) == 28 == len(set(names))


def test_the_counts_say_what_the_lists_say(northmoor: Area) -> None:
    """The states stand once as a query and once as text: both find the same duties, at any moment."""
    for number, colour in enumerate(("red", "amber", "green")):
        give_keyworker(northmoor, add_rated(northmoor, colour, NOW - number * 20 * DAY, given_name=f"Kai{number}"))
    add_imported(northmoor, "Rosa")
    for name in ("keyworker", "manager", "coordinator"):
        for moment in (NOW - DAY, NOW, NOW + DAY, NOW + 30 * DAY, NOW + 400 * DAY):
            with acting_as(northmoor.actors[name], moment) as me:
                inboxes = my_day.inboxes_of(me)
                counted = my_day.count_inboxes(me, inboxes, moment)
                for inbox in inboxes:
                    reached = Duty.objects.visible_to(me).filter(inbox.of(me))
                    counts = counted[inbox.key]
                    found = [reached.filter(my_day.within(state, moment)).count() for state in my_day.STATES]
                    assert [counts.late, counts.due] == found
                    assert counts.backlog == reached.filter(my_day.in_backlog(moment)).count()
                    assert len(counts.first) == sum(min(many, my_day.EACH) for many in found)
