"""Which database, as which role, from the environment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alongside.foundation.launcher import LauncherError, app_role, connect_as_owner, default_data_dir, django_databases

EMBEDDED = {"host": "/tmp/somewhere", "port": 5432, "name": "alongside", "owner": "o", "app": "a"}


def default() -> dict[str, object]:
    return django_databases()["default"]


def test_commands_connect_as_the_services_role_unless_told_to_be_the_owner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALONGSIDE_DB", json.dumps(EMBEDDED))
    assert (default()["HOST"], default()["PORT"], default()["NAME"]) == (
        "/tmp/somewhere",
        "5432",
        "alongside",
    )
    assert default()["USER"] == "a"

    monkeypatch.setenv("ALONGSIDE_DB_ROLE", "owner")
    assert default()["USER"] == "o"

    monkeypatch.setenv("ALONGSIDE_DB_ROLE", "root")
    with pytest.raises(LauncherError, match="must be 'owner' or 'app'"):
        default()


def test_only_the_web_server_keeps_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_DB", json.dumps(EMBEDDED))
    assert default()["OPTIONS"] == {}

    monkeypatch.setenv("ALONGSIDE_DB_POOL", "5")
    options = default()["OPTIONS"]
    assert isinstance(options, dict)
    assert options["pool"]["max_size"] == 5


def test_a_named_server_is_the_owners_and_the_service_has_its_own_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://boss:p%40ss@db.test:6432/register?sslmode=require")
    monkeypatch.setenv("ALONGSIDE_APP_PASSWORD", "secret")

    assert default() | {"ENGINE": ""} == {
        "ENGINE": "",
        "HOST": "db.test",
        "PORT": "6432",
        "NAME": "register",
        "USER": "alongside_app",
        "PASSWORD": "secret",
        "OPTIONS": {"sslmode": "require"},
        "CONN_HEALTH_CHECKS": False,
    }
    monkeypatch.setenv("ALONGSIDE_DB_ROLE", "owner")
    assert (default()["USER"], default()["PASSWORD"]) == ("boss", "p@ss")


def test_the_service_may_have_an_address_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://boss@primary.test/register")
    monkeypatch.setenv("ALONGSIDE_APP_DATABASE_URL", "postgres://small:pw@pooler.test:6432/register")
    assert (default()["HOST"], default()["PORT"], default()["USER"]) == ("pooler.test", "6432", "small")
    assert app_role() == "small"

    monkeypatch.setenv("ALONGSIDE_DB_ROLE", "owner")
    assert (default()["HOST"], default()["PORT"], default()["USER"]) == ("primary.test", "5432", "boss")


def test_several_hosts_and_a_socket_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://o@a.test,b.test:6000/r?target_session_attrs=read-write")
    assert (default()["HOST"], default()["PORT"]) == ("a.test,b.test", "5432,6000")

    monkeypatch.setenv("DATABASE_URL", "postgresql://o@/r?host=/run/postgresql")
    assert (default()["HOST"], default()["PORT"]) == ("/run/postgresql", "5432")


@pytest.mark.parametrize("url", ["mysql://o@h/r", "postgresql://h/r", "postgresql://o@h/", "nonsense"])
def test_an_address_that_cannot_be_read_is_told_what_it_should_look_like(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(LauncherError, match="DATABASE_URL must look like postgresql://"):
        default()


def test_settings_can_be_read_before_there_is_any_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path / "none-yet"))
    assert str(default()["HOST"]).startswith("/tmp/alongside-")


def test_a_server_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://boss@/register?host={tmp_path}")
    with pytest.raises(LauncherError, match="Check DATABASE_URL and that the server runs"):
        connect_as_owner()


def test_the_data_folder_must_be_a_full_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_DATA", "data")
    with pytest.raises(LauncherError, match="not a full path"):
        default_data_dir()
