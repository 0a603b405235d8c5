"""A spreadsheet becomes a live register: what is made of each row, and that nothing is lost or overwritten."""

import io
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from alongside.exchange.models import ImportDifference, ImportRow, ImportRun
from alongside.exchange.tests.sheets_made import (
    AT,
    HEADINGS,
    KIT,
    LATER,
    SAMPLE,
    SAMPLE_COUNTS,
    bring_in,
    changed,
    check,
    counts,
    sheet_of,
)
from alongside.features.hospital.models import Stay
from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import (
    Address,
    Belonging,
    Circumstance,
    Consent,
    Diagnosis,
    Guard,
    ImportedText,
    Person,
)
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.reviews.models import Review
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor, User
from alongside.foundation.organisations.models import Organisation, Succession
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty, RegisterRow
from tests.cast import Area, acting_as, add_registered, make_area

TABLES = (Person, RegisterEntry, Rating, Stay, Review, Consent, Diagnosis, Circumstance, Belonging, Address,
          ImportedText, Allocation, Duty, RegisterRow, ImportDifference)  # fmt: skip


def stored() -> dict[str, int]:
    with context.as_engine():
        return {model.__name__: model.objects.count() for model in TABLES}


@pytest.fixture
def sample(northmoor: Area) -> Area:
    bring_in(northmoor, SAMPLE.read_bytes())
    return northmoor


def test_the_sample_register_is_counted_row_for_row(northmoor: Area) -> None:
    planned = bring_in(northmoor, SAMPLE.read_bytes())
    assert counts(planned) == SAMPLE_COUNTS
    assert stored() | {"Duty": 0, "ImportedText": 0} == {
        "Person": 178, "RegisterEntry": 178, "Rating": 178, "Stay": 27, "Review": 64, "Consent": 178, "Diagnosis": 232,
        "Circumstance": 226, "Belonging": 401, "Address": 178, "ImportedText": 0, "Allocation": 105, "Duty": 0,
        "RegisterRow": 178, "ImportDifference": 0,
    }  # fmt: skip


def test_a_check_writes_nothing(northmoor: Area) -> None:
    before = stored()
    assert counts(check(northmoor, SAMPLE.read_bytes())) == SAMPLE_COUNTS
    assert stored() == before
    with context.as_engine():
        assert ImportRun.objects.count() == ImportRow.objects.count() == 0


def test_twice_changes_nothing(sample: Area) -> None:
    before = stored()
    planned = bring_in(sample, SAMPLE.read_bytes(), at=LATER)
    assert counts(planned) == {"rows": 187, "matched": 179, "review": 5, "refused": 2, "blank": 1}
    assert [one.differences for one in planned if one.differences] == []
    assert stored() | {"Duty": 0} == before | {"Duty": 0}


def test_a_question_asked_in_two_sheets_waits_once(sample: Area) -> None:
    bring_in(sample, SAMPLE.read_bytes(), at=LATER)
    with acting_as(sample.actors["coordinator"]):
        waiting = ImportRow.objects.filter(outcome="review", settled_at=None)
        assert waiting.count() == 5
        assert waiting.values("run").distinct().count() == 1


def test_every_row_is_kept_as_it_stood_in_the_sheet(sample: Area) -> None:
    with acting_as(sample.actors["coordinator"]):
        run = ImportRun.objects.get()
        rows = list(ImportRow.objects.filter(run=run).order_by("number"))
    assert len(rows) == run.counts["rows"] == 187
    assert [row.number for row in rows] == list(range(rows[0].number, rows[0].number + 187))
    planned = check(sample, SAMPLE.read_bytes())
    assert [row.raw for row in rows] == [dict(one.row.raw) for one in planned]


# Where the value of each heading of the sample is when it is not in the imported text.
HELD_IN = {
    "Name": lambda p: p.family_name, "DOB": lambda p: p.birth_date, "NHS Number": lambda p: p.nhs_number,
    "Diagnosis": lambda p: p.diagnosis_rows.count(), "RAG": lambda p: p.rating_rows.count(),
    "Date of last RAG": lambda p: p.rating_rows.get().rated_at, "GP practice": lambda p: _belongs(p, "gp"),
    "Local authority": lambda p: _belongs(p, "council"),
    "School": lambda p: _belongs(p, "school") or _has(p, "out_of_school"),
    "Keyworker": lambda p: p.allocation_rows.count(), "Inpatient unit": lambda p: p.stay_rows.count(),
    "Admission date": lambda p: p.stay_rows.count(), "Date of last CETR": lambda p: p.review_rows.count(),
    "EHCP": lambda p: _has(p, "ehc_plan") or _has(p, "ehc_assessment"),
    "Looked after": lambda p: _has(p, "looked_after") or _has(p, "adopted"),
    "Consent": lambda p: p.consent_rows.count(), "Consent date": lambda p: p.consent_rows.get().decided_on,
    "Postcode": lambda p: p.address_rows.count(), "Reason on register": lambda p: p.registerentry_rows.get().reason,
}  # fmt: skip


