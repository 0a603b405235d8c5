"""Who is told that there was an emergency meeting: whoever walks alongside, and the register team."""

from alongside.features.emergency.around import keyworkers_of
from alongside.features.emergency.models import EmergencyMeeting
from alongside.features.referrals.operations.reaching import register_team
from alongside.foundation.access import context
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day, moment_in_words


def tell_who_reads(note: Notes, meeting: EmergencyMeeting) -> None:
    """Into their inboxes, without a name: the page says it to whoever may open it."""
    person = meeting.person
    with context.as_engine():
        team = register_team(person.icb_id)
    keyworkers = keyworkers_of(person, local_day(note.at))[:1]
    targets: list[tuple[int | None, int | None]] = [(number, None) for number in keyworkers if number != note.by.id]
    targets += [(None, team)] if team else []
    for actor, to_team in targets:
        queue_message(
            note,
            icb_id=person.icb_id,
            kind="emergency_met",
            subject="An emergency meeting was held",
            body=f"An emergency meeting was held on {moment_in_words(meeting.happened_at)} ({person.reference}). "
            "Read what was decided before anything else.",
            link=f"/people/{person.reference}/emergency/meetings/{meeting.pk}",
            to_actor_id=actor,
            to_team_id=to_team,
        )
