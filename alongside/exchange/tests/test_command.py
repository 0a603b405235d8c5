"""`alongside import-register`: what a script reads on the last line, and what a person reads above it."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.exchange.models import ImportRun
from alongside.exchange.tests.sheets_made import HEADINGS, KIT, SAMPLE, SAMPLE_COUNTS, sheet_of
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Team
from alongside.foundation.recording.models import Event
from tests.cast import Area


def run(path: Path, *words: str, code: str = "TNM") -> tuple[list[str], str]:
    """The lines on standard output, and what stands on standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_register", str(path), "--icb", code, *words, stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_bytes(sheet_of(KIT))
    return path


def test_the_sample_is_imported_and_the_last_line_is_the_summary(northmoor: Area) -> None:
    lines, progress = run(SAMPLE)
    assert json.loads(lines[-1]) == SAMPLE_COUNTS
    assert lines[-1].startswith('{"rows": 187, "created": 178')
    assert "187 rows below the headings." in lines
    assert "Written 178 of 178." in progress


def test_with_json_the_summary_is_all_there_is(northmoor: Area, sheet: Path) -> None:
    lines, _ = run(sheet, "--json")
    assert [json.loads(line) for line in lines] == [
        {"rows": 1, "created": 1, "matched": 0, "review": 0, "refused": 0, "blank": 0}
    ]


def test_a_dry_run_leaves_nothing_behind(northmoor: Area, sheet: Path) -> None:
    with context.as_engine():
        before = Event.objects.count(), Actor.objects.count(), RoleHeld.objects.count()
    lines, _ = run(sheet, "--dry-run")
    assert json.loads(lines[-1])["created"] == 1
    with context.as_engine():
        assert (Event.objects.count(), Actor.objects.count(), RoleHeld.objects.count()) == before
        assert not Person.objects.exists() and not ImportRun.objects.exists()


def test_a_named_job_does_it_whose_role_ends_with_it(northmoor: Area, sheet: Path) -> None:
    run(sheet)
    with context.as_engine():
        actor = Actor.objects.get(kind="job", organisation=northmoor.icb, name="Register import")
        assert RoleHeld.objects.get(actor=actor).to_date is not None
        assert set(Event.objects.filter(code="entry.carried_over").values_list("by_name", flat=True)) == {actor.name}
        assert Team.objects.filter(icb=northmoor.icb).count() == 4


def test_the_list_of_adults_is_another_list(northmoor: Area, sheet: Path) -> None:
    run(sheet, "--listing", "adult")
    with context.as_engine():
        assert Person.objects.get().registerentry_rows.get().listing == "adult"


@pytest.mark.parametrize(
    ("name", "content", "code", "sentence"),
    [
        ("register.csv", b"Name,DOB\nKit,2012-03-04\n", "NOPE", "There is no ICB with the code 'NOPE'"),
        ("missing.csv", None, "TNM", "could not be opened"),
        ("register.csv", b"", "TNM", "empty"),
        ("register.csv", b"1,2\n3,4\n", "TNM", "headings"),
    ],
)
def test_what_cannot_be_imported_is_told_in_a_sentence(
    northmoor: Area, tmp_path: Path, name: str, content: bytes | None, code: str, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run(path, code=code)


def test_a_mapping_from_a_file_is_used(northmoor: Area, sheet: Path, tmp_path: Path) -> None:
    columns = [{"index": n, "heading": heading, "field": None} for n, heading in enumerate(HEADINGS)]
    columns[0]["field"], columns[1]["field"] = "name", "birth_date"
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"heading_row": 1, "columns": columns}))
    run(sheet, "--mapping", str(mapping))
    with context.as_engine():
        kit = Person.objects.get()
        assert (kit.family_name, kit.nhs_number, kit.rating_rows.count()) == ("Ashdown", None, 0)


@pytest.mark.parametrize("text", ["not json", "[]", '{"heading_row": 1, "columns": [{"index": 0, "heading": "Name"}]}'])
def test_a_mapping_that_can_not_be_used_is_told_in_a_sentence(
    northmoor: Area, sheet: Path, tmp_path: Path, text: str
) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(text)
    with pytest.raises(CommandError):
        run(sheet, "--mapping", str(mapping))
