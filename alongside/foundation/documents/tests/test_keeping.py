"""Files are kept by what is in them, and handed out as what they are."""

from pathlib import Path

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.keeping import kept_file, set_aside
from alongside.foundation.documents.serving import serve
from alongside.foundation.documents.storage import keep, read_file


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("alongside.foundation.documents.storage.data_directory", lambda: tmp_path)
    return tmp_path


def test_the_same_content_twice_is_one_file_only_its_owner_opens(folder: Path) -> None:
    assert keep(b"hello") == keep(b"hello")
    (kept,) = [path for path in folder.rglob("*") if path.is_file()]
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64, "a" * 64 + "\n"])
def test_a_key_that_is_none_opens_nothing(key: str) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(key)


def test_content_that_was_changed_is_not_handed_out(folder: Path) -> None:
    key = keep(b"hello")
    next(path for path in folder.rglob("*") if path.is_file()).write_bytes(b"other")
    with pytest.raises(FileNotFoundError):
        read_file(key)


def test_a_file_set_aside_is_its_owners_only() -> None:
    mark = set_aside(Checked(b"hello", "text/plain", "a.txt"), 7)
    assert kept_file(mark, 7) == Checked(b"hello", "text/plain", "a.txt")
    assert kept_file(mark, 8) is None
    assert kept_file(mark + "x", 7) is None
    assert kept_file("", 7) is None


@pytest.mark.parametrize(
    ("kind", "inline", "shown"),
    [
        ("application/pdf", True, "attachment"),
        ("image/png", True, "inline"),
        ("image/png", False, "attachment"),
        ("text/plain", True, "attachment"),
        ("text/html", True, "attachment"),
    ],
)
def test_nothing_that_could_run_is_shown(kind: str, inline: bool, shown: str) -> None:
    answer = serve(key=keep(b"hello"), media_type=kind, file_name="a", inline=inline)
    assert answer["Content-Disposition"].startswith(shown)
    assert "html" not in answer["Content-Type"]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_name_or_range_breaks_an_answer(name: str, asked: str) -> None:
    request = RequestFactory().get("/", headers={"range": "".join(c for c in asked if c.isprintable())})
    answer = serve(key=keep(b"hello"), media_type="audio/mpeg", file_name=name, request=request)
    assert answer.status_code in (200, 206)
