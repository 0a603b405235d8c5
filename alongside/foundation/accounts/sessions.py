"""Sessions of signing in, kept so that nobody who reads their table can go on with one."""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase


class SessionStore(InDatabase):
    """Each under a digest of its key. The browser alone has the key."""

    def _get_session_from_db(self) -> Any:
        kept, self._session_key = self._session_key, _digest(self._session_key)
        try:
            found = super()._get_session_from_db()  # type: ignore[misc]
        finally:
            lost = self._session_key is None
            self._session_key = None if lost else kept
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(_digest(session_key))

    def create_model_instance(self, data: Any) -> Any:
        made = super().create_model_instance(data)
        made.session_key = _digest(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(_digest(key))


def _digest(key: str | None) -> str:
    return sha256(f"session {key}".encode()).hexdigest()[:40]
