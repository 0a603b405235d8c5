"""The installation's secret: from the environment, else made once beside the database."""

import os
import secrets
from pathlib import Path


def data_directory() -> Path:
    """Where this installation keeps what is not code."""
    named = os.environ.get("ALONGSIDE_DATA")
    return Path(named) if named else Path(__file__).resolve().parents[2] / ".data"


def secret_key() -> str:
    """ALONGSIDE_SECRET_KEY, or the content of the data directory's `secret` file (mode 0600)."""
    given = os.environ.get("ALONGSIDE_SECRET_KEY")
    if given:
        return given
    kept = data_directory() / "secret"
    try:
        return kept.read_text()
    except FileNotFoundError:
        kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(50)
    try:
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh)
    except FileExistsError:
        return kept.read_text()
    return fresh
