"""What a person decides about a row: who it is, and for each difference whether the record or the sheet is right.

Each is called inside `recording()`. Whoever decides second is told that it is decided.
"""

import difflib
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from alongside.exchange.access import check_may_import, keeps_closed_records
from alongside.exchange.comparing import differences_for
from alongside.exchange.matching import LEFT_OUT, held_areas, is_unseen, unseen_names
from alongside.exchange.models import ImportDifference, ImportRow, ImportRun
from alongside.exchange.operations import lock_imports, setting_of
from alongside.exchange.said import name_of
from alongside.exchange.sheets import Mapping, PreparedRow, Sheet, prepare
from alongside.exchange.sheets.values.names import letters_of
from alongside.exchange.taking import TAKE
from alongside.exchange.writing import write_people
from alongside.features.people.models import ClosedRecord, Person
from alongside.features.people.operations.people import nhs_number_taken
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

NEW, LEAVE = "new", "leave"
OURS, THEIRS = "ours", "theirs"
MOST_COMPARED = 200
MOST_CANDIDATES = 5
# Two names this much alike (0 to 1) are worth showing beside each other.
SOMETHING_LIKE = 0.6
ASK_CUSTODIAN = (
    "Only whoever is named for closed records can put this row on as somebody new. Ask them, or leave the row out."
)


def prepare_again(row: ImportRow, today: date) -> PreparedRow:
    """A kept row, read once more as its sheet was mapped. Remarks that need other rows are not made again."""
    mapping = Mapping.from_json(row.run.mapping)
    labels = tuple(column.heading for column in mapping.columns)
    cells = tuple(row.raw.get(label) for label in labels)
    sheet = Sheet(rows=(labels, cells))
    prepared = prepare(sheet, replace(mapping, heading_row=1), today).rows[0]
    return replace(prepared, number=row.number)


def list_candidates(me: Me, row: ImportRow, prepared: PreparedRow) -> list[Person]:
    """People of this ICB whom the row may be, the likeliest first; at most five.

    By NHS number, by name, or born on the same day with a name that is something like it.
    """
    given, family, _ = name_of(prepared)
    like = Q()
    if number := prepared.fields.get("nhs_number"):
        like |= Q(nhs_number=number)
    if born := prepared.fields.get("birth_date"):
        like |= Q(birth_date=born)
    if family and given:
        like |= Q(family_name__iexact=family, given_name__iexact=given)
    if not like:
        return []
    people = Person.objects.visible_to(me).filter(like, icb_id__in=held_areas(row.icb_id), survivor=None)
    name = letters_of(given + family)

    def likeness(person: Person) -> float:
        same_number = bool(number) and person.nhs_number == number
        theirs = letters_of(person.given_name + person.family_name)
        return 2.0 if same_number else difflib.SequenceMatcher(None, name, theirs).ratio()

    found = [(likeness(person), person) for person in people.order_by("id")[:MOST_COMPARED]]
    found = sorted((pair for pair in found if pair[0] >= SOMETHING_LIKE), key=lambda pair: -pair[0])
    return [person for _, person in found[:MOST_CANDIDATES]]


def list_closed_alike(row: ImportRow, prepared: PreparedRow) -> list[ClosedRecord]:
    """Closed records with the row's name and birth date. The database shows them to those named for them only."""
    born = prepared.fields.get("birth_date")
    if not born:
        return []
    given, family, known_as = name_of(prepared)
    names = {letters_of(f"{first}{family}") for first in (given, known_as) if first}
    found = ClosedRecord.objects.filter(icb_id__in=held_areas(row.icb_id), birth_date=born, reopened_at=None)
    return [one for one in found.order_by("pk") if letters_of(one.shown_name) in names]


def settle_row(note: Notes, *, row_id: int, choice: str, person: Person | None, by: Me, today: date) -> ImportRow:
    """Somebody has said who a row is: `choice` is 'new', 'leave', or anything else with the `person` it is.

    Raises NotNow when it was decided already.
    """
    row = ImportRow.objects.select_related("run").select_for_update(of=("self",)).get(pk=row_id)
    check_may_import(by, row.icb_id)
    if row.settled_at or row.outcome != ImportRow.Outcome.REVIEW:
        raise NotNow("settled", "Somebody has already decided about this row.")
    prepared = prepare_again(row, today)
    if choice == NEW:
        row.person_id = _make(note, row, prepared, by, today).pk
        row.settled_how = "Put on the register as somebody new"
    elif choice == LEAVE:
        row.settled_how = LEFT_OUT
    else:
        assert person is not None
        row.person_id, row.settled_how = person.pk, f"Found to be {person.reference}"
        _compare(row, prepared, person, by, today)
    row.settled_at, row.settled_by_id = note.at, by.id
    row.save(update_fields=["person_id", "settled_at", "settled_by", "settled_how"])
    note.matter("import", row.run_id)
    note(
        "import.row_settled",
        words=f"Row {row.number} of {row.run.file_name}: {row.settled_how.lower()}.",
        icb_id=row.icb_id,
        subject="import_row",
        subject_id=row.pk,
    )
    return row


