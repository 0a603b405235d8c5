"""Who opened a family's page and why, and whom we told, as far as whoever reads may know."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from alongside.features.people.models import Share
from alongside.foundation.clock import LONDON
from alongside.portal import words
from alongside.portal.reading import MOST_SHOWN, Mine

#: How far back a family reads who looked. Local default.
LOOKED_BACK = timedelta(days=365)


def who_looked(mine: Mine, at: datetime) -> list[dict[str, Any]]:
    """Who opened the page in the last year, why, on how many days and when last, and when they last took a copy of the
    crisis card along; the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from access.who_looked(%s, %s, %s)", [mine.person.pk, at - LOOKED_BACK, MOST_SHOWN])
        rows = cursor.fetchall()
    return [
        {
            "id": actor,
            "name": name if mine.may_name(why) else words.NOT_NAMED,
            "post": post if mine.may_name(why) else "",
            "why": words.why_looked(why, own=mine.own),
            "when": words.days_in_words(days, last_at.astimezone(LONDON).date()),
            "last": last_at.astimezone(LONDON).date(),
            "taken": taken_at.astimezone(LONDON).date() if taken_at else None,
        }
        for actor, name, post, why, days, last_at, taken_at in rows
    ]


def emergencies(mine: Mine) -> list[dict[str, Any]]:
    """When the page was opened in an emergency, by whom, and what they wrote about it; the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from access.emergencies_of(%s, %s)", [mine.person.pk, MOST_SHOWN])
        rows = cursor.fetchall()
    return [
        {
            "id": actor,
            "name": name if mine.told_where else words.NOT_NAMED,
            "post": post if mine.told_where else "",
            "said": said if mine.told_where else "",
            "at": opened,
            "until": until,
            "checked": checked,
        }
        for actor, name, post, said, opened, until, checked in rows
    ]


def shares(mine: Mine) -> list[dict[str, Any]]:
    """What others were told, as far as this reader may know; the newest first."""
    rows = Share.objects.visible_to(mine.me).filter(person=mine.person, superseded_by=None)
    tells = mine.told_where
    return [
        {
            "told_to": one.told_to if tells else words.NOT_NAMED,
            "on": one.happened_at,
            "what": one.what if tells else "",
            "why": one.why if tells else "",
        }
        for one in rows.order_by("-happened_at", "-pk")[:MOST_SHOWN]
    ]


def question_of(mine: Mine, asked: str, at: datetime) -> str:
    """The words that a question about a look begins with; '' where that look doesn't stand on the page."""
    if not asked.isdecimal() or len(asked) > 18:
        return ""
    looks = [(one["id"], one["name"], one["last"]) for one in who_looked(mine, at)]
    looks += [(one["id"], one["name"], one["at"].astimezone(LONDON).date()) for one in emergencies(mine)]
    return next((words.question_about(name, last) for actor, name, last in looks if actor == int(asked)), "")
