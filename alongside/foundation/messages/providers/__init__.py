"""Who carries deliveries: GOV.UK Notify where a key is set, a folder in a demonstration, nobody otherwise."""

from pathlib import Path

from django.conf import settings

from alongside.foundation.messages.providers.carrier import Carrier, Fate, NotAcceptable, Parcel, TryLater
from alongside.foundation.messages.providers.folder import Folder
from alongside.foundation.messages.providers.nobody import Nobody
from alongside.foundation.organisations.models import Installation
from alongside.foundation.secrets import data_directory

__all__ = ["Carrier", "Fate", "NotAcceptable", "Parcel", "TryLater", "carrier", "outbox_folder", "posts_letters"]


def outbox_folder() -> Path:
    """Where a demonstration puts what it would have sent."""
    return data_directory() / "outbox"


def posts_letters() -> bool:
    """Whether letters are printed and posted for us; where not, people do it (see `paper`)."""
    return bool(settings.NOTIFY["key"])


def carrier() -> Carrier:
    """Who carries for this installation. Where nobody does, deliveries wait and are seen waiting."""
    if settings.NOTIFY["key"]:
        # Its client is slow to load, and every command and process would wait for it.
        from alongside.foundation.messages.providers.notify import Notify

        return Notify(**settings.NOTIFY)
    if Installation.objects.filter(demonstration=True).exists():
        return Folder(outbox_folder())
    return Nobody()