def _belongs(person: Person, kind: str) -> int:
    return person.belonging_rows.filter(kind=kind).count()


def _has(person: Person, kind: str) -> int:
    return person.circumstance_rows.filter(kind=kind).count()


def test_each_text_of_each_row_is_in_a_fact_or_in_the_imported_text(sample: Area) -> None:
    with acting_as(sample.actors["coordinator"]):
        kept: dict[int, dict[str, str]] = {}
        for text in ImportedText.objects.all():
            kept.setdefault(text.person_id, {}).update(text.texts)
        people = Person.objects.in_bulk()
        lost = [
            (row.number, heading)
            for row in ImportRow.objects.filter(outcome="created")
            for heading, said in row.raw.items()
            if kept.get(row.person_id or 0, {}).get(heading) != said
            and not HELD_IN[heading](people[row.person_id or 0])
        ]
    assert lost == []


def test_refused_and_unknown_agreement_is_imported_for_the_register_team_only(sample: Area) -> None:
    with acting_as(sample.actors["coordinator"]):
        answers = Counter(Consent.objects.values_list("answer", "person__guard"))
        assert answers == {
            ("given", Guard.ORDINARY): 119,
            ("refused", Guard.REGISTER_TEAM): 31,
            ("unknown", Guard.REGISTER_TEAM): 28,
        }
        assert set(Consent.objects.values_list("evidence", "evidenced")) == {("Carried over, not evidenced", False)}
        waiting = Duty.objects.filter(rule_key="agreement_confirmed")
        assert waiting.values("person").distinct().count() == 59
        assert {duty.owner_team_id for duty in waiting} == {sample.teams["register"].pk}
    with acting_as(sample.actors["manager"]):
        assert Person.objects.count() == 119


def test_what_was_late_already_stands_in_one_dated_backlog(sample: Area) -> None:
    with acting_as(sample.actors["coordinator"]):
        late = Duty.objects.filter(due__lt=AT)
        assert late.exists()
        assert set(late.values_list("backlog_on", flat=True)) == {date(2026, 11, 22)}
        assert not Duty.objects.filter(due__gte=AT, backlog_on__isnull=False).exists()


def test_everybody_brought_in_has_an_open_duty_with_an_owner_and_a_line_on_the_list(sample: Area) -> None:
    with context.as_engine():
        people = set(Person.objects.values_list("pk", flat=True))
        assert set(Duty.objects.filter(person__isnull=False).values_list("person_id", flat=True)) == people
        assert set(RegisterRow.objects.values_list("person_id", flat=True)) == people


def test_what_is_stored_as_due_is_what_the_rules_say_from_nothing(sample: Area) -> None:
    told = io.StringIO()
    call_command("verify_duties", stdout=told)
    assert told.getvalue().split()[-1] == "0"


def test_the_timeline_says_where_it_came_from(sample: Area) -> None:
    with acting_as(sample.actors["coordinator"]):
        codes = Counter(Event.objects.filter(code__endswith="carried_over").values_list("code", flat=True))
    assert codes["entry.carried_over"] == 178
    assert codes["stay.carried_over"] == 27


def test_one_row_becomes_what_it_says(northmoor: Area) -> None:
    with context.as_engine():
        engine = Actor.objects.get(kind="engine")
        with recording(by=engine, at=AT) as note:
            practice = Organisation.objects.create(kind="gp", name="VALE PRACTICE", code="Y0")
            note("organisation.added", words="A practice was added.")
    bring_in(northmoor, sheet_of(KIT))
    with acting_as(northmoor.actors["coordinator"]):
        kit = Person.objects.get()
        assert (kit.given_name, kit.family_name, kit.birth_date, kit.nhs_number) == (
            "Kit", "Ashdown", date(2012, 3, 4), "9990000018",
        )  # fmt: skip
        rating = Rating.objects.get()
        assert (rating.colour, rating.origin, rating.standing) == ("amber", "import", "decided")
        assert rating.rated_at.isoformat() == "2026-09-30T23:00:00+00:00"
        entry = RegisterEntry.objects.get()
        assert (entry.entered_on, entry.imported_at) == (date(2026, 11, 22), AT)
        assert Belonging.objects.get(kind="gp").organisation == practice
        assert Consent.objects.get().basis == "parental"
        assert ImportedText.objects.get(topic=9).texts == {"Favourite thing": "Trains"}


