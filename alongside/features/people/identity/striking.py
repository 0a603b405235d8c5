"""Striking out what was recorded by mistake, putting the right value in its place, and moving it to the right person.

A row that is struck out stays in its table. Everywhere, what a later row supersedes is not counted; so the first row
of its chain of corrections is made to supersede the last, and the whole chain stands as struck out.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from alongside.features.people.identity.kinds import KINDS, Kind
from alongside.features.people.models import Fact, Person, StrikeOut
from alongside.features.people.operations import correct_fact
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.recording import Notes

_KEPT = ("retention_class", "on_hold")
#: Columns that a fact on another person doesn't carry over.
_OF_THE_RECORD = {
    "id",
    "person",
    "supersedes",
    "recorded_icb",
    "recorded_by",
    "recorded_at",
    "retention_class",
    "on_hold",
}


Seen = tuple[str, str, int, datetime]


def put_right(note: Notes, *, fact: Fact, because: str, changes: dict[str, Any]) -> StrikeOut:
    """The right value in its place. What stood before is kept, struck out, with the reason."""
    kind, said = _kind_of(fact), _said(fact)
    _check_counts(fact)
    area = {"recorded_icb_id": fact.person.icb_id}
    chain = _chain_of(fact)
    right = correct_fact(note, fact, words=f"Put right: {kind.name}. {because}", **changes | area)
    return _strike(note, fact, said=said, because=because, row_ids=chain, replaced_by_id=right.pk)


def strike_out(note: Notes, *, fact: Fact, because: str) -> StrikeOut:
    """Nothing in its place."""
    kind, said = _kind_of(fact), _said(fact)
    _check_counts(fact)
    chain = _close_chain(fact)
    struck = _strike(note, fact, said=said, because=because, row_ids=chain)
    _say(note, fact, "struck_out", f"Struck out: {kind.name}. {because}")
    return struck


def take_off_wrong_person(note: Notes, *, fact: Fact, because: str, by: Me, right: Person | None) -> StrikeOut:
    """It was about somebody else: no longer shown here, recorded anew on the right person when they are known.

    Information governance is told, with how many people had opened this record since it stood there. Raises NotNow
    when it is struck out or corrected already, or when the other is the same person.
    """
    kind = _kind_of(fact)
    _check_counts(fact)
    if right and right.pk == fact.person_id:
        raise NotNow("same_person", "This is the same person. Enter the reference of the person it is about.")
    chain = _close_chain(fact)
    anew = _record_anew(note, fact, right, kind) if right else None
    seen = len(list_seen(fact.person_id, fact.recorded_at, until=note.at))
    # What it said is not kept here: it is about somebody else.
    struck = _strike(note, fact, because=because, row_ids=chain, from_other=True, seen_by=seen)
    words = "Something that was recorded here by mistake was about somebody else, and was taken off."
    _say(note, fact, "taken_off", words, recorded_anew=anew is not None)
    note.matter("wrong_person", struck.pk)
    _tell_governance(note, struck)
    return struck


def say_looked_at(note: Notes, *, struck: StrikeOut, words: str, by: Me) -> None:
    """What information governance says of it. Ends the duty. Raises NotNow when that was said already."""
    person = struck.person
    if not by.holds_in(person.icb_id, Role.GOVERNANCE):
        raise Refused("not_governance", "Information governance of the area says what follows.")
    if struck.looked_at:
        raise NotNow("looked_at", "This was looked at already. Read what was said.")
    struck.looked_at, struck.looked_at_by_id, struck.looked_at_words = note.at, by.id, words
    with context.as_engine():
        struck.save(update_fields=["looked_at", "looked_at_by", "looked_at_words"])
    words = "Information governance looked at what had stood on this record by mistake."
    note.of("wrong_person.looked_at", struck, words=words, icb_id=person.icb_id)
    note.matter("wrong_person", struck.pk)


def list_seen(
    person_id: int, since: datetime, *, until: datetime, but: int = 0
) -> list[tuple[str, str, int, datetime]]:
    """Who opened this one record in that time: name, post, how often, when last. Lists that name many are left out."""
    sql = (
        "select a.name, case a.kind when 'family' then 'Family' else a.post end, count(*), max(l.at) "
        "from recording_look l join accounts_actor a on a.id = l.actor_id "
        "where l.person_ids = array[%s]::bigint[] and l.at >= %s and l.at <= %s "
        "group by a.id, a.name, a.kind, a.post order by a.name"
    )
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(sql, [person_id, since, until])
        return list(cursor.fetchall())


def _kind_of(fact: Fact) -> Kind:
    return KINDS[fact._meta.model_name or ""]


def _said(fact: Fact) -> str:
    return _kind_of(fact).said(fact)[:500] or "Nothing written"


def _check_counts(fact: Fact) -> None:
    model: Any = type(fact)
    if model.objects.filter(supersedes_id=fact.pk).exists():
        raise NotNow("corrected", "This was corrected or struck out meanwhile. Look at the record again.")


def _chain_of(fact: Fact) -> list[int]:
    """The row, what it corrected, what that had corrected: the first recorded comes last."""
    table = fact._meta.db_table
    sql = (
        f"with recursive chain(id, before, place) as (select id, supersedes_id, 0 from {table} where id = %s union all "
        f"select t.id, t.supersedes_id, c.place + 1 from {table} t join chain c on t.id = c.before) "
        "select id from chain order by place"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [fact.pk])
        return [key for (key,) in cursor.fetchall()]


def _close_chain(fact: Fact) -> list[int]:
    """The first row of the chain supersedes the last, so that every row of it is superseded. Gives the chain."""
    chain = _chain_of(fact)
    model: Any = type(fact)
    changed = model._base_manager.filter(pk=chain[-1], supersedes=None).update(supersedes=fact)
    if changed != 1:
        raise NotNow("read_only", "This can't be struck out by you. Ask the register team.")
    return chain


def _strike(note: Notes, fact: Fact, **values: Any) -> StrikeOut:
    return StrikeOut.objects.create(
        person_id=fact.person_id,
        topic=fact.topic,
        recorded_icb_id=fact.person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        kind=fact._meta.model_name or "",
        row_id=fact.pk,
        stood_from=fact.recorded_at,
        **values,
    )


def _record_anew(note: Notes, fact: Fact, right: Person, kind: Kind) -> Any:
    model: Any = type(fact)
    values = {
        field.attname: getattr(fact, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in _OF_THE_RECORD
    }
    anew = model.objects.create(
        **values, person=right, recorded_icb_id=right.icb_id, recorded_by_id=note.by.id, recorded_at=note.at
    )
    words = f"Recorded by mistake on another record before: {kind.name}. {_said(fact)}"
    note.of(f"{model._meta.model_name}.recorded", anew, words=words, happened_at=fact.happened_at)
    return anew


def _say(note: Notes, fact: Fact, what: str, words: str, **detail: Any) -> None:
    # About no row: what happened to this one is no longer shown, and this has to be.
    about = {"subject": "", "subject_id": None, "icb_id": fact.person.icb_id}
    note.of(f"{fact._meta.model_name}.{what}", fact, words=words, **about, **detail)


def _tell_governance(note: Notes, struck: StrikeOut) -> None:
    """One message each to whoever holds information governance in the area. It names nobody."""
    area = struck.person.icb_id
    today = note.at.date()
    held = RoleHeld.objects.filter(role=Role.GOVERNANCE, area_id=area, from_date__lte=today)
    for actor in sorted({role.actor_id for role in held if role.to_date is None or role.to_date >= today}):
        queue_message(
            note,
            icb_id=area,
            kind="wrong_person",
            subject="Something stood on the wrong record",
            body="Something that was about somebody else stood on a record of your area. Open the page to see since "
            "when it stood there and who had opened the record, and say what follows.",
            to_actor_id=actor,
            link=f"/wrong-records/{struck.pk}",
            once=f"wrong_person:{struck.pk}:{actor}",
        )
