"""What is due after an emergency meeting and in a crisis that goes on. A meeting of that kind is never a review."""

from datetime import date, datetime, time

from ..counting import LONDON, as_utc, day_in_words, days_after, hours_after, local_day, moment_in_words
from ..emergencies import CrisisLogFacts, EmergencyDraftFacts, EmergencyFacts, EmergencyMeetingFacts
from ..facts import ActionFacts
from ..rules import computes
from .duty import Owner
from .reckoning import Reckoning, admitted_at
from .stays import CETR

#: Local default: the working day begins with it.
READ_BY = time(8, 30)
PAGE = "open_emergency"
#: C(E)TRs that follow an emergency meeting; one after discharge looks at the same question.
FOLLOWS = CETR | {"post_discharge"}
#: States of an action in which somebody is still to do it, or to be found.
STILL_TO_DO = ("proposed", "accepted", "refused")


def emergency_duties(r: Reckoning, facts: EmergencyFacts) -> None:
    """On the register or not, and whatever colour they are."""
    for draft in facts.drafts:
        _write(r, draft)
    for meeting in facts.meetings:
        _read(r, meeting)
        _check(r, meeting)
        _follow_up(r, meeting)
        _admission(r, meeting)
    if facts.log is not None:
        _next_entry(r, facts.log)


def _alongside(r: Reckoning) -> Owner:
    """Whoever walks alongside; while nobody agreed to the register, its team alone may look."""
    agreed = r.consent is not None and r.consent.answer == "given"
    return r.keyworker_or("keyworking" if agreed else "register")


def _team(r: Reckoning) -> Owner:
    agreed = r.consent is not None and r.consent.answer == "given"
    return r.team("keyworking" if agreed else "register")


@computes("emergency_written")
def _write(r: Reckoning, draft: EmergencyDraftFacts) -> None:
    rule = r.ruleset.in_force("emergency_written", local_day(draft.begun_at))
    writer = Owner("actor", draft.writer_id)
    r.add(
        rule,
        f"emergency_written:{draft.id}",
        "Finish writing down the emergency meeting",
        f"It was begun on {moment_in_words(draft.begun_at)}. What was typed is kept; nobody is told before it is done.",
        due=hours_after(draft.begun_at, rule.period.number),
        shows=draft.begun_at,
        owner=writer if draft.sees_person else r.team("register"),
        doing=PAGE,
        topic="review",
        subject="emergency_draft",
        subject_id=draft.id,
    )


@computes("emergency_read")
def _read(r: Reckoning, meeting: EmergencyMeetingFacts) -> None:
    """Two cards: whoever walks alongside, and the register team."""
    due = next_morning(meeting.written_at, r)
    for part, was_read, owner in (
        ("keyworker", meeting.keyworker_read, _alongside(r)),
        ("register", meeting.register_read, r.team("register")),
    ):
        if not was_read:
            r.add(
                r.ruleset.in_force("emergency_read", local_day(meeting.held_at)),
                f"emergency_read:{part}:{meeting.id}",
                "Read first: there was an emergency meeting",
                f"It was held on {moment_in_words(meeting.held_at)}. Read what was decided and who does what.",
                due=due,
                shows=meeting.written_at,
                owner=owner,
                doing=PAGE,
                topic="review",
                subject="emergency_meeting",
                subject_id=meeting.id,
            )


def next_morning(at: datetime, r: Reckoning) -> datetime:
    """The first half past eight of a working day after a moment, in UTC."""
    day = local_day(at)
    while day < date.max and (not r.calendar.is_working_day(day) or _half_past_eight(day) <= as_utc(at)):
        day = days_after(day, 1)
    return _half_past_eight(day)


def _half_past_eight(day: date) -> datetime:
    return as_utc(datetime.combine(day, READ_BY, LONDON))


@computes("emergency_checked")
def _check(r: Reckoning, meeting: EmergencyMeetingFacts) -> None:
    if not meeting.watcher_id or not meeting.tasks:
        return
    by = max(meeting.tasks.values())
    r.add(
        r.ruleset.in_force("emergency_checked", local_day(meeting.held_at)),
        f"emergency_checked:{meeting.id}",
        "Check that what was agreed in the night is done",
        f"The emergency meeting on {day_in_words(local_day(meeting.held_at))} agreed it for {moment_in_words(by)} at "
        "the latest, and named you to see to it.",
        due=by,
        shows=meeting.written_at,
        owner=Owner("actor", meeting.watcher_id) if meeting.sees_person else _team(r),
        doing=PAGE,
        topic="review",
        subject="emergency_meeting",
        subject_id=meeting.id,
    )


