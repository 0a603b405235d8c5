"""What is open when somebody moves goes on in the area that accepted them, put to its own officer.

The row of the area before stays that area's, with the moment at which it went on; a row of the new area takes its place
(`supersedes`), at the level where it stood. That level's time begins anew, because nobody there was asked before.
"""

from alongside.features.escalation import lifecycle, text
from alongside.features.escalation.addressees import asked_now, settle_addressees, stretch_now
from alongside.features.escalation.asking import ask_whoever_has_it, end_links
from alongside.features.escalation.models import Addressee, Escalation, EscalationStep
from alongside.features.escalation.officers import MATTER
from alongside.features.escalation.operations import add_step
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes

_S, _K = Escalation.State, EscalationStep.Kind
#: What a question is, whoever is asked it. Where it stands, and for whom it is kept, is said anew.
_SAME = (
    "topic", "happened_at", "retention_class", "about", "about_id", "about_rule", "reason", "agency", "what", "effect",
    "asks", "told",
)  # fmt: skip


def carry_over(notes: Notes) -> set[int]:
    """Runs in the transaction of an acceptance, as the engine. Gives the numbers of those who came."""
    came = {event.person_id for event in notes.events if event.code == "person.accepted" and event.person_id}
    for person in Person.objects.select_related("icb").filter(pk__in=came).order_by("pk"):
        rows = Escalation.objects.filter(about(person), state__in=lifecycle.OPEN).exclude(recorded_icb=person.icb_id)
        rows = rows.select_related("person", "recorded_icb", "recorded_by").select_for_update(of=("self",))
        for row in rows.order_by("pk"):
            _carry(notes, row, person)
            # An area that is asked needs officers: what is due about them begins.
            notes.matter(MATTER, person.icb_id)
    return came


def _carry(notes: Notes, row: Escalation, person: Person) -> None:
    had, level = asked_now(row, notes.at), stretch_now(row, notes.at).level
    row.state, row.state_at, row.until = _S.MOVED, notes.at, None
    row.version += 1
    row.save()
    add_step(notes, row, _K.MOVED, because=text.WENT_TO.format(area=person.icb.name))
    settle_addressees(row, notes.at)
    end_links(row, notes.at)
    made = Escalation.objects.create(
        person=row.person,
        recorded_icb=person.icb,
        recorded_by_id=notes.by.id,
        recorded_at=notes.at,
        supersedes=row,
        state_at=notes.at,
        level=level,
        level_from=notes.at,
        **{name: getattr(row, name) for name in _SAME},
    )
    because = text.CAME_FROM.format(area=row.recorded_icb.name, level=level)
    add_step(notes, made, _K.CARRIED_OVER, because=because)
    settle_addressees(made, notes.at)
    mark = {} if row.told else {"untold": True}
    notes.of("escalation.carried_over", made, words=f"It goes on in {person.icb.name}: {row.what}", **mark)
    ask_whoever_has_it(notes, made)
    _tell_before(notes, row, had)


def _tell_before(notes: Notes, row: Escalation, had: Addressee | None) -> None:
    """Whoever was asked need not answer any more; whoever raised it rings those who were asked by voice."""
    asked = had.officer if had else None
    if asked is not None and not asked.actor.left_on:
        if asked.actor.roles.filter(to_date=None).exists():
            _say(notes, row, asked.actor_id, text.NOT_NEEDED_SUBJECT, text.NOT_NEEDED_BODY)
        elif asked.reach:
            way = email if "@" in asked.reach else sms
            queue_notice(notes, icb_id=row.recorded_icb_id, way=way(asked.reach, notice="nothing_more"))
    if not row.recorded_by.left_on and row.recorded_by.kind == "person":
        _say(notes, row, row.recorded_by_id, text.GOES_ON_SUBJECT, text.GOES_ON_BODY)


def _say(notes: Notes, row: Escalation, to: int, subject: str, body: str) -> None:
    if to != notes.by.id:
        once = f"escalation moved:{row.number}:{to}:{subject}"
        queue_message(
            notes,
            icb_id=row.recorded_icb_id,
            kind="escalation.moved",
            subject=subject,
            body=body,
            to_actor_id=to,
            once=once,
        )
