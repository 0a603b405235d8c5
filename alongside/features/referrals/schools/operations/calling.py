"""Calling a school, talking about somebody not asked yet, and deciding about silence. Called inside `recording()`."""

from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.lifecycle import check_version
from alongside.features.referrals.schools.access import check_may_close, check_may_run
from alongside.features.referrals.schools.models import SchoolAsk, SchoolCall, SchoolWorry
from alongside.features.referrals.schools.reading import ASK
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes

_OUTCOME = SchoolCall.Outcome


def lock_ask(ask: SchoolAsk, *, seen: int | None = None) -> SchoolAsk:
    """The question to a school as it is now, with nobody else at it. Raises NotNow when it changed since `seen`."""
    with context.as_engine():
        now = SchoolAsk.objects.select_for_update(of=("self",)).select_related("organisation", "round").get(pk=ask.pk)
    check_version(now.version, seen)
    return now


def change_ask(ask: SchoolAsk, **changes: object) -> None:
    """Changes what came of it, by the engine's hand after the code has checked who asks; counts its version."""
    changes["version"] = ask.version + 1
    with context.as_engine():
        SchoolAsk.objects.filter(pk=ask.pk).update(**changes)


def record_call(
    note: Notes, *, ask: SchoolAsk, outcome: str, words: str, email: str = "", by: Me, seen: int | None = None
) -> None:
    """A call: they worry about nobody, they want a new link (then `email` is where), or nobody was reached.

    A new link goes out within minutes; those that were sent before open nothing from now on.
    """
    check_may_run(by, ask.icb_id)
    now = _open(lock_ask(ask, seen=seen))
    if outcome == _OUTCOME.LINK and not email:
        raise NotNow("no_email", "Enter the e-mail address that the new link goes to.")
    SchoolCall.objects.create(
        ask_id=now.pk, icb_id=now.icb_id, at=note.at, by_id=by.id, outcome=_OUTCOME(outcome), words=words
    )
    if outcome == _OUTCOME.NOBODY:
        change_ask(now, answered_at=note.at, answered_how=SchoolAsk.How.CALL)
    elif outcome == _OUTCOME.LINK:
        _end_links(note, now, by)
        change_ask(now, email=email, sent=0, sent_at=None, called_at=note.at)
    else:
        change_ask(now, called_at=note.at)
    _say(note, now, "school.called", f"{now.organisation.name} was called: {_OUTCOME(outcome).label.lower()}.")


def _end_links(note: Notes, ask: SchoolAsk, by: Me) -> None:
    """The address was wrong or is not theirs any more: whoever got an earlier link reads nothing of what follows."""
    earlier = OrganisationLink.objects.filter(
        icb_id=ask.icb_id,
        organisation_id=ask.organisation_id,
        what_for=OrganisationLink.WhatFor.SCHOOL_ASK,
        made_at__gte=ask.asked_at,
        ended_at=None,
    )
    earlier.update(ended_at=note.at, ended_by_id=by.id)


def close_ask(note: Notes, *, ask: SchoolAsk, because: str, by: Me, seen: int | None = None) -> None:
    """A school that stays silent is left for this term, with a reason and in somebody's name."""
    check_may_close(by, ask.icb_id)
    now = _open(lock_ask(ask, seen=seen))
    change_ask(now, closed_at=note.at, closed_because=because)
    _say(note, now, "school.left", f"{now.organisation.name} was left for the {now.round.term} without an answer.")


def settle_worry(note: Notes, *, worry: SchoolWorry, how: str, words: str, by: Me) -> None:
    """What came of talking with a school about somebody not asked. Who agreed is referred by the school's own link."""
    check_may_run(by, worry.icb_id)
    lock_ask(worry.ask)
    fresh = SchoolWorry.objects.select_for_update(of=("self",)).get(pk=worry.pk)
    if fresh.settled_at or fresh.referral_id:
        raise NotNow("settled", "Somebody has written down already what came of it.")
    fresh.settled_at, fresh.settled_by_id, fresh.settled_words = note.at, by.id, words
    fresh.settled_how = SchoolWorry.Settled(how)
    fresh.save(update_fields=["settled_at", "settled_by", "settled_how", "settled_words"])
    _say(note, worry.ask, "school.talked", "The team talked with a school about a young person not asked yet.")


def _open(ask: SchoolAsk) -> SchoolAsk:
    if not ask.is_silent:
        raise NotNow("answered", f"{ask.organisation.name} has answered meanwhile. Open its page to read it.")
    if ask.closed_at:
        raise NotNow("closed", "This question is closed. The school is asked again in the next term.")
    return ask


def _say(note: Notes, ask: SchoolAsk, code: str, words: str) -> None:
    note(code, words=words, icb_id=ask.icb_id, subject="school_ask", subject_id=ask.pk)
    note.matter(ASK, ask.pk)
