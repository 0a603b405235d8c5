"""What a school or ward tells by its link: kept as written, then matched with a record, or put aside."""

from typing import Any

from alongside.features.people.models import LifeEvent, Person, PostedChange
from alongside.features.people.operations import record_fact
from alongside.features.people.operations.family import post_change
from alongside.features.people.text import LIFE_EVENT_TOPIC
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.schools.access import check_may_run
from alongside.features.referrals.schools.models import ToldByLink
from alongside.features.referrals.schools.reading import TOLD
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes

#: What a form may fill in; everything else is ours.
SAID = (
    *("by_name", "by_role", "call_back", "given_name", "family_name", "birth_date", "nhs_number"),
    *("kind", "event", "told", "urgent"),
)


def tell_by_link(note: Notes, *, link: OrganisationLink, said: dict[str, Any]) -> ToldByLink:
    """Keeps what was told. Nothing is looked up: whoever tells learns nothing of who is known here."""
    with context.as_engine():
        told = ToldByLink.objects.create(
            icb_id=link.icb_id,
            organisation_id=link.organisation_id,
            link_id=link.pk,
            told_at=note.at,
            told_by_id=note.by.id,
            **{name: said[name] for name in SAID if name in said},
        )
    _say(note, told, "change.told", f"{link.shown_name} told that something has changed.")
    return told


def match_told(note: Notes, *, told: ToldByLink, person: Person, by: Me) -> PostedChange:
    """It is about this person: it becomes work on their record, and an event may propose a rating.

    The sender is answered by a call at most, so `told_as` says who told. Raises NotNow when somebody was quicker.
    """
    now = _lock(told, by)
    link = told.link
    change = post_change(
        note,
        person=person,
        kind=now.kind,
        told=now.told,
        urgent=now.urgent,
        told_as=link.shown_name[:60],
    )
    if now.event:
        record_fact(
            note,
            LifeEvent,
            person=person,
            topic=LIFE_EVENT_TOPIC[now.event],
            words=f"{LifeEvent.Kind(now.event).label}, told by {link.shown_name}."[:400],
            happened_at=now.told_at,
            kind=now.event,
            source=link.shown_name[:120],
        )
    _settle(note, now, by, ToldByLink.Outcome.MATCHED, person_id=person.pk)
    _say(note, now, "change.matched", "What was told by a link was put on a record.")
    return change


def put_aside(note: Notes, *, told: ToldByLink, words: str, by: Me) -> None:
    """It is about nobody of ours. What was done about it is written down. Who it was about is emptied."""
    now = _lock(told, by)
    _settle(
        note,
        now,
        by,
        ToldByLink.Outcome.NOT_OURS,
        settled_words=words,
        given_name="",
        family_name="",
        birth_date=None,
        nhs_number="",
        told="",
    )
    _say(note, now, "change.put_aside", "What was told by a link was about nobody of ours.")


def _lock(told: ToldByLink, by: Me) -> ToldByLink:
    check_may_run(by, told.icb_id)
    now = ToldByLink.objects.select_for_update(of=("self",)).get(pk=told.pk)
    if now.settled_at:
        raise NotNow("settled", "Somebody has dealt with this already.")
    return now


def _settle(note: Notes, row: ToldByLink, by: Me, outcome: str, /, **changes: Any) -> None:
    changes |= {"outcome": outcome, "settled_at": note.at, "settled_by_id": by.id}
    ToldByLink.objects.filter(pk=row.pk).update(**changes)


def _say(note: Notes, told: ToldByLink, code: str, words: str) -> None:
    note(code, words=words, icb_id=told.icb_id, subject=TOLD, subject_id=told.pk)
    note.matter(TOLD, told.pk)
