"""A keyworker for somebody whom the area's rules do not name. Each is called inside `recording()`."""

from datetime import date
from typing import Any

from alongside.features.keyworking.models import OutsideRules
from alongside.features.people.models import Person
from alongside.features.people.operations import correct_fact, record_fact
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words, local_day


def find_exception(me: Me, person: Person) -> OutsideRules | None:
    """The newest, unless it was ended: also one whose last day has passed and of which nobody has decided."""
    rows = OutsideRules.objects.visible_to(me).filter(person=person, superseded_by=None)
    newest = rows.order_by("pk").last()
    return newest if newest and newest.ended_on is None else None


def allow_outside_rules(
    note: Notes, *, by: Me, person: Person, authorised_by: str, authorised_post: str, because: str, until: date
) -> OutsideRules:
    """They wait for a keyworker like everybody else, until that day. Source: policy reference 4.2; features C3.

    Raises Refused for anybody but a keyworking manager, and NotNow for a day that has passed.
    """
    if not by.holds_in(person.icb_id, Role.MANAGER):
        raise Refused("not_theirs", "A keyworking manager writes this down.")
    today = local_day(note.at)
    if until < today:
        raise NotNow("past", "The last day has passed. Choose a later one.")
    values: dict[str, Any] = {
        "authorised_by": authorised_by,
        "authorised_post": authorised_post,
        "because": because,
        "until": until,
    }
    words = f"{authorised_by} authorised a keyworker outside the rules until {day_in_words(until)}: {because}"
    before = find_exception(by, person)
    if before and before.until >= today:
        return correct_fact(note, before, words=words, **values)
    return record_fact(
        note, OutsideRules, person=person, topic=Topic.KEYWORKING, words=words, code="outside_rules.allowed", **values
    )


def end_exception(note: Notes, *, exception: OutsideRules) -> None:
    """It ends today, or ended on its last day. A keyworker who is named stays named."""
    exception.ended_on = min(exception.until, local_day(note.at))
    exception.save(update_fields=["ended_on"])
    note.of("outside_rules.ended", exception, words="A keyworker outside the rules is not authorised any more.")
