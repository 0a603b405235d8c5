"""Without agreement to this one review nobody on its panel opens a paper, neither in code nor in the database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client

from alongside.features.reviews.models import PanelLink, PanelTry, ReviewInvite, ReviewPaper
from alongside.features.reviews.organising import agreeing, links, seats
from alongside.features.reviews.organising.link_views import COOKIE
from alongside.features.reviews.organising.papers import add_paper
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.documents.checks import Checked
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered, key_of

from .conftest import DAY, Organising

pytestmark = pytest.mark.django_db
FILE = Checked(content=b"what they said", media_type="text/plain", file_name="planner.txt")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.foundation.clock.now", lambda: NOW)


def paper(organising: Organising, planned) -> ReviewPaper:
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        return add_paper(note, planned=planned, line="planner", title="The planner", checked=FILE, by=me)


def seen_by(organising: Organising, role: str) -> int:
    with organising.acting(role):
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from reviews_reviewpaper")
            return cursor.fetchone()[0]


def test_a_chair_whose_role_reads_reviews_opens_nothing_before_agreement(organising: Organising) -> None:
    planned = organising.dated()
    paper(organising, planned)
    chair = organising.area.actors["commissioner"]
    assert seen_by(organising, "commissioner") == 0, "collected by others, and not agreed to"
    organising.seats(planned, "chair", chair.name, actor=chair)
    assert seen_by(organising, "commissioner") == 0
    organising.says(planned, True)
    assert seen_by(organising, "commissioner") == 1
    organising.says(planned, False, at=NOW + timedelta(minutes=1))
    assert seen_by(organising, "commissioner") == 0, "a withdrawn yes closes it again"


def test_even_who_runs_the_register_opens_nothing_from_a_seat(organising: Organising) -> None:
    planned = organising.dated()
    paper(organising, planned)
    assert seen_by(organising, "manager") == 1, "they collect papers"
    manager = organising.area.actors["manager"]
    organising.seats(planned, "chair", manager.name, actor=manager)
    assert seen_by(organising, "manager") == 0


def test_a_member_of_the_panel_adds_no_paper_before_agreement(organising: Organising) -> None:
    planned = organising.dated()
    actor = organising.area.actors["coordinator"]
    organising.seats(planned, "chair", actor.name, actor=actor)
    with pytest.raises(Refused):
        paper(organising, planned)
    organising.says(planned, True)
    assert paper(organising, planned).pk


def test_a_yes_to_another_review_opens_nothing(organising: Organising) -> None:
    planned, other = organising.dated(), organising.dated()
    paper(organising, planned)
    organising.says(other, True)
    assert seen_by(organising, "commissioner") == 0


def test_a_partner_on_the_panel_reaches_the_person_with_agreement_only(organising: Organising) -> None:
    # Who may see what now goes by the database's clock.
    planned = organising.dated(max(DAY, datetime.now(UTC) + timedelta(days=20)))
    partner = organising.area.actors["partner_health"]
    organising.seats(planned, "clinical", partner.name, actor=partner)
    address = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}"
    browser = Client()
    browser.cookies["alongside_key"] = key_of(partner, NOW)
    assert browser.get(address).status_code == 404
    organising.says(planned, True)
    assert browser.get(address).status_code == 200


def test_family_of_somebody_of_16_is_invited_with_their_yes_only(organising: Organising, northmoor: Area) -> None:
    from datetime import date

    person, _ = add_registered(northmoor, given_name="Ellis", birth_date=date(2009, 5, 1))
    older = Organising(northmoor, person)
    planned = older.dated()
    said = {"planned": planned, "part": "family", "name": "Dawn"}
    with pytest.raises(NotNow):
        older.does(agreeing.invite, family_agreed=False, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        older.does(agreeing.invite, family_agreed=True, **said)
    older.says(planned, True, family=True)
    assert older.does(agreeing.invite, family_agreed=True, **said).pk
    with context.as_engine():
        assert ReviewInvite.objects.count() == 1


def test_family_of_a_child_is_invited_without_it(organising: Organising) -> None:
    planned = organising.dated()
    assert organising.does(agreeing.invite, planned=planned, part="family", name="Dawn", family_agreed=False).pk


def sent_link(organising: Organising, planned, name: str = "Dr Ade Bello") -> str:
    member = organising.seats(planned, "clinical", name, reach="ade@example.org")
    return organising.does(links.send_link, member=member)


def outcomes() -> list[str]:
    with context.as_engine():
        return list(PanelTry.objects.order_by("pk").values_list("outcome", flat=True))


def opened(organising: Organising, token: str) -> Client:
    browser = Client()
    answer = browser.post(f"/panel/{token}")
    assert answer.status_code == 302, answer.content
    # The database asks its own clock: whatever the day is on which this runs, the link stands.
    ends(organising, max(DAY, datetime.now(UTC)) + timedelta(days=1))
    return browser


def ends(organising: Organising, moment: datetime) -> None:
    """Every link ends then."""
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        note("panel.link_sent", words="Links end at another moment.", icb_id=organising.area.icb.pk)
        with context.as_engine():
            PanelLink.objects.update(expires_at=moment)


def test_a_link_opens_once_and_looking_uses_nothing_up(organising: Organising) -> None:
    planned = organising.dated()
    token = sent_link(organising, planned)
    assert Client().get(f"/panel/{token}").status_code == 200
    browser = opened(organising, token)
    assert browser.get("/panel").status_code == 200
    replay = Client().get(f"/panel/{token}")
    never = Client().get(f"/panel/{'x' * 43}")
    assert (replay.status_code, replay.content) == (never.status_code, never.content)
    assert replay.status_code == 404
    assert outcomes() == ["opened", "again"]


def test_a_link_ends_the_day_after(organising: Organising, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = organising.dated()
    token, browser = sent_link(organising, planned), None
    for at, found in ((DAY + timedelta(hours=23), 200), (DAY + timedelta(hours=25), 404)):
        monkeypatch.setattr("alongside.foundation.clock.now", lambda at=at: at)
        assert Client().get(f"/panel/{token}").status_code == found
    assert outcomes() == ["expired"]
    assert browser is None


def test_before_agreement_a_paper_is_not_there_and_after_it_is(organising: Organising) -> None:
    planned = organising.dated()
    kept = paper(organising, planned)
    browser = opened(organising, sent_link(organising, planned))
    page = browser.get("/panel").content.decode()
    assert "The planner" not in page
    assert "Kai" not in page
    refused, never = browser.get(f"/panel/papers/{kept.pk}"), browser.get("/panel/papers/999999")
    assert (refused.status_code, refused.content) == (never.status_code, never.content)
    organising.says(planned, True)
    assert "The planner" in browser.get("/panel").content.decode()
    assert browser.get(f"/panel/papers/{kept.pk}").status_code == 200
    assert outcomes() == ["opened", "closed", "closed"]


def test_a_link_to_one_review_opens_no_paper_of_another(organising: Organising) -> None:
    planned, other = organising.dated(), organising.dated()
    theirs = paper(organising, other)
    for one in (planned, other):
        organising.says(one, True)
    browser = opened(organising, sent_link(organising, planned))
    assert browser.get(f"/panel/papers/{theirs.pk}").status_code == 404
    assert outcomes() == ["opened", "other"]


@pytest.mark.parametrize(("ago", "reads"), [(timedelta(minutes=-1), True), (timedelta(minutes=1), False)])
def test_the_database_itself_lets_a_link_end(organising: Organising, ago: timedelta, reads: bool) -> None:
    planned = organising.dated()
    paper(organising, planned)
    organising.says(planned, True)
    key = opened(organising, sent_link(organising, planned)).cookies[COOKIE].value
    ends(organising, datetime.now(UTC) - ago)
    with context.asking_with(key), connection.cursor() as cursor:
        cursor.execute("select title from reviews_reviewpaper where planned_id = %s", [planned.pk])
        assert cursor.fetchall() == ([("The planner",)] if reads else [])
        cursor.execute("select reviews_by_link(%s)", [planned.pk])
        assert cursor.fetchone() == (reads,)


def test_who_leaves_the_panel_opens_nothing_any_more(organising: Organising) -> None:
    planned = organising.dated()
    organising.says(planned, True)
    member = organising.seats(planned, "clinical", "Dr Ade Bello", reach="ade@example.org")
    browser = opened(organising, organising.does(links.send_link, member=member))
    organising.does(seats.unseat, member=member, because="A conflict of interest")
    assert browser.get("/panel").status_code == 404


def test_a_member_says_what_they_say_themselves(organising: Organising) -> None:
    planned = organising.dated()
    browser = opened(organising, sent_link(organising, planned))
    page = browser.get("/panel").content.decode()
    token = page.split('name="submission" value="')[1].split('"')[0]
    said = {"answer": "yes", "conflict": "declared", "conflict_words": "I saw them last year", "submission": token}
    assert browser.post("/panel", said).status_code == 302
    with context.as_engine():
        member = planned.panel.get()
    assert (member.answer, member.conflict, member.settled) == ("yes", "declared", "")


def test_nothing_of_a_link_is_written_by_whoever_holds_it(organising: Organising) -> None:
    planned = organising.dated()
    token = sent_link(organising, planned)
    with context.asking_with(token), connection.cursor() as cursor:
        cursor.execute("update reviews_panellink set opened_at = now() returning 1")
        assert cursor.fetchone() is None
        with pytest.raises(Error), transaction.atomic():
            cursor.execute("select reviews_is_agreed(%s); insert into reviews_paneltry (link_id, icb_id, at, outcome) "
                           "values (1, 1, now(), 'opened')", [planned.pk])  # fmt: skip


def test_a_seat_of_another_area_is_nobodys(organising: Organising, saltby: Area) -> None:
    planned = organising.dated()
    paper(organising, planned)
    with acting_as(saltby.actors["coordinator"]):
        assert ReviewPaper.objects.count() == 0
