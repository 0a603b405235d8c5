"""What a person decides on the screen: who a row is, and which of two facts is right."""

import pytest
from django.test import Client

from alongside.exchange.models import ImportDifference, ImportRow
from alongside.exchange.tests.browsing import (
    MAYBE,
    WRONG,
    answer_row,
    browser,
    imported,
    number_of_people,
    token_of,
    waiting_row,
)
from alongside.exchange.tests.sheets_made import HEADINGS, KIT, bring_in, changed, sheet_of
from alongside.exchange.text import in_words
from alongside.features.people.models import Belonging, Guard, Person
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation.nhsuk.filters import nhs_number
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing, find_differing_matters
from tests.cast import Area, acting_as


@pytest.fixture
def coordinator(northmoor: Area) -> Client:
    return browser(northmoor)


def test_a_row_that_may_be_somebody_is_somebody_new(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    row = waiting_row(northmoor)
    assert "Ashdown-Lee" in coordinator.get("/import/decide").content.decode()
    assert "Kit Ashdown" in coordinator.get(f"/import/rows/{row.pk}").content.decode()
    assert answer_row(coordinator, row, choice="new").status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert RegisterEntry.objects.count() == 2
        assert Duty.objects.filter(person__family_name="Ashdown-Lee").exists()
    assert "Nothing waits for you" in coordinator.get("/import/decide").content.decode()
    planned = bring_in(northmoor, sheet_of(KIT, MAYBE))
    assert [one.outcome for one in planned] == ["matched", "matched"]


def test_who_it_may_be_stands_with_their_number_and_record_to_compare(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    with acting_as(northmoor.actors["coordinator"]) as me:
        kit = Person.objects.visible_to(me).get()
    page = coordinator.get(f"/import/rows/{waiting_row(northmoor).pk}").content.decode()
    assert f'href="/people/{kit.reference}"' in page and f"NHS number {nhs_number(kit.nhs_number)}" in page


def test_what_the_sheet_says_stands_in_the_order_of_the_sheet(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    page = coordinator.get(f"/import/rows/{waiting_row(northmoor).pk}").content.decode()
    said = page.split("What the sheet says")[1]
    places = [said.index(f">{heading}<") for heading in HEADINGS if f">{heading}<" in said]
    assert len(places) > 4 and places == sorted(places)


def test_a_row_that_is_somebody_here_is_compared_with_the_record(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    row = waiting_row(northmoor)
    with acting_as(northmoor.actors["coordinator"]):
        kit = Person.objects.get()
    answer = answer_row(coordinator, row, choice=kit.reference)
    assert answer.headers["Location"] == f"/import/rows/{row.pk}"
    page = coordinator.get(f"/import/rows/{row.pk}")
    assert "Ashdown-Lee" in page.content.decode()
    with acting_as(northmoor.actors["coordinator"]):
        difference = ImportDifference.objects.get()
    coordinator.post(f"/import/rows/{row.pk}", {"submission": token_of(page), f"difference_{difference.pk}": "theirs"})
    with acting_as(northmoor.actors["coordinator"]):
        assert Person.objects.get().family_name == "Ashdown-Lee"


def test_a_row_left_out_is_not_asked_about_again(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    answer_row(coordinator, waiting_row(northmoor), choice="leave")
    assert [one.outcome for one in bring_in(northmoor, sheet_of(KIT, MAYBE))] == ["matched", "refused"]


def test_an_answer_must_be_given_and_a_reference_must_be_of_somebody_here(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    row = waiting_row(northmoor)
    assert "Select who this is" in answer_row(coordinator, row).content.decode()
    assert "Enter their reference" in answer_row(coordinator, row, choice="other").content.decode()
    nobody = answer_row(coordinator, row, choice="other", reference="XX-0000-0000").content.decode()
    assert "Nobody of this ICB has this reference" in nobody and "XX-0000-0000" in nobody


def test_of_two_who_decide_at_once_the_second_is_told(northmoor: Area) -> None:
    imported(northmoor, KIT, MAYBE)
    row, one, other = waiting_row(northmoor), browser(northmoor), browser(northmoor)
    address = f"/import/rows/{row.pk}"
    tokens = [token_of(each.get(address)) for each in (one, other)]
    one.post(address, {"submission": tokens[0], "choice": "new"})
    told = other.post(address, {"submission": tokens[1], "choice": "new"}, follow=True)
    assert told.status_code in (200, 422)
    assert number_of_people() == 2


MORE = ("Inpatient unit", "Admission date", "Date of last CETR", "School", "Council", "Postcode", "Reason")


def test_each_thing_that_a_later_sheet_says_can_be_taken(northmoor: Area, coordinator: Client) -> None:
    headings = (*HEADINGS, *MORE)
    before = (*KIT, "", "", "", "Hillcrest School", "Northmoor", "ZZ1 1AA", "A&E twice")
    after = (
        *changed(KIT, RAG="Red", RAG_date="01/11/2026", Consent="refused", GP_practice="Hill Surgery",
                 Keyworker="P Lound"),
        "", "", "01/09/2026", "Larch House", "Saltby", "ZZ2 2BB", "Placement at risk",
    )  # fmt: skip
    bring_in(northmoor, sheet_of(before, headings=headings))
    (one,) = bring_in(northmoor, sheet_of(after, headings=headings))
    fields = {difference.field for difference in one.differences}
    assert fields == {"gp", "rating", "keyworker", "consent", "last_cetr", "school", "council", "postcode", "reason"}
    with acting_as(northmoor.actors["coordinator"]):
        row = ImportRow.objects.get(differences__field="gp")
        ids = list(ImportDifference.objects.values_list("pk", flat=True))
    page = coordinator.get(f"/import/rows/{row.pk}")
    answers = {f"difference_{number}": "theirs" for number in ids}
    answer = coordinator.post(f"/import/rows/{row.pk}", {"submission": token_of(page), **answers})
    assert answer.status_code == 302, answer.content.decode()
    with acting_as(northmoor.actors["coordinator"]):
        kit = Person.objects.get()
        assert kit.guard == Guard.REGISTER_TEAM
        assert Rating.objects.order_by("-id")[0].colour == "red"
        assert Belonging.objects.get(kind="school", superseded_by=None).name == "Larch House"
        assert kit.allocation_rows.get(to_date=None).worker.name == "P Lound"
        assert RegisterEntry.objects.get().reason == "Placement at risk"
    (again,) = bring_in(northmoor, sheet_of(after, headings=headings))
    assert again.differences == []


def test_a_stay_that_a_later_sheet_tells_is_taken_and_rates_blue(northmoor: Area, coordinator: Client) -> None:
    headings = (*HEADINGS, "Inpatient unit", "Admission date")
    bring_in(northmoor, sheet_of((*KIT, "", ""), headings=headings))
    bring_in(northmoor, sheet_of((*KIT, "Heron Ward", "01/11/2026"), headings=headings))
    with acting_as(northmoor.actors["coordinator"]):
        difference = ImportDifference.objects.get()
    page = coordinator.get(f"/import/rows/{difference.row_id}")
    answers = {"submission": token_of(page), f"difference_{difference.pk}": "theirs"}
    assert coordinator.post(f"/import/rows/{difference.row_id}", answers).status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert Rating.objects.order_by("-rated_at", "-id")[0].colour == "blue"


def test_a_colour_that_a_stay_forbids_is_not_taken_and_the_reason_is_told(northmoor: Area, coordinator: Client) -> None:
    headings = (*HEADINGS, "Inpatient unit", "Admission date")
    there = (*changed(KIT, RAG="Blue"), "Heron Ward", "01/09/2026")
    bring_in(northmoor, sheet_of(there, headings=headings))
    bring_in(northmoor, sheet_of((*changed(KIT, RAG="Green"), *there[-2:]), headings=headings))
    with acting_as(northmoor.actors["coordinator"]):
        difference = ImportDifference.objects.get()
    page = coordinator.get(f"/import/rows/{difference.row_id}")
    answers = {"submission": token_of(page), f"difference_{difference.pk}": "theirs"}
    answer = coordinator.post(f"/import/rows/{difference.row_id}", answers)
    assert answer.status_code == 422
    assert "hospital since" in answer.content.decode()


def duties_of_sheets(area: Area) -> list[str]:
    with acting_as(area.actors["coordinator"]) as me:
        return list(Duty.objects.visible_to(me).filter(subject="import").values_list("what", flat=True))


def test_rows_that_wait_are_work_for_the_register_team_until_none_is_left(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE, WRONG)
    assert duties_of_sheets(northmoor) == ["Decide 2 rows of the sheet register.csv"]
    with acting_as(northmoor.actors["coordinator"]):
        duty = Duty.objects.get(subject="import")
        assert duty.owner_team_id == northmoor.teams["register"].pk and duty.rule_key == "import_rows"
    assert f"/import/decide?run={duty.subject_id}" == coordinator.get(f"/duties/{duty.pk}/do")["Location"]
    assert coordinator.get(f"/import/decide?run={duty.subject_id}").content.decode().count("app-table__person") == 2
    answer_row(coordinator, waiting_row(northmoor), choice="leave")
    assert duties_of_sheets(northmoor) == ["Decide 1 row of the sheet register.csv"]
    url = f"/import/{duty.subject_id}/refused"
    assert (
        "Select what was done" in coordinator.post(url, {"submission": token_of(coordinator.get(url))}).content.decode()
    )
    said = {"submission": token_of(coordinator.get(url)), "how": "Added by hand"}
    assert coordinator.post(url, said).status_code == 302
    assert duties_of_sheets(northmoor) == []
    assert sum(len(found) for _, found in find_differing()) == 0 and not list(find_differing_matters())


def test_a_sheet_that_was_taken_whole_leaves_no_work(northmoor: Area) -> None:
    imported(northmoor, KIT)
    assert duties_of_sheets(northmoor) == []


def test_an_import_of_another_icb_is_not_there(northmoor: Area, saltby: Area) -> None:
    imported(northmoor, KIT, MAYBE)
    with acting_as(northmoor.actors["coordinator"]):
        run = ImportRow.objects.first().run_id
    other = browser(saltby)
    for page in ("", "/columns", "/confirm", "/discard", "/refused"):
        assert other.get(f"/import/{run}{page}").status_code == 404, page


@pytest.mark.parametrize(
    ("said", "shown"),
    [("2012-03-04", "4 March 2012"),
     ("2012-03-04 00:00:00", "4 March 2012"), ("Ash, 2026-01-02", "Ash, 2 January 2026"),
     ("2012-13-04", "2012-13-04"), ("Amber", "Amber"), ("12012-03-045", "12012-03-045")],
)  # fmt: skip
def test_days_are_told_as_people_write_them(said: str, shown: str) -> None:
    assert in_words(said) == shown


def test_a_sheet_that_comes_again_asks_once(northmoor: Area) -> None:
    imported(northmoor, KIT, MAYBE, WRONG)
    imported(northmoor, KIT, MAYBE, WRONG)
    assert duties_of_sheets(northmoor) == ["Decide 2 rows of the sheet register.csv"]
