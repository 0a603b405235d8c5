"""Looks through everybody for records that may be one person: once, where people were there before the worklist."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.features.people.identity.pairs import AT_A_TIME, refresh_pairs
from alongside.features.people.models import Person, PossibleDuplicate
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording


class Command(BaseCommand):
    help = "Puts every pair of records that may be one person on the worklist; the last line says how many are open."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        with context.as_engine():
            engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
            everybody = list(Person.objects.filter(survivor=None).order_by("pk").values_list("pk", flat=True))
            for first in range(0, len(everybody), AT_A_TIME):
                some = everybody[first : first + AT_A_TIME]
                with recording(by=engine, at=at) as note:
                    for key in refresh_pairs(some, at=at):
                        note.matter("possible_duplicate", key)
                    note("identity.looked_through", words=f"{len(some):,} records were compared with all others.")
                self.stderr.write(f"{first + len(some):,} people compared")
            self.stdout.write(str(PossibleDuplicate.objects.filter(state=PossibleDuplicate.State.OPEN).count()))
