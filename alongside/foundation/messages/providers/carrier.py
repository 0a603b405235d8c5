"""What sending asks of whoever carries."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to send. `reference` is the same at every try. `pdf` is set for letters only."""

    reference: str
    channel: str
    address: str
    subject: str = ""
    body: str = ""
    pdf: bytes | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of it: 'under_way', 'arrived', or 'failed' with the reason in words."""

    state: Literal["under_way", "arrived", "failed"]
    words: str = ""


class NotAcceptable(Exception):
    """It will never be carried like this: the address can't be right. The words are for the screen."""


class TryLater(Exception):
    """It could not be carried now. The words are for the screen."""


class Carrier(Protocol):
    """Carries parcels. Each may raise TryLater."""

    def find(self, reference: str) -> str | None:
        """The carrier's own id of what it took under this reference; None when it took nothing."""

    def send(self, parcel: Parcel) -> str:
        """Takes it, and gives its own id for it. Raises NotAcceptable."""

    def fate(self, provider_id: str) -> Fate:
        """What became of it."""