@computes("emergency_follow_up")
def _follow_up(r: Reckoning, meeting: EmergencyMeetingFacts) -> None:
    """Row 66: a review held on the day or later, or a decision that none follows. An emergency meeting is neither."""
    held = local_day(meeting.held_at)
    if meeting.decided or any(
        review.kind in FOLLOWS and review.held_at is not None and local_day(review.held_at) >= held
        for review in r.facts.reviews
    ):
        return
    rule, due = r.clock("emergency_follow_up", held)
    r.add(
        rule,
        f"emergency_follow_up:{meeting.id}",
        "Hold a review after the emergency meeting, or decide that none follows",
        f"The emergency meeting on {day_in_words(held)} was no review. One follows within {rule.length}, "
        "or somebody decides with a reason that none does.",
        due=due,
        breach=due,
        shows=meeting.written_at,
        owner=r.team("review"),
        doing=PAGE,
        topic="review",
        subject="emergency_meeting",
        subject_id=meeting.id,
    )


@computes("emergency_admission")
def _admission(r: Reckoning, meeting: EmergencyMeetingFacts) -> None:
    """An admission that was decided is work until a stay is written down that goes on, or began on the day or later."""
    held = local_day(meeting.held_at)
    if not meeting.admits or any(stay.is_open or local_day(admitted_at(stay)) >= held for stay in r.stays):
        return
    rule, due = r.clock("emergency_admission", local_day(meeting.written_at))
    r.add(
        rule,
        f"emergency_admission:{meeting.id}",
        "Record the admission, or say that it did not happen",
        f"The emergency meeting on {day_in_words(held)} decided on an admission, and no stay is written down. Until it "
        f"is, within {rule.length_in_words}, they are not blue and no clock of a stay runs.",
        due=due,
        shows=meeting.written_at,
        owner=_alongside(r),
        doing=PAGE,
        topic="review",
        subject="emergency_meeting",
        subject_id=meeting.id,
    )


@computes("crisis_entry", "crisis_silence")
def _next_entry(r: Reckoning, log: CrisisLogFacts) -> None:
    """Whoever was named writes the next entry; after a day of silence the keyworking team is asked beside them."""
    rule = r.ruleset.in_force("crisis_entry", local_day(log.last_at))
    team = _team(r)
    last = moment_in_words(log.last_at)
    r.add(
        rule,
        f"crisis_entry:{log.id}:{log.last_at.isoformat()}",
        "Write down how it goes in the crisis",
        f"A crisis goes on. The last entry is of {last}; the next was agreed for {moment_in_words(log.next_at)}.",
        due=log.next_at,
        shows=log.last_at,
        owner=Owner("actor", log.next_by) if log.sees_person else team,
        doing=PAGE,
        topic="keyworking",
        subject="crisis_log",
        subject_id=log.id,
    )
    quiet = r.ruleset.in_force("crisis_silence", local_day(log.last_at))
    # Not before the moment that was agreed, where that is a little later.
    silent_from = max(hours_after(log.last_at, quiet.period.number), log.next_at)
    r.add(
        quiet,
        f"crisis_silence:{log.id}:{log.last_at.isoformat()}",
        "Nobody has written in the log of a crisis for a day",
        f"The last entry is of {last}. Find out how they are, write it down, or close the log.",
        due=silent_from,
        shows=silent_from,
        owner=team,
        doing=PAGE,
        topic="keyworking",
        subject="crisis_log",
        subject_id=log.id,
    )


@computes("emergency_task")
def task_duty(r: Reckoning, action: ActionFacts, by: datetime) -> None:
    """An agreed action with a moment, while somebody is STILL_TO_DO it. Without account, its owner has the link."""
    refused = action.state == "refused"
    if action.by_link and not refused:
        return
    owner = _alongside(r) if refused else Owner("actor", action.owner_id)
    title = "Find somebody else now" if refused else "Agreed in the night"
    r.add(
        r.ruleset.in_force("emergency_task", local_day(by)),
        f"action:{action.id}:moment",
        f"{title}: {action.what}",
        f"Agreed at an emergency meeting, to be done by {moment_in_words(by)}.",
        due=by,
        shows=action.asked_at,
        owner=owner,
        doing="open_action",
        topic=action.topic,
        subject="action",
        subject_id=action.id,
    )