def settle_refused(note: Notes, *, run: ImportRun, row_id: int | None, how: str, by: Me) -> int:
    """What became of a row that could not be taken, or of all of a sheet. How many. Raises NotNow for none."""
    check_may_import(by, run.icb_id)
    rows = ImportRow.objects.filter(run=run, outcome=ImportRow.Outcome.REFUSED, settled_at=None)
    many = (rows.filter(pk=row_id) if row_id else rows).update(
        settled_at=note.at, settled_by_id=by.id, settled_how=how[:300]
    )
    if not many:
        raise NotNow("settled", "Somebody has already dealt with this.")
    note.matter("import", run.pk)
    note(
        "import.refused_settled",
        words=f"{many:,} row{'' if many == 1 else 's'} of {run.file_name} that could not be taken: {how}.",
        icb_id=run.icb_id,
        subject="import",
        subject_id=run.pk,
    )
    return many


def _make(note: Notes, row: ImportRow, prepared: PreparedRow, by: Me, today: date) -> Person:
    lock_imports(row.icb_id, wait=False)
    if not any(name_of(prepared)[:2]) and not prepared.fields.get("nhs_number"):
        raise NotNow("nobody", "There is no name and no NHS number in this row. Correct it in the sheet.")
    areas = held_areas(row.icb_id)
    if is_unseen(unseen_names(areas), prepared) and row.icb_id not in keeps_closed_records():
        raise Refused("ask_custodian", ASK_CUSTODIAN)
    number = prepared.fields.get("nhs_number")
    if number and nhs_number_taken(number):
        prepared = _without_number(row, prepared)
    setting = setting_of(note, row.run, Mapping.from_json(row.run.mapping), [prepared], today, by)
    return write_people(note, setting, [prepared])[0]


def _without_number(row: ImportRow, prepared: PreparedRow) -> PreparedRow:
    """One Person in the country has the number; this one is put on without, and the text is kept."""
    fields = {name: value for name, value in prepared.fields.items() if name != "nhs_number"}
    headings = [c.heading for c in Mapping.from_json(row.run.mapping).columns_of("nhs_number")]
    kept = {heading: prepared.raw[heading] for heading in headings if heading in prepared.raw}
    return replace(prepared, fields=fields, unmapped={**prepared.unmapped, **kept})


def _compare(row: ImportRow, prepared: PreparedRow, person: Person, by: Me, today: date) -> None:
    (found,) = differences_for(by, row.run.listing, [(person, prepared)], today)
    ImportDifference.objects.bulk_create(
        ImportDifference(
            row=row, icb_id=row.icb_id, person_id=person.pk, field=d.field, ours=d.ours[:300], theirs=d.theirs[:300]
        )
        for d in found
    )


def decide_differences(
    note: Notes, *, row_id: int, decisions: dict[int, str], by: Me, at: datetime, today: date
) -> int:
    """Keeps ours or takes theirs, by id of the difference. How many were decided.

    Raises NotNow with a sentence when one can't be taken; then none is. Raises NotNow when all were decided before.
    """
    row = ImportRow.objects.select_related("run").get(pk=row_id)
    check_may_import(by, row.icb_id)
    waiting = ImportDifference.objects.select_for_update().filter(row=row, decision="", pk__in=decisions).order_by("pk")
    found = list(waiting)
    if not found:
        raise NotNow("decided", "Somebody has already decided about this.")
    person = Person.objects.visible_to(by).get(pk=found[0].person_id)
    prepared = prepare_again(row, today)
    # Being on the register comes first: a rating needs an entry.
    for difference in sorted(found, key=lambda one: one.field != "entry"):
        if decisions[difference.pk] == THEIRS:
            TAKE[difference.field](note, person=person, row=prepared, run=row.run, by=by, today=today)
        difference.decision = decisions[difference.pk]
        difference.decided_at, difference.decided_by_id = at, by.id
        difference.save(update_fields=["decision", "decided_at", "decided_by"])
    note.matter("import", row.run_id)
    note(
        "import.differences_decided",
        words=f"What row {row.number} of {row.run.file_name} says was compared with the record and decided.",
        person_id=person.pk,
        icb_id=row.icb_id,
        topic=Topic.REGISTER,
        kept=sorted(one.field for one in found if one.decision == OURS),
        taken=sorted(one.field for one in found if one.decision == THEIRS),
    )
    return len(found)
