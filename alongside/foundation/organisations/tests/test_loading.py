"""`alongside load-organisations`: all of a file or none of it, and a sentence for whoever wrote the file."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.foundation.organisations.models import Organisation, Succession
from tests.cast import Area

HEAD = "kind,code,name,region,opened_on,closed_on,successors,invented\n"


def load(folder: Path, *lines: str) -> None:
    file = folder / "list.csv"
    file.write_text(HEAD + "\n".join(lines) + "\n")
    call_command("load_organisations", str(file))


def test_organisations_are_added_and_joined_to_their_successors(db: None, tmp_path: Path) -> None:
    load(
        tmp_path,
        "provider,ZZ1,Moorside Hospital,,2020-04-01,2026-03-31,ZZ2,yes",
        "provider,ZZ2,Moorside and Vale Hospital,,2026-04-01,,,yes",
    )
    old = Organisation.objects.get(kind="provider", code="ZZ1")
    assert old.invented and old.closed_on
    assert Succession.objects.get(predecessor=old).successor.code == "ZZ2"


def test_the_same_file_again_changes_nothing(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(tmp_path, "school,ZZ3,Northmoor School,,,,,")
    load(tmp_path, "school,ZZ3,Northmoor School,,,,,")
    assert capsys.readouterr().out.splitlines()[-1] == "0 added or changed."


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("hospital,ZZ4,A,,,,,", "'hospital' is not a kind of organisation"),
        ("provider,,A,,,,,", "give each organisation a code and a name"),
        ("provider,ZZ4,A,,31/02/2026,,,", "write dates as 2026-04-01"),
        ("provider,ZZ4,A,,2026-04-01,2020-04-01,,", "closes before it opens"),
        ("provider,ZZ4,A,,,,NOSUCH,", "A successor is named"),
        ("provider,ZZ4,A,NOWHERE,,,,", "region 'NOWHERE' is neither in the file nor known"),
    ],
)
def test_a_mistake_gives_a_sentence_and_loads_nothing(
    northmoor: Area, tmp_path: Path, line: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        load(tmp_path, "provider,ZZ9,A good line,,,,,", line)
    assert not Organisation.objects.filter(code="ZZ9").exists()


def test_a_file_that_is_none_gives_a_sentence(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be opened: no such file or directory"):
        call_command("load_organisations", str(tmp_path / "missing.csv"))
    (tmp_path / "picture.csv").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(CommandError, match="is not a CSV file in UTF-8"):
        call_command("load_organisations", str(tmp_path / "picture.csv"))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_another_encoding_is_told_what_to_do(northmoor: Area, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(
        (HEAD + "school,ZZ7,Ysgol Tŷ Gwyn,,,,,\n").encode(encoding, errors="replace") + "é".encode(encoding)
    )
    with pytest.raises(CommandError, match="save it as 'CSV UTF-8', then load it again. Nothing was loaded"):
        call_command("load_organisations", str(file))
    assert not Organisation.objects.filter(code="ZZ7").exists()


def test_what_the_file_has_no_column_for_stays_as_it_is_known(db: None, tmp_path: Path) -> None:
    load(tmp_path, "provider,ZZ5,Moorside,RZZ,2020-04-01,,,yes", "region,RZZ,Northern Vale,,,,,yes")
    (tmp_path / "names.csv").write_text("kind,code,name\nprovider,ZZ5,Moorside Hospital\n")
    call_command("load_organisations", str(tmp_path / "names.csv"))
    found = Organisation.objects.select_related("region").get(code="ZZ5")
    assert (found.name, found.region.code if found.region else "") == ("Moorside Hospital", "RZZ")
    assert found.opened_on and found.invented


def test_a_file_without_headings_is_told_which(db: None, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("provider,ZZ6,Moorside\n")
    with pytest.raises(CommandError, match="The first line must name the columns; kind, code, name isn't there"):
        call_command("load_organisations", str(tmp_path / "list.csv"))
