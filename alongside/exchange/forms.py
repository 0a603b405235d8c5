"""The forms of importing. They keep what was typed and answer in sentences."""

from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from typing import Any

from alongside.exchange import text
from alongside.exchange.models import ImportDifference
from alongside.exchange.settling import LEAVE, NEW, OURS, THEIRS
from alongside.exchange.sheets import BY_NAME, FIELDS, MOST_BYTES, Mapping, Sheet
from alongside.exchange.sheets.headings.finding import letters
from alongside.exchange.sheets.values.dates import DAY_FIRST
from alongside.exchange.sheets.values.text import cell_text, clean
from alongside.features.people.models import Person
from alongside.features.register.models import Listing
from alongside.foundation.nhsuk.filters import day, nhs_number
from alongside.foundation.nhsuk.forms import FileField, Form, OnceForm, RadiosField, SelectField, TextField, TickField

FILES = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.xlsb,.ods"
# More columns than this are kept as text without asking.
MOST_COLUMNS = 200
EXAMPLES = 3
KEEP = "Keep it as text"


class UploadForm(OnceForm):
    """A spreadsheet, and whose register it is."""

    area = SelectField("Whose register is it?", choices=(), empty="")
    listing = RadiosField("Which list?", choices=Listing.choices, initial=Listing.CHILD, missing="Select a list")
    sheet = FileField(
        "Spreadsheet",
        hint="Excel or CSV. It needs one row of headings, such as Name, Date of birth and NHS number",
        accept=FILES,
        most_mb=MOST_BYTES // (1024 * 1024),
        missing="Choose the spreadsheet of your register",
        max_length=200,
    )

    def __init__(self, *args: Any, areas: Mapped[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(str(number), name) for number, name in areas.items()]  # type: ignore[attr-defined]
        if len(areas) == 1:
            del self.fields["area"]
        self.areas = areas

    def area_id(self) -> int:
        """The ICB chosen, or the only one there is."""
        return int(self.cleaned_data["area"]) if "area" in self.fields else next(iter(self.areas))


class ColumnsForm(OnceForm):
    """What each column of the sheet is. A column that is nothing of ours is kept as text."""

    marks_optional = False

    def __init__(self, *args: Any, mapping: Mapping, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        fields = [(field.name, field.label) for field in FIELDS]
        for column in mapping.columns[:MOST_COLUMNS]:
            if not column.heading:
                continue
            hint = _examples(sheet, mapping, column.index)
            self.fields[f"column_{column.index}"] = SelectField(
                column.heading,
                hint=". ".join(part for part in (hint, *column.notes) if part),
                choices=fields,
                empty=KEEP,
                initial=column.field or "",
                required=False,
            )
            # Where every date says itself which way round it is, there is nothing to ask.
            doubtful = column.notes or column.order != DAY_FIRST
            if column.field and BY_NAME[column.field].is_date and doubtful:
                self.fields[f"order_{column.index}"] = SelectField(
                    f"Dates under {column.heading}",
                    choices=list(text.ORDERS.items()),
                    empty="",
                    initial=column.order,
                    required=False,
                )
        self.fields["save"] = TickField("Remember this for sheets with the same headings", required=False, initial=True)

    def mapped(self) -> Mapping:
        """The mapping as the person says."""
        mapping = self.mapping
        for column in mapping.columns:
            name = f"column_{column.index}"
            if name in self.fields and (self.cleaned_data.get(name) or None) != column.field:
                mapping = mapping.with_field(column.index, self.cleaned_data.get(name) or None)
            if order := self.cleaned_data.get(f"order_{column.index}"):
                mapping = mapping.with_order(column.index, order)
        return mapping

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            self.cleaned_data = given
            for fault in self.mapped().faults():
                self.add_error(None, fault)
        return given


def _examples(sheet: Sheet, mapping: Mapping, index: int) -> str:
    found: list[str] = []
    for row in sheet.rows[mapping.heading_row :]:
        said = clean(cell_text(row[index])) if index < len(row) and row[index] is not None else ""
        if said and said not in found:
            found.append(said)
        if len(found) == EXAMPLES:
            break
    told = "; ".join(said if len(said) <= 40 else f"{said[:37]}..." for said in found)
    return f"Column {letters(index)}: {told}" if told else f"Column {letters(index)}: empty"


class SheetForm(Form):
    """Another sheet of the same workbook."""

    name = SelectField("Sheet", choices=(), empty="")

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]


class ConfirmForm(OnceForm):
    """Yes, import it; or no."""


class WhoForm(OnceForm):
    """Who a row of the sheet is."""

    choice = RadiosField("Who is this?", subject="An answer", choices=(), missing="Select who this is")
    reference = TextField(
        "Their reference", hint="For example AB-1234-5678", most=14, width="10", required=False, code=True
    )

    def __init__(self, *args: Any, candidates: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.reference, _who(person)) for person in candidates]
        choices += [
            ("other", "Somebody else who is here already"),
            (NEW, "Somebody new"),
            (LEAVE, "Leave this row out"),
        ]
        field = self.fields["choice"]
        field.choices = choices  # type: ignore[attr-defined]
        field.reveals = {"other": "reference"}  # type: ignore[attr-defined]
        field.hints = {person.reference: _number(person) for person in candidates} | {  # type: ignore[attr-defined]
            NEW: "They come onto the register with what the sheet says",
            LEAVE: "Nothing is written; you are not asked again about the same row",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice") == "other" and not (given.get("reference") or "").strip():
            self.add_error("reference", "Enter their reference, or choose another answer")
        return given

    def wanted_reference(self) -> str:
        """The reference of the person chosen; '' for somebody new or nobody."""
        choice = self.cleaned_data["choice"]
        if choice == "other":
            return str(self.cleaned_data["reference"]).strip().upper()
        return "" if choice in (NEW, LEAVE) else choice


class RefusedForm(OnceForm):
    """What became of rows that could not be taken."""

    how = RadiosField(
        "What was done about it?", subject="An answer", choices=text.REFUSED_HOW, missing="Select what was done"
    )


def _who(person: Person) -> str:
    born = f", born {day(person.birth_date)}" if person.birth_date else ""
    return f"{person.given_name} {person.family_name}{born} ({person.reference})".strip()


def _number(person: Person) -> str:
    return f"NHS number {nhs_number(person.nhs_number)}" if person.nhs_number else "No NHS number is recorded"


class DifferencesForm(OnceForm):
    """For each difference, whether the record stays or the sheet is taken. Not answered is decided later."""

    marks_optional = False

    def __init__(self, *args: Any, differences: Sequence[ImportDifference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in differences:
            self.fields[f"difference_{one.pk}"] = RadiosField(
                text.FIELDS.get(one.field, one.field),
                choices=[
                    (OURS, f"Keep ours: {text.in_words(one.ours) or 'nothing recorded'}"),
                    (THEIRS, f"Take the sheet's: {text.in_words(one.theirs)}"),
                ],
                required=False,
            )

    def decisions(self) -> dict[int, str]:
        """What was answered, by id of the difference."""
        return {
            int(name.removeprefix("difference_")): answer
            for name, answer in self.cleaned_data.items()
            if name.startswith("difference_") and answer
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(value for name, value in given.items() if name.startswith("difference_")):
            self.add_error(None, "Answer at least one of them, or go back and decide later")
        return given
