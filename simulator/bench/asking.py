"""One request through the whole server, in this process: time, status, and round trips to the database."""

import io
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

CSRF = "c" * 32
# What the client sends that the server has to answer before anything else happens: one round trip each.
TRIPS = {"Query", "Sync", "FunctionCall"}
POOL = {"min_size": 1, "max_size": 1, "timeout": 10}


@dataclass
class Answer:
    """What came back. `seconds` is server time, from the request to the last byte."""

    status: int
    seconds: float
    body: str
    location: str = ""
    trips: int = 0

    @property
    def is_error(self) -> bool:
        """Anything but success, and being sent to sign in again."""
        return not 200 <= self.status < 400 or settings.LOGIN_URL in self.location


@dataclass
class Asker:
    """Somebody signed in, asking the server as a browser would. `key` is what their cookie holds."""

    key: str
    server: Callable[..., Any] = field(default_factory=WSGIHandler)

    def get(self, path: str, **query: str) -> Answer:
        return self._ask("GET", path, urlencode(query), b"")

    def post(self, path: str, form: dict[str, Any]) -> Answer:
        body = urlencode(form | {"csrfmiddlewaretoken": CSRF}, doseq=True).encode()
        return self._ask("POST", path, "", body)

    def counted(self, ask: Callable[[], Answer]) -> Answer:
        """The same request with every round trip counted on the wire; its time means nothing."""
        connection.ensure_connection()
        raw = connection.connection.pgconn
        with tempfile.TemporaryFile() as trace:
            raw.trace(trace.fileno())
            try:
                answer = ask()
            finally:
                raw.untrace()
            trace.seek(0)
            answer.trips = sum(_is_trip(line) for line in trace)
        return answer

    def _ask(self, method: str, path: str, query: str, body: bytes) -> Answer:
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": f"{settings.KEY_COOKIE}={self.key}; csrftoken={CSRF}",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
        }
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _problem: Any = None) -> None:
            told["status"], told["headers"] = int(status.split()[0]), dict(headers)

        began = time.perf_counter()
        response = self.server(environ, start)
        content = b"".join(response)
        seconds = time.perf_counter() - began
        response.close()
        return Answer(told["status"], seconds, content.decode(errors="replace"), told["headers"].get("Location", ""))


def _is_trip(line: bytes) -> bool:
    """A line of libpq's trace is: time, F for from us or B for back, length, message."""
    parts = line.split(b"\t")
    return len(parts) > 3 and parts[1] == b"F" and parts[3].strip().decode(errors="replace") in TRIPS


def keep_connections() -> None:
    """As the web server does: a pooled connection, asked whether it is alive before each request."""
    connection.close()
    connection.settings_dict["OPTIONS"] = dict(connection.settings_dict["OPTIONS"]) | {"pool": POOL}
    connection.settings_dict["CONN_HEALTH_CHECKS"] = True


def release_connections() -> None:
    """Back to one connection a request."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["OPTIONS"].pop("pool", None)
    connection.settings_dict["CONN_HEALTH_CHECKS"] = False
