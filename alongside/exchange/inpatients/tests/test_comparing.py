"""The commissioner's file beside our record: three outcomes, each row decided by a named person."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.exchange.inpatients.models import InpatientFile, InpatientLine
from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.overview.models import Duty
from tests.cast import Area, add_registered
from tests.stories.telling import act, at, hidden, on, press, staff, words

pytestmark = pytest.mark.django_db
HEADINGS = "NHS number,Forename,Surname,Date of birth,Hospital,Date of admission,Legal status"


def somebody(
    area: Area, name: str, number: str, admitted: Any, *, left: Any = None, place: str = "Heron Lodge"
) -> Stay:
    person, _ = add_registered(
        area, given_name=name, family_name="Teal", nhs_number=number, birth_date=date(2012, 3, 4), at=at(1, 4)
    )

    def go_in(note: Any, *, by: Any) -> Stay:
        known = Person.objects.get(pk=person.pk)
        kind = Stay.Kind.HOSPITAL
        return admit(note, person=known, kind=kind, place_name=place, admitted_at=admitted, legal_status="02")

    def go_out(note: Any, *, by: Any) -> Stay:
        return discharge(note, stay=Stay.objects.select_related("person").get(pk=stay.pk), discharged_at=left)

    stay = act(area, "coordinator", at(8, 6), go_in)
    if left:
        act(area, "coordinator", at(8, 6), go_out)
    return stay


def line_of(
    number: str, name: str, hospital: str = "Heron Lodge", day: str = "01/05/2026", legal: str = "Section 2"
) -> str:
    return f"{number},{name},Teal,04/03/2012,{hospital},{day},{legal}"


def send(area: Area, rows: list[str], role: str = "commissioner", day: int = 7) -> Any:
    client = staff(area, role)
    form = {"submission": uuid4().hex, "as_at-day": str(day), "as_at-month": "6", "as_at-year": "2026"}
    file = SimpleUploadedFile("inpatients.csv", "\n".join([HEADINGS, *rows]).encode())
    return client.post("/inpatient-files", form | {"sheet": file})


def outcomes() -> dict[str, str]:
    with context.as_engine():
        return dict(InpatientLine.objects.values_list("shown_name", "outcome"))


def waiting() -> int:
    with context.as_engine():
        return Duty.objects.filter(subject="inpatient_file").count()


def test_each_row_is_one_of_three_and_what_differs_is_shown(northmoor: Area) -> None:
    somebody(northmoor, "Same", "9990000018", at(1, 5))
    somebody(northmoor, "Other", "9990000026", at(1, 5), place="Sandpiper House")
    somebody(northmoor, "Ours", "9990000034", at(1, 5))
    somebody(northmoor, "Home", "9990000042", at(1, 5), left=at(3, 6))
    with on(8, 6):
        rows = [
            line_of("9990000018", "Same"),
            line_of("9990000026", "Other", day="02/05/2026", legal="Section 3"),
            line_of("9990000042", "Home"),
            line_of("9990000050", "Robin"),
        ]
        answer = send(northmoor, rows)
        assert answer.status_code == 302, words(answer)
        page = words(staff(northmoor, "manager").get(answer.headers["Location"]))
    expected = {"Same Teal": "match", "Other Teal": "differs", "Ours Teal": "ours", "Home Teal": "theirs"}
    assert outcomes() == expected | {"Teal, Robin": "theirs"}
    assert "Day of admission: 1 May 2026" in page and "Day of admission: 2 May 2026" in page
    assert "Under: Section 2" in page and "Under: Section 3" in page
    assert "in no mental health hospital on that day" in page and "Nobody whom you may see here" in page
    with context.as_engine():
        assert Stay.objects.filter(place_name="Sandpiper House").count() == 1, "the record is as it was"
        due = Duty.objects.get(subject="inpatient_file")
        assert "4 rows" in due.what and due.owner_team == northmoor.teams["commissioning"]


def test_the_day_of_the_file_counts_and_not_today(northmoor: Area) -> None:
    somebody(northmoor, "Home", "9990000042", at(1, 5), left=at(3, 6))
    with on(8, 6):
        assert send(northmoor, [line_of("9990000042", "Home")], day=2).status_code == 302
    assert outcomes() == {"Home Teal": "match"}
    assert waiting() == 0


def test_a_row_is_due_until_a_named_person_decides_it_with_a_reason(northmoor: Area) -> None:
    somebody(northmoor, "Ours", "9990000034", at(1, 5))
    with on(8, 6):
        send(northmoor, [line_of("9990000050", "Robin")])
        commissioner = staff(northmoor, "commissioner")
        with context.as_engine():
            lines = list(InpatientLine.objects.order_by("pk"))
        assert waiting() == 1
        bare = press(commissioner, f"/inpatient-files/lines/{lines[0].pk}", decision="file")
        assert bare.status_code == 422 and "Write how you know" in words(bare)
        stale = hidden(commissioner.get(f"/inpatient-files/lines/{lines[0].pk}"))
        for line in lines:
            said = {"decision": "ours", "because": "Rang the ward"}
            assert press(commissioner, f"/inpatient-files/lines/{line.pk}", **said).status_code == 302
        assert waiting() == 0
        said = {"decision": "file", "because": "No"}
        twice = commissioner.post(f"/inpatient-files/lines/{lines[0].pk}", stale | said)
        assert twice.status_code == 422 and "decided this row" in words(twice)


def test_a_file_is_compared_once_for_a_day(northmoor: Area) -> None:
    with on(8, 6):
        assert send(northmoor, [line_of("9990000050", "Robin")]).status_code == 302
        again = send(northmoor, [line_of("9990000050", "Robin")])
        assert again.status_code == 422 and "compared already" in words(again)
        future = send(northmoor, [line_of("9990000050", "Robin")], day=9)
        assert future.status_code == 422


def test_a_file_that_can_not_be_read_says_what_to_do(northmoor: Area) -> None:
    with on(8, 6):
        client = staff(northmoor, "commissioner")
        form = {"submission": uuid4().hex, "as_at-day": "7", "as_at-month": "6", "as_at-year": "2026"}
        answer = client.post("/inpatient-files", form | {"sheet": SimpleUploadedFile("x.csv", b"\x00\x01\x02")})
        assert answer.status_code == 422 and "There is a problem" in words(answer)
        form["submission"] = uuid4().hex
        nobody = client.post("/inpatient-files", form | {"sheet": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
        assert nobody.status_code == 422 and "It needs a row of headings, such as Name" in words(nobody)
    with context.as_engine():
        assert not InpatientFile.objects.exists()


def test_nobody_next_door_reads_a_file(northmoor: Area, saltby: Area) -> None:
    somebody(northmoor, "Ours", "9990000034", at(1, 5))
    with on(8, 6):
        answer = send(northmoor, [line_of("9990000050", "Robin")])
        other = staff(saltby, "commissioner")
        assert other.get(answer.headers["Location"]).status_code == 404
        with context.as_engine():
            line = InpatientLine.objects.first()
        assert line is not None and other.get(f"/inpatient-files/lines/{line.pk}").status_code == 404
        assert "inpatients.csv" not in words(other.get("/inpatient-files"))
        assert staff(northmoor, "keyworker").get("/inpatient-files").status_code == 403


def test_the_pages_ask_a_fixed_number_of_times(northmoor: Area) -> None:
    for number, nhs in enumerate(("9990000018", "9990000026", "9990000034")):
        somebody(northmoor, f"One{number}", nhs, at(1, 5))
    with on(8, 6):
        answer = send(northmoor, [line_of("9990000018", "One0"), line_of("9990000050", "Robin")])
        client = staff(northmoor, "commissioner")
        for page in ("/inpatient-files", answer.headers["Location"]):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            assert len(asked) <= 12, [one["sql"][:90] for one in asked]
