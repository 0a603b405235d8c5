"""The rating of the area, or of the adult register, that has accepted somebody: its own, beside the one before.

Source: decision 33. The new entry stands only later in the same act than the yes, so the rating is made here.
"""

import json

from django.db import connection

from alongside.features.moving.accepting import RATED_ANEW
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.register.models import Colour, RegisterEntry
from alongside.features.register.operations import rate
from alongside.foundation.access.me import Me
from alongside.foundation.recording.recording import Notes
from alongside.overview.engine.rulesets import ruleset_for
from alongside.overview.person_page.standing import demanded_rating
from alongside.policy.counting import default_calendar, local_day
from alongside.policy.duties import latest_look


def rate_after_move(notes: Notes) -> None:
    """As the engine, in the name of whoever accepted. Raises NotNow where a stay in hospital says otherwise.

    Red gets the last day that the rules allow for its next look; whoever has them may choose an earlier one.
    """
    for event in list(notes.events):
        if event.code != RATED_ANEW or event.person_id is None or not isinstance(notes.by, Me):
            continue
        told = event.detail or {}
        person = Person.objects.get(pk=event.person_id)
        rows = RegisterEntry.objects.select_for_update(of=("self",)).select_related("person", "icb")
        entry = rows.filter(about(person), icb_id=event.icb_id, removed_on=None).order_by("pk").last()
        if entry is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute("select overview_bears_on_rating(%s, %s)::text", [entry.pk, entry.person_id])
            stays, _, _, version = json.loads(cursor.fetchone()[0])
        ruleset, colour = ruleset_for(entry.icb.code, version or 0), told["colour"]
        latest = latest_look(colour, local_day(notes.at), ruleset, default_calendar())
        rate(
            notes,
            entry=entry,
            colour=colour,
            because=told["because"],
            by=notes.by,
            demanded=demanded_rating(stays or [], ruleset, notes.at),
            review_on=latest.value if colour == Colour.RED else None,
            latest_look=latest,
        )