def test_a_rating_without_a_date_is_dated_to_the_import_and_says_so(northmoor: Area) -> None:
    bring_in(northmoor, sheet_of(changed(KIT, RAG_date="")))
    with acting_as(northmoor.actors["coordinator"]):
        rating = Rating.objects.get()
        assert rating.rated_at == AT
        assert "no date" in rating.because


def test_keyworkers_named_alike_are_one_actor_and_one_without_an_account_sees_nothing(northmoor: Area) -> None:
    other = changed(KIT, Name="Ada Brook", DOB="05/05/2011", NHS_Number="9990000026", Keyworker="T. VARGA")
    bring_in(northmoor, sheet_of(KIT, other))
    with acting_as(northmoor.actors["coordinator"]):
        workers = {allocation.worker for allocation in Allocation.objects.select_related("worker")}
        assert [(worker.name, worker.user_id) for worker in workers] == [("T. Varga", None)]
        assert {row.keyworker_name for row in RegisterRow.objects.all()} == {"T. Varga"}
        reviews = Duty.objects.filter(rule_key="register_review_amber").select_related("owner_team")
        assert {duty.owner_team and duty.owner_team.kind for duty in reviews} == {"keyworking"}
        assert not Duty.objects.filter(owner_actor__isnull=False).exists()
    with context.as_engine():
        assert not Involvement.objects.exists()


def test_a_keyworker_with_an_account_sees_those_who_agreed(northmoor: Area) -> None:
    worker = northmoor.actors["keyworker"]
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=AT) as note:
        worker.user = User.objects.create_user("varga@example.org")
        worker.save()
        note("account.made", words="An account was made.")
    refused = changed(KIT, Name="Ada Brook", DOB="05/05/2011", NHS_Number="9990000026", Consent="refused")
    rows = [changed(row, Keyworker=worker.name) for row in (KIT, refused)]
    bring_in(northmoor, sheet_of(*rows))
    with acting_as(worker) as me:
        assert [person.given_name for person in Person.objects.visible_to(me)] == ["Kit"]
    with acting_as(northmoor.actors["coordinator"]):
        assert {allocation.worker_id for allocation in Allocation.objects.all()} == {worker.pk}


STAY = (*HEADINGS, "Inpatient unit", "Admission date", "Date of last CETR")


@pytest.mark.parametrize(
    ("admitted", "cetr", "kinds"),
    [
        ("01/09/2026", "31/08/2026", ("community", 1)),
        ("01/09/2026", "01/09/2026", ("inpatient", 1)),
        ("", "01/09/2026", ("community", 0)),
    ],
)
def test_a_review_is_an_inpatient_one_when_it_was_held_during_the_stay(
    northmoor: Area, admitted: str, cetr: str, kinds: tuple[str, int]
) -> None:
    bring_in(northmoor, sheet_of((*changed(KIT, RAG="Blue"), "Heron Ward", admitted, cetr), headings=STAY))
    with acting_as(northmoor.actors["coordinator"]):
        assert (Review.objects.get().kind, Stay.objects.count()) == kinds


def test_a_unit_without_a_day_of_admission_is_kept_as_text_and_a_duty_asks_for_the_stay(northmoor: Area) -> None:
    bring_in(northmoor, sheet_of((*changed(KIT, RAG="Blue"), "Heron Ward", "", ""), headings=STAY))
    with acting_as(northmoor.actors["coordinator"]):
        assert ImportedText.objects.get(topic=13).texts == {"Inpatient unit": "Heron Ward"}
        assert Duty.objects.filter(key__startswith="blue_without_stay").exists()


def test_a_colour_that_a_stay_contradicts_is_kept_and_a_duty_shows_it(northmoor: Area) -> None:
    bring_in(northmoor, sheet_of((*KIT, "Heron Ward", "01/09/2026", ""), headings=STAY))
    with acting_as(northmoor.actors["coordinator"]):
        assert Rating.objects.get().colour == "amber"
        assert Duty.objects.filter(key__startswith="rate_blue").exists()


