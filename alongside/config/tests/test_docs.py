"""The reference pages say what the code says."""

from pathlib import Path

import pytest
from django.core.management import call_command

from alongside.config.management.commands import docs
from alongside.config.reference import PAGES


def test_the_check_fails_until_the_pages_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> None:
    monkeypatch.setattr(docs, "FOLDER", tmp_path / "reference")
    settings.ROOT = tmp_path
    with pytest.raises(SystemExit):
        call_command("docs", "--check")
    call_command("docs")
    call_command("docs", "--check")
    assert {path.name for path in (tmp_path / "reference").iterdir()} == set(PAGES)
    (tmp_path / "reference" / "roles.md").write_text("Something else.")
    with pytest.raises(SystemExit):
        call_command("docs", "--check")


def test_rules_are_shown_with_source_and_certainty() -> None:
    page = PAGES["rules.md"]()
    assert "Post-admission CETR" in page and "Verified in the source" in page
    assert "Everybody the ICB is responsible for" in PAGES["roles.md"]()
