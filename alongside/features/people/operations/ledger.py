"""What the ledger of agreements decides when an act ends."""

from django.db import connection

from alongside.foundation.recording.recording import Notes


def settle_new_people(notes: Notes) -> None:
    """Somebody of whom no answer was recorded is the register team's only, from the act that added them.

    For everything else the database derives by itself what the ledger opens (`access/sql/ledger.sql`).
    """
    added = sorted({event.person_id for event in notes.events if event.code == "person.added" and event.person_id})
    if added:
        with connection.cursor() as cursor:
            cursor.execute("select access.settle_ledger(%s)", [added])
