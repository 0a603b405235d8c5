"""What the register team does with a notice: takes it, decides whom it is about, settles it. Inside `recording()`."""

from alongside.features.people.models import Person
from alongside.features.referrals.access import check_may_triage
from alongside.features.referrals.notices.models import Notice
from alongside.features.referrals.notices.receiving import add_new, change_notice, say, write_down
from alongside.features.referrals.notices.rota import is_on_call
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes


def take(note: Notes, *, notice: Notice, by: Me, seen: int | None = None) -> Notice:
    """Somebody has it: from now on nobody is reminded that it was not opened. Raises NotNow when another has it."""
    now = _lock(notice, by, seen)
    if now.taken_at:
        raise NotNow("taken", "Somebody has taken this already. You see below who it is.")
    change_notice(now, taken_at=note.at, taken_by_id=by.id)
    say(note, now, "notice.taken", "A notice was opened")
    return now


def take_on_call(note: Notes, *, notice: Notice, by: Me, seen: int | None = None) -> None:
    """Whoever is on call has it. Raises Refused for everybody else, NotNow when another has it."""
    if not is_on_call(by.id, notice.icb_id, note.at.astimezone(LONDON).date()):
        raise Refused("not_on_call", "Somebody who is on call today, or the register team, opens this.")
    with context.as_engine():
        now = _locked(notice, seen)
    if now.taken_at:
        raise NotNow("taken", "Somebody has taken this already.")
    change_notice(now, taken_at=note.at, taken_by_id=by.id)
    say(note, now, "notice.taken", "A notice was opened by whoever is on call")


def report_call(note: Notes, *, notice: Notice, words: str, by: Me, seen: int | None = None) -> None:
    """What whoever took it on call did. It stays open: the register team decides whom it is about and settles it."""
    with context.as_engine():
        now = _locked(notice, seen)
    if now.taken_by_id != by.id:
        raise Refused("not_taken", "Whoever took it writes down what came of it.")
    if now.settled_at:
        raise NotNow("settled", "The register team has settled this already.")
    change_notice(now, settled_words=words.strip())
    say(note, now, "notice.called", "Whoever is on call wrote down what came of a call")


def decide_same(note: Notes, *, notice: Notice, person: Person, because: str, by: Me, seen: int | None = None) -> None:
    """It is this person. What the notice told is written down on their record, in the name of whoever decides."""
    now = _undecided(notice, by, seen)
    if person.icb_id not in by.writes:
        raise Refused("not_held_here", "Their record is held by another area. Ask the register team there.")
    if person.survivor_id:
        raise NotNow("merged", "This record was merged in the meantime. Choose the one that was kept.")
    _decide(note, now, Notice.Decided.SAME, because, by)
    with context.as_engine():
        write_down(note, now, person)


def decide_new(note: Notes, *, notice: Notice, because: str, by: Me, seen: int | None = None) -> None:
    """It is somebody new: a person, and a provisional entry that the register team alone sees.

    Where the NHS number can't be used they are added without it.
    """
    now = _undecided(notice, by, seen)
    _decide(note, now, Notice.Decided.NEW, because, by)
    with context.as_engine():
        write_down(note, now, add_new(note, now))


def decide_nobody(note: Notes, *, notice: Notice, because: str, by: Me, seen: int | None = None) -> None:
    """It is about nobody for this register, and why. Nothing is written on any record."""
    _decide(note, _undecided(notice, by, seen), Notice.Decided.NOBODY, because, by)


def settle(note: Notes, *, notice: Notice, words: str, by: Me, seen: int | None = None) -> None:
    """Whoever sent it was rung back, and what was agreed. What is due goes on with the person."""
    now = _lock(notice, by, seen)
    if now.settled_at:
        raise NotNow("settled", "This was settled already.")
    if not now.is_decided:
        raise NotNow("undecided", "Decide first who this is about.")
    if not words.strip():
        raise NotNow("words", "Write whom you rang back and what came of it.")
    taken = {} if now.taken_at else {"taken_at": note.at, "taken_by_id": by.id}
    change_notice(now, settled_at=note.at, settled_by_id=by.id, settled_words=words.strip(), **taken)
    say(note, now, "notice.settled", "A notice was settled")


def _lock(notice: Notice, by: Me, seen: int | None) -> Notice:
    """The notice as it is now, for somebody of the register team who has seen this version of it."""
    check_may_triage(by, notice.icb_id)
    return _locked(notice, seen)


def _locked(notice: Notice, seen: int | None) -> Notice:
    now = Notice.objects.select_for_update().get(pk=notice.pk)
    if seen is not None and seen != now.version:
        raise NotNow("changed_since", "Somebody was here while you were writing. Look at what they did first.")
    return now


def _undecided(notice: Notice, by: Me, seen: int | None) -> Notice:
    now = _lock(notice, by, seen)
    if now.is_decided:
        raise NotNow("decided", "It is decided already who this is about.")
    return now


def _decide(note: Notes, notice: Notice, what: str, because: str, by: Me) -> None:
    if not because.strip():
        raise NotNow("because", "Write how you know.")
    taken = {} if notice.taken_at else {"taken_at": note.at, "taken_by_id": by.id}
    change_notice(
        notice, decided=what, decided_at=note.at, decided_by_id=by.id, decided_because=because.strip(), **taken
    )
    say(note, notice, "notice.decided", "It was decided whom a notice is about")
