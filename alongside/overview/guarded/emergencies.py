"""Opening a record in an emergency, ending it, and looking at it afterwards. Each is called inside `recording()`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import Error, connection

from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import email
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.engine.rulesets import current_ruleset
from alongside.overview.guarded import text
from alongside.overview.guarded.models import Opening
from alongside.policy.duties import opening_ends

#: What the database answers, as a code and a sentence.
SENTENCES = {"AG001": ("too_many", text.TOO_MANY), "AG002": ("sent", text.SENT)}
#: The database refuses more, whatever an area has set.
MOST_HOURS = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom somebody looks for: an NHS number, or the names as they are written and the birth date."""

    nhs_number: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None


def closes_at(icb_code: str, at: datetime) -> datetime:
    """When an opening made now closes by itself. Source: policy reference, row 69."""
    return min(opening_ends(at, current_ruleset(icb_code)).value, at + timedelta(hours=MOST_HOURS))


def open_in_emergency(note: Notes, *, asked: Asked, reason: str, words: str, by: Me, until: datetime) -> int | None:
    """The number of the opening, or None where nothing was opened: nobody found, several, or not possible.

    The database does it, and tells nothing but the number. Raises NotNow after too many attempts.
    """
    given: list[Any] = [asked.nhs_number, asked.given_name, asked.family_name, asked.birth_date]
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select access.break_glass(%s, %s, %s, %s, %s, %s, %s, %s)", [*given, reason, words, note.at, until]
            )
            (number,) = cursor.fetchone()
    except Error as problem:
        said = getattr(problem.__cause__, "sqlstate", "")
        if said not in SENTENCES:
            raise
        raise NotNow(*SENTENCES[said]) from problem
    tell_governance(note, by=by)
    if number is None:
        home = by.home_area
        note(
            "emergency.tried",
            words="An emergency opening was tried. No record was opened.",
            icb_id=home.area if home else None,
        )
        return None
    opening = Opening.objects.get(pk=number)
    # A family reads of openings on its own page, once it is safe (`access.may_be_told_of`); no event tells it before.
    note.of(
        "emergency.opened",
        opening,
        words=f"{by.name} opened the record in an emergency.",
        topic=Topic.IDENTITY,
        untold=True,
    )
    note.matter("opening", number)
    return int(number)


def tell_governance(note: Notes, *, by: Me) -> None:
    """The same whatever came of it, so that nothing can be told from it. What came of it stands on their page.

    With the database's eyes: whoever opens a record may be of another area than the one that holds it.
    """
    with context.as_engine():
        opening = Opening.objects.get(act=note.act)
        engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
        held = RoleHeld.objects.filter(area_id=opening.icb_id, role=Role.GOVERNANCE, to_date=None, actor__left_on=None)
        theirs = list(held.select_related("actor__user").order_by("actor_id").distinct("actor_id"))
    # Not in their name: in what they sent they would read which area holds a record that they did not reach.
    with note.in_the_name_of(engine):
        for one in theirs:
            user = one.actor.user
            queue_message(
                note,
                icb_id=opening.icb_id,
                kind="emergency",
                subject="An emergency opening",
                body=f"{by.name} asked for a record in an emergency, {moment(note.at)}. Look at what came of it.",
                to_actor_id=one.actor_id,
                ways=[email(user.email, link="/messages", notice="urgent")] if user else [],
                link="/break-glass/openings",
            )


def end_opening(note: Notes, *, opening: Opening) -> None:
    """Ends one's own opening before its time. Raises NotNow when it had ended."""
    with connection.cursor() as cursor:
        cursor.execute("select access.mend_glass(%s, %s)", [opening.pk, note.at])
        (ended,) = cursor.fetchone()
    if not ended:
        raise NotNow("ended", "This had already ended. The record is closed to you.")
    words = "The emergency opening was ended by whoever had opened it."
    note.of("emergency.ended", opening, words=words, topic=Topic.IDENTITY, untold=True)


def review_opening(
    note: Notes, *, opening: Opening, justified: bool, finding: str, told: str, told_words: str, by: Me
) -> None:
    """What somebody found who looked at an opening afterwards. Never one's own. Raises Refused or NotNow."""
    if opening.actor_id == by.id:
        raise Refused("own", "You opened this record yourself. Somebody else looks at it.")
    if not may_review(by, opening.icb_id):
        raise Refused("not_reviewing", "Managers and information governance of the area look at openings.")
    current = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if current.reviewed_at and not _still_to_tell(current):
        raise NotNow("reviewed", "Somebody has looked at this opening already.")
    current.reviewed_at, current.reviewed_by_id = note.at, by.id
    current.justified, current.finding = justified, finding
    current.told, current.told_words = told, told_words
    current.save(update_fields=["reviewed_at", "reviewed_by", "justified", "finding", "told", "told_words"])
    found = "it was justified" if justified else "it was not justified"
    words = f"Somebody looked at the emergency opening: {found}. {Opening.Told(told).label}."
    note.of("emergency.reviewed", opening, words=words, topic=Topic.IDENTITY, untold=True)
    note.matter("opening", opening.pk)


def _still_to_tell(opening: Opening) -> bool:
    return opening.told == Opening.Told.LATER


def may_review(me: Me, icb_id: int) -> bool:
    return me.holds_in(icb_id, Role.MANAGER, Role.GOVERNANCE)


def ends(opening: Opening) -> datetime:
    """When it ended, or ends by itself."""
    assert opening.until
    return opening.ended_at or opening.until
