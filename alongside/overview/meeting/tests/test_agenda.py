"""The agenda is what moved, in order; it stands once it is sent; nobody who was left falls off."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from alongside.features.keyworking.tests.conftest import rated
from alongside.features.people.models import Person
from alongside.features.people.operations import add_person, record_consent
from alongside.features.register.meetings import operations as does
from alongside.features.register.meetings.deciding import decide
from alongside.features.register.meetings.handing_over import list_meetings_of, pass_on_meetings
from alongside.features.register.meetings.queries import lock_item
from alongside.features.register.models import AgendaItem, AgendaReason, Meeting, MeetingCycle, RegisterEntry
from alongside.features.register.operations import enter_register, rate
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.recording import Notes, recording
from alongside.overview.meeting.moving import FIRST_TIME
from alongside.overview.meeting.next_one import next_start
from alongside.overview.meeting.sending import call_off_meeting, send_minutes
from alongside.overview.meeting.tests.conftest import SIDES, item_of, moved, opened, planned, runs, sent
from alongside.overview.models import Duty
from alongside.policy.decision import Decision
from tests.cast import NO_FLOOR, NOW, Area, acting_as

HERE = Decision(True, "Health, education and social care were there.")
WEEK, MICROSECOND = timedelta(days=7), timedelta(microseconds=1)


def names(area: Area, meeting: Meeting, at: Any = NOW) -> list[str]:
    with acting_as(area.actors["coordinator"], at) as me:
        return [one.name for one in moved(me, meeting, at)]


def reasons(area: Area, item: AgendaItem) -> list[str]:
    with acting_as(area.actors["coordinator"]) as me:
        return list(
            AgendaReason.objects.visible_to(me).filter(item=item).order_by("pk").values_list("words", flat=True)
        )


def talked(area: Area, meeting: Meeting, person: Person, at: Any = NOW) -> None:
    def act(note: Notes, me: Any) -> None:
        item = lock_item(me, meeting.pk, item_of(area, meeting, person).pk)
        decide(note, item=item, decided="No change", dissent="", present=[], quorum=HERE, rating=None, seen=0, by=me)

    runs(area, act, at=at)


def colour(area: Area, person: Person, now: str, at: Any) -> None:
    def act(note: Notes, me: Any) -> None:
        entry = RegisterEntry.objects.visible_to(me).select_related("person").get(person=person)
        rate(note, entry=entry, colour=now, because="Seen", by=me, demanded=NO_FLOOR)

    runs(area, act, at=at)


def closed(area: Area, meeting: Meeting, at: Any = NOW) -> None:
    runs(area, lambda note, me: does.close_meeting(note, meeting=meeting, by=me), at=at)


def test_who_is_new_is_on_it_by_risk(northmoor: Area, three: list[Person]) -> None:
    meeting = planned(northmoor)
    assert names(northmoor, meeting) == ["Rhea Moss", "Amir Moss", "Gwen Moss"]
    sent(northmoor, meeting)
    item = item_of(northmoor, meeting, three[0])
    assert item.place == 1 and "New on the register on 15 November 2026." in reasons(northmoor, item)


@pytest.mark.parametrize(("days_ago", "new"), [(400, False), (29, False), (28, True), (2, True), (1, False)])
def test_who_was_carried_over_is_new_only_where_the_sheet_names_a_late_day(
    northmoor: Area, days_ago: int, new: bool
) -> None:
    """The import was a day ago; it gives its own day to whom the sheet gives none."""
    at = NOW - timedelta(days=1)

    def carry(note: Notes, me: Any) -> Person:
        person = add_person(note, icb_id=northmoor.icb.pk, given_name="Kai", family_name="Moss", birth_date=None)
        on = (NOW - timedelta(days=days_ago)).date()
        agreed = {"answer": "given", "basis": "parental", "decided_on": at.date(), "evidenced": True}
        record_consent(note, person=person, purpose="register", **agreed)
        entry = enter_register(note, person=person, listing="child", entered_on=on, by=me, imported_at=at)
        rate(note, entry=entry, colour="green", because="From the sheet", by=me, demanded=NO_FLOOR)
        return person

    runs(northmoor, carry, at=at)
    meeting = planned(northmoor)
    assert names(northmoor, meeting) == (["Kai Moss"] if new else [])


def test_after_a_meeting_only_those_come_about_whom_something_moved(northmoor: Area, three: list[Person]) -> None:
    first = opened(northmoor, planned(northmoor))
    for person in three:
        talked(northmoor, first, person)
    closed(northmoor, first)
    later = NOW + WEEK
    second = planned(northmoor, at=later, starts_at=later)
    with acting_as(northmoor.actors["coordinator"], later) as me:
        found = {one.name: [reason.code for reason in one.reasons] for one in moved(me, second, later)}
    assert "red" in found["Rhea Moss"], "red stays on it until it is not red"
    assert "new" not in found["Rhea Moss"] and "carried" not in found["Rhea Moss"]


def test_a_rating_that_the_meeting_gave_is_no_news_to_the_next_one(northmoor: Area, three: list[Person]) -> None:
    hours = [NOW + timedelta(minutes=minutes) for minutes in (0, 30, 60, 90)]
    first = opened(northmoor, planned(northmoor), at=hours[0])
    for person in three:
        talked(northmoor, first, person, at=hours[1])
    during, after = three[1], three[2]
    colour(northmoor, during, "green", hours[1])
    closed(northmoor, first, at=hours[2])
    colour(northmoor, after, "amber", hours[3])
    later = NOW + WEEK
    second = planned(northmoor, at=later, starts_at=later)
    with acting_as(northmoor.actors["coordinator"], later) as me:
        found = {one.person_id: [reason.code for reason in one.reasons] for one in moved(me, second, later)}
    assert "changed" in found[after.pk] and "changed" not in found.get(during.pk, [])


def lateness(area: Area, person: Person, at: datetime) -> dict[str, str]:
    """What the agenda of a meeting at that moment says of them that is late, by its code."""
    meeting = planned(area, at=at, starts_at=at)
    with acting_as(area.actors["coordinator"], at) as me:
        (found,) = [one for one in moved(me, meeting, at) if one.person_id == person.pk]
    return {one.code: one.words for one in found.reasons if one.code in ("late", "still_late")}


def first_late(person: Person) -> datetime:
    """From when the first of what is due about them is late: of somebody red, a day for the review."""
    with context.as_engine():
        late_from: datetime = Duty.objects.get(person=person, rule_key="red_review_date").late_from
    return late_from


@pytest.mark.parametrize(
    ("opened_after", "said"),
    [
        (timedelta(0), {"late": "Late since 15 November 2026: Plan a review date."}),
        (MICROSECOND, {"still_late": "Still late, since 15 November 2026: Plan a review date."}),
    ],
)
def test_what_was_late_when_the_meeting_before_was_opened_is_no_news(
    northmoor: Area, opened_after: timedelta, said: dict[str, str]
) -> None:
    rhea = rated(northmoor, "Rhea", "red", 5)
    before = first_late(rhea) + opened_after
    closed(northmoor, opened(northmoor, planned(northmoor, at=before, starts_at=before), at=before), at=before)
    assert lateness(northmoor, rhea, before + timedelta(hours=1)) == said


@pytest.mark.parametrize(("longer", "code"), [(timedelta(0), "late"), (MICROSECOND, "still_late")])
def test_at_the_first_meeting_it_is_news_for_four_weeks(northmoor: Area, longer: timedelta, code: str) -> None:
    rhea = rated(northmoor, "Rhea", "red", 5)
    assert "Plan a review date" in lateness(northmoor, rhea, first_late(rhea) + FIRST_TIME + longer)[code]


def test_who_was_left_or_not_reached_stands_first_next_time(northmoor: Area, three: list[Person]) -> None:
    first = opened(northmoor, planned(northmoor))
    _, amir, gwen = three
    talked(northmoor, first, three[0])

    def leave(note: Notes, me: Any) -> None:
        item = lock_item(me, first.pk, item_of(northmoor, first, gwen).pk)
        does.leave_for_next_time(note, item=item, because="Their keyworker is away.", by=me)

    runs(northmoor, leave)
    closed(northmoor, first)
    later = NOW + WEEK
    second = planned(northmoor, at=later, starts_at=later)
    assert names(northmoor, second, later)[:2] == ["Amir Moss", "Gwen Moss"]
    opened(northmoor, second, at=later)
    assert reasons(northmoor, item_of(northmoor, second, amir))[0] == "Not reached at the last meeting."
    left = reasons(northmoor, item_of(northmoor, second, gwen))
    assert left[0] == "Left at the last meeting: Their keyworker is away."


def test_who_was_on_one_that_was_called_off_comes_on_the_next(northmoor: Area, three: list[Person]) -> None:
    first = sent(northmoor, planned(northmoor))
    runs(northmoor, lambda note, me: call_off_meeting(note, meeting=first, because="Snow", by=me))
    with context.as_engine():
        told = set(Message.objects.filter(kind="meeting.off").values_list("to_actor_id", flat=True))
    assert told == {northmoor.actors[role].pk for role in SIDES}
    second = sent(northmoor, planned(northmoor))
    assert reasons(northmoor, item_of(northmoor, second, three[2]))[0].endswith("called off.")


def test_what_moves_after_it_was_sent_comes_when_the_meeting_opens_and_is_marked(
    northmoor: Area, three: list[Person]
) -> None:
    meeting = sent(northmoor, planned(northmoor))
    late = rated(northmoor, "Lena", "amber", 0)
    opened(northmoor, meeting)
    assert item_of(northmoor, meeting, late).came_later and not item_of(northmoor, meeting, three[0]).came_later
    assert item_of(northmoor, meeting, late).place == 4, "the agenda that was sent keeps its order"


def test_somebody_is_added_by_name_once_and_only_of_this_register(northmoor: Area, saltby: Area) -> None:
    rated(northmoor, "Quinn", "green", 100)
    entry = RegisterEntry.objects.none()
    meeting = planned(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        entry = RegisterEntry.objects.visible_to(me).get()

    def add(note: Notes, me: Any) -> AgendaItem:
        return does.add_to_agenda(note, meeting=meeting, entry=entry, because="School rang.", by=me)

    item = runs(northmoor, add)
    assert reasons(northmoor, item) == ["Added by Register coordinator of TNM: School rang."]
    with pytest.raises(NotNow, match="on the agenda already"):
        runs(northmoor, add)
    with pytest.raises(Refused):
        runs(saltby, add)


def test_a_decision_is_needed_once_and_the_second_who_types_is_told(northmoor: Area, three: list[Person]) -> None:
    meeting = opened(northmoor, planned(northmoor))
    talked(northmoor, meeting, three[0])
    with pytest.raises(NotNow, match="while you were typing"):
        talked(northmoor, meeting, three[0])


def test_nothing_is_decided_before_it_opens_or_after_it_closed(northmoor: Area, three: list[Person]) -> None:
    meeting = sent(northmoor, planned(northmoor))
    with pytest.raises(NotNow, match="Open it first"):
        talked(northmoor, meeting, three[0])
    opened(northmoor, meeting)
    closed(northmoor, meeting)
    with pytest.raises(NotNow, match="over"):
        talked(northmoor, meeting, three[0])


def test_only_one_meeting_goes_on_at_a_time(northmoor: Area) -> None:
    opened(northmoor, planned(northmoor))
    with pytest.raises(NotNow, match="Another register meeting"):
        opened(northmoor, planned(northmoor))


def test_whoever_was_asked_to_the_last_one_is_asked_to_the_next(northmoor: Area) -> None:
    first = planned(northmoor)
    second = planned(northmoor, asked=False, starts_at=NOW + WEEK)
    with acting_as(northmoor.actors["coordinator"]):
        assert second.attendances.count() == first.attendances.count() == 3


def test_what_is_due_about_a_meeting_follows_it_to_its_minutes(northmoor: Area, three: list[Person]) -> None:
    def due() -> set[str]:
        with acting_as(northmoor.actors["coordinator"]) as me:
            rows = Duty.objects.visible_to(me).filter(subject__startswith="meeting")
            return set(rows.values_list("rule_key", flat=True))

    weekly = {"listing": "child", "every_weeks": 1, "minutes": 90, "place": "", "starts": time(9, 30)}

    def cycle(note: Notes, me: Any) -> None:
        chair = northmoor.actors["manager"]
        does.set_cycle(note, icb_id=northmoor.icb.pk, first_on=NOW.date(), chair=chair, by=me, **weekly)

    runs(northmoor, cycle)
    assert due() == {"meeting_next_planned"}
    meeting = planned(northmoor)
    assert due() == {"meeting_agenda_sent", "meeting_held"}
    sent(northmoor, meeting)
    assert due() == {"meeting_held"}
    opened(northmoor, meeting)
    closed(northmoor, meeting)
    assert due() == {"meeting_minutes_sent", "meeting_next_planned"}
    runs(northmoor, lambda note, me: send_minutes(note, meeting=meeting, by=me))
    assert due() == {"meeting_next_planned"}


def test_the_next_day_of_a_cycle_is_today_or_later_and_never_one_that_is_planned() -> None:
    fortnightly = MeetingCycle(every_weeks=2, first_on=date(2026, 6, 1))
    for today, last, wanted in (
        (date(2026, 5, 1), None, date(2026, 6, 1)),
        (date(2026, 6, 1), None, date(2026, 6, 1)),
        (date(2026, 6, 2), None, date(2026, 6, 15)),
        (date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 15)),
        (date(2026, 6, 2), date(2026, 6, 15), date(2026, 6, 29)),
    ):
        assert next_start(fortnightly, last, today) == wanted, today


def test_whoever_chairs_and_leaves_hands_their_meetings_to_another_chair(northmoor: Area) -> None:
    chair, other = northmoor.actors["manager"], northmoor.actors["coordinator"]
    meeting = planned(northmoor)
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        ((number, person, _, due),) = list_meetings_of(chair.pk, northmoor.icb.pk)
        assert (number, person, due) == (meeting.pk, None, NOW.date())
        pass_on_meetings(note, [number], other)
    with context.as_engine():
        assert list(list_meetings_of(chair.pk, northmoor.icb.pk)) == []
        assert Duty.objects.get(rule_key="meeting_held").owner_actor_id == other.pk
