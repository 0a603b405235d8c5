"""The product's command with a service of the test's own in the real one's place."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.foundation.launcher import LauncherError, Server, processes
from alongside.serving import own_processes, wanted_port

from .conftest import copy_data

SETTINGS = """
from alongside.foundation.launcher import django_databases
SECRET_KEY = "invented"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.sessions", "stand_in"]
DATABASES = django_databases()
ROOT_URLCONF = "stand_in.urls"
"""
URLS = """
from django.db import connection
from django.http import HttpResponse
from django.urls import path

def home(request):
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return HttpResponse(cursor.fetchone()[0])

urlpatterns = [path("", home)]
"""
COMMAND = """
import os, sys, time
from django.core.management.base import BaseCommand, CommandError
class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--people")
    def handle(self, **options):
        {body}
"""
COMMANDS = {
    "worker": "time.sleep(60)",
    "cast": "self.stdout.write('Ada may sign in')",
    "say_it": "self.stdout.write('the last line')",
    "read_it": "from django.contrib.sessions.models import Session; Session.objects.count()",
    "fail_it": "raise CommandError('it failed', returncode=7)",
    "make_demo": "open(os.environ['DIARY'], 'a').write(options['people'] + ' ')"
    "; os.path.exists(os.environ['DIARY'] + '.bad') and sys.exit(5)",
}


@pytest.fixture
def service(made_once: Path, open_folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a made and stopped database and of a small service."""
    package = open_folder / "code" / "stand_in"
    commands = package / "management" / "commands"
    commands.mkdir(parents=True)
    for folder in (package, package / "management", commands):
        (folder / "__init__.py").touch()
    (package / "settings.py").write_text(SETTINGS)
    (package / "urls.py").write_text(URLS)
    for name, body in COMMANDS.items():
        (commands / f"{name}.py").write_text(COMMAND.format(body=body))
    copy_data(made_once, open_folder / "data")
    mine = {
        "DJANGO_SETTINGS_MODULE": "stand_in.settings",
        "PYTHONPATH": str(open_folder / "code"),
        "ALONGSIDE_DATA": str(open_folder / "data"),
        "DIARY": str(open_folder / "diary"),
        "PORT": str(free_port()),
    }
    yield {**os.environ, **mine}
    marked = f"ALONGSIDE_DATA={open_folder / 'data'}".encode()
    for pid in own_processes():
        try:
            if marked in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                processes.kill(pid, signal.SIGKILL)
        except OSError:
            continue


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def alongside(service: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "alongside.cli", *words]
    return subprocess.run(command, env=service, capture_output=True, text=True, timeout=60, check=False)


def started(service: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "alongside.cli", "run", "--no-demo"]
    run = subprocess.Popen(command, env=service, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == f"Alongside is at http://localhost:{service['PORT']}\n"
    assert run.stdout.readline() == "Ada may sign in\n"
    return run


def page(service: dict[str, str], host: str) -> str:
    with urllib.request.urlopen(f"http://{host}:{service['PORT']}/", timeout=20) as answer:
        return str(answer.read().decode())


def data(service: dict[str, str]) -> Server:
    return Server(service["ALONGSIDE_DATA"])


def test_a_command_starts_and_stops_the_database_and_leaves_the_last_line_alone(
    service: dict[str, str],
) -> None:
    done = alongside(service, "say-it")

    assert (done.returncode, done.stdout) == (0, "the last line\n")
    assert data(service).pid is None


def test_a_commands_exit_status_is_its_own(service: dict[str, str]) -> None:
    assert alongside(service, "fail-it").returncode == 7


def test_a_word_that_is_no_command_is_told_so(service: dict[str, str]) -> None:
    done = alongside(service, "nonsense")
    assert done.returncode == 127
    assert "there is no command 'nonsense'" in done.stderr


def test_a_command_on_a_database_that_was_never_made_ready_says_what_to_do(service: dict[str, str]) -> None:
    done = alongside(service, "read-it")
    assert done.returncode == 1
    assert "Run `alongside setup`" in done.stderr and "Traceback" not in done.stderr


def test_run_serves_on_both_names_as_the_small_role_and_stops_everything(service: dict[str, str]) -> None:
    run = started(service)
    assert page(service, "127.0.0.1") == "alongside_app"
    assert page(service, "localhost") == "alongside_app"

    refused = alongside(service, "db", "stop")
    assert refused.returncode == 1
    assert "in use" in refused.stderr
    again = alongside(service, "run")
    assert again.returncode == 1
    assert "already runs here" in again.stderr

    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=30)

    assert run.returncode == 0, said
    assert data(service).pid is None
    with socket.socket() as now_free:
        now_free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        now_free.bind(("127.0.0.1", int(service["PORT"])))


def test_run_survives_the_death_of_its_database_and_its_own(service: dict[str, str]) -> None:
    run = started(service)
    before = data(service).pid
    assert before is not None
    processes.kill(before, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while data(service).pid in (None, before) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert page(service, "127.0.0.1") == "alongside_app"

    run.kill()
    run.communicate()
    again = started(service)

    assert page(service, "127.0.0.1") == "alongside_app"
    again.send_signal(signal.SIGINT)
    again.communicate(timeout=30)
    assert again.returncode == 0


def test_a_port_in_use_is_told_before_anything_starts(service: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = alongside(service | {"PORT": port}, "run")
    assert done.returncode == 1
    assert f"Port {port} is in use by another program" in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٣"])
def test_a_port_that_is_none_is_told_so(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(LauncherError, match="must be a number from 1 to 65535"):
        wanted_port()


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_first_and_the_last_port_are_ports(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    assert wanted_port() == int(port)


def test_the_port_is_8000_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert wanted_port() == 8000


def test_a_new_database_gets_the_demonstration_once_also_after_an_interruption(
    service: dict[str, str],
) -> None:
    diary = Path(service["DIARY"])
    broken = Path(f"{diary}.bad")
    broken.touch()
    assert alongside(service, "setup").returncode == 5
    broken.unlink()
    assert alongside(service, "setup").returncode == 0
    assert alongside(service, "setup").returncode == 0

    assert diary.read_text() == "300 300 "


def test_a_database_that_is_not_ours_is_neither_started_nor_stopped(service: dict[str, str]) -> None:
    done = alongside(service | {"DATABASE_URL": "postgresql://o@elsewhere.test/r"}, "db", "start")
    assert done.returncode == 1
    assert "DATABASE_URL names the database" in done.stderr
