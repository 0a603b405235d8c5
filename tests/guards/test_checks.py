"""The checks themselves can fail, and nothing of this machine or of a registry stands in the repository."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.guards.sources import ROOT, files, named

SWALLOWED = re.compile(r"\|\|\s*(true\b|:)|\bexit 0\b.*#|set \+e|continue-on-error|--exit-zero|\|\|\s*exit 0")
# In brackets, so that this file does not contain what it looks for.
HOSTS = re.compile("[r]egistry.npm|[p]ypi.org|[p]ythonhosted|[i]ndex-url =|[/]artifactory/|[/]api/npm/")
PLACES = re.compile(r"(?<![\w.])/(?:[w]ork|[r]oot|[h]ome)/[\w.-]+")
SECRETS = re.compile("-----BEGIN [A-Z ]*[P]RIVATE KEY|[A]KIA[0-9A-Z]{16}")
# One of several package lists may be away; the next line then fails if it matters.
ALLOWED = {".ci/run: apt-get update -qq || true", ".ci/chromium: apt-get update -qq </dev/null >&2 || true"}
TEXT = (".py", ".sql", ".html", ".md", ".toml", ".json", ".scss", ".js", ".mjs", ".txt", ".in", "npmrc", "file", "run")


def pipelines() -> list[Path]:
    return [path for path in files() if path.name == "Makefile" or ".ci" in path.parts or path.name == "package.json"]


def swallowed(text: str, name: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if SWALLOWED.search(line)]
    return [line for line in lines if f"{name}: {line}" not in ALLOWED]


def out_of_place(text: str) -> list[str]:
    return [match[0] for pattern in (HOSTS, PLACES, SECRETS) for match in pattern.finditer(text)]


def test_no_check_swallows_its_failure() -> None:
    assert pipelines()
    assert {named(path): found for path in pipelines() if (found := swallowed(path.read_text(), named(path)))} == {}


@pytest.mark.parametrize("bad", ["ruff check . || true", "mypy || :", "ruff check --exit-zero ."])
def test_a_swallowed_failure_turns_this_red(bad: str) -> None:
    assert swallowed(bad, "Makefile")


@pytest.mark.django_db
def test_every_change_of_a_table_has_its_migration() -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=(out := StringIO()))
    except SystemExit:
        pytest.fail(out.getvalue())


def test_nothing_of_a_registry_or_a_machine_stands_in_the_repository() -> None:
    texts = {named(path): path.read_text(errors="replace") for path in files(*TEXT)}
    assert len(texts) > 100
    assert {name: found for name, text in texts.items() if (found := out_of_place(text))} == {}


def test_a_place_of_a_machine_turns_this_red() -> None:
    assert out_of_place("see /" + "work/shared/design")
    assert out_of_place('"resolved": "https://registry' + '.npmjs.example/x"')
    assert out_of_place("see docs/work/x and https://www.legislation.gov.uk/ukpga/2025/33") == []


def test_the_contracts_of_imports_name_every_room() -> None:
    """`lint-imports` fails on a package that no line names; this keeps that switch on."""
    text = (ROOT / ".importlinter").read_text()
    assert text.count("type = layers") == text.count("exhaustive = True") == 3
