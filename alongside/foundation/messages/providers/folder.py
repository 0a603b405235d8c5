"""The outbox of a demonstration: a file for each thing that would have been sent."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation.messages.providers.carrier import Fate, NotAcceptable, Parcel

#: What a real carrier would look at first.
_LIKELY = {"email": re.compile(r"@[^@\s]+\.[^@\s]+$"), "sms": re.compile(r"(\d\D*){10}"), "letter": re.compile(r"\n")}


@dataclass(frozen=True, slots=True)
class Folder:
    """`<reference>.json`, beside it `<reference>.pdf` for a letter. Each appears whole or not at all."""

    path: Path

    def find(self, reference: str) -> str | None:
        return reference if (self.path / f"{reference}.json").exists() else None

    def send(self, parcel: Parcel) -> str:
        if not _LIKELY[parcel.channel].search(parcel.address):
            raise NotAcceptable("This address can't be right. Check it with them.")
        self.path.mkdir(parents=True, exist_ok=True)
        if parcel.pdf is not None:
            self._put(f"{parcel.reference}.pdf", parcel.pdf)
        text = {
            "channel": parcel.channel,
            "address": parcel.address,
            "subject": parcel.subject,
            "body": parcel.body,
            "letter": parcel.pdf is not None,
        }
        self._put(f"{parcel.reference}.json", json.dumps(text, indent=1).encode())
        return parcel.reference

    def fate(self, provider_id: str) -> Fate:
        return Fate("arrived")

    def _put(self, name: str, content: bytes) -> None:
        half = self.path / f".{name}.{os.getpid()}"
        with open(half, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(self.path / name)