def test_an_nhs_number_held_elsewhere_needs_a_person_and_tells_nothing(northmoor: Area, saltby: Area) -> None:
    add_registered(saltby, given_name="Kit", family_name="Ashdown", nhs_number="9990000018")
    (one,) = check(northmoor, sheet_of(KIT))
    assert one.outcome == "review"
    assert "may" not in one.sentences[-1].split("whether")[0]
    assert "Saltby" not in " ".join(one.sentences)
    assert one.person is None


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({"nhs_number": "9990000018", "birth_date": date(2012, 3, 4)}, "matched"),
        ({"nhs_number": "9990000018", "birth_date": date(2012, 3, 5)}, "review"),
        ({"nhs_number": "9990000026", "birth_date": date(2012, 3, 4)}, "review"),
        ({"nhs_number": None, "birth_date": date(2012, 3, 4)}, "matched"),
        ({"nhs_number": None, "birth_date": date(2012, 3, 5)}, "created"),
        ({"nhs_number": "9990000018", "birth_date": date(2012, 3, 4), "family_name": "Brook"}, "matched"),
        (
            {"nhs_number": "9990000018", "birth_date": date(2012, 3, 4), "family_name": "Brook", "given_name": "Jo"},
            "review",
        ),
    ],
)
def test_who_a_row_is(northmoor: Area, known: dict, outcome: str) -> None:
    add_registered(northmoor, **{"given_name": "Kit", "family_name": "Ashdown"} | known)
    (one,) = check(northmoor, sheet_of(KIT))
    assert one.outcome == outcome


def test_a_later_sheet_never_overwrites_and_is_asked_about_once(northmoor: Area) -> None:
    bring_in(northmoor, sheet_of(KIT))
    later = sheet_of(changed(KIT, RAG="Red", RAG_date="01/12/2026", GP_practice="Hill Surgery"))
    (one,) = bring_in(northmoor, later, at=LATER)
    told = [(d.field, d.ours, d.theirs) for d in one.differences]
    assert told == [("gp", "Vale Practice", "Hill Surgery"), ("rating", "amber", "red")]
    with acting_as(northmoor.actors["coordinator"]):
        assert Rating.objects.get().colour == "amber"
        assert ImportDifference.objects.count() == 2
    (again,) = bring_in(northmoor, later, at=LATER)
    assert again.differences == []


def test_somebody_who_was_taken_off_is_not_put_back_without_a_person(northmoor: Area) -> None:
    from alongside.features.register.operations import remove

    bring_in(northmoor, sheet_of(KIT))
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=AT) as note:
        remove(note, entry=RegisterEntry.objects.get(), on=AT.date(), because="risk_reduced", by=me)
    (one,) = bring_in(northmoor, sheet_of(KIT), at=LATER)
    assert ("entry", "Not on this register", "On the sheet") in [(d.field, d.ours, d.theirs) for d in one.differences]
    with acting_as(northmoor.actors["coordinator"]):
        assert not RegisterEntry.objects.filter(removed_on=None).exists()


def test_people_of_an_icb_that_was_taken_over_are_known_to_its_successor(northmoor: Area, saltby: Area) -> None:
    bring_in(saltby, sheet_of(KIT))
    assert [one.outcome for one in check(northmoor, sheet_of(KIT))] == ["review"]
    with context.as_engine():
        with recording(by=Actor.objects.get(kind="engine"), at=AT) as note:
            Succession.objects.create(predecessor=saltby.icb, successor=northmoor.icb, on_date=date(2026, 4, 1))
            note("icb.merged", words="Two ICBs became one.")
    (one,) = check(northmoor, sheet_of(KIT))
    assert (one.outcome, one.differences) == ("matched", [])


def test_two_rows_that_are_one_person_here_are_not_both_taken(northmoor: Area) -> None:
    bring_in(northmoor, sheet_of(changed(KIT, NHS_Number="")))
    twins = sheet_of(KIT, changed(KIT, NHS_Number="", Name="Ashdown, Kit", Favourite_thing="Boats"))
    assert [one.outcome for one in check(northmoor, twins)] == ["matched", "review"]


def test_another_area_sees_nothing_of_an_import(sample: Area) -> None:
    other = make_area("TXX", "Elsewhere ICB")
    with acting_as(other.actors["coordinator"]):
        assert ImportRun.objects.count() == ImportRow.objects.count() == Person.objects.count() == 0
    with acting_as(sample.actors["manager"]):
        assert ImportRun.objects.count() == ImportRow.objects.count() == 0
