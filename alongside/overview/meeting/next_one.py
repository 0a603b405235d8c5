"""The next meeting of a cycle."""

from datetime import date, timedelta

from alongside.features.register.models import MeetingCycle


def next_start(cycle: MeetingCycle, last: date | None, today: date) -> date:
    """The first day of the cycle that is today or later, and later than the last meeting that has a day."""
    weeks = timedelta(weeks=cycle.every_weeks)
    on = cycle.first_on
    earliest = max(today, last + timedelta(days=1)) if last else today
    if on < earliest:
        on += weeks * -(-(earliest - on).days // weeks.days)
    return on
