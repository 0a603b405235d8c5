"""A calendar file of one review (RFC 5545): its time and place, and nothing about anybody."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpResponse

from alongside.features.reviews.models import PlannedReview


def calendar_file(planned: PlannedReview, at: datetime) -> HttpResponse:
    """To save in a calendar. It never says whose review it is."""
    assert planned.starts_at is not None
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_plain(settings.NEUTRAL_NAME)}//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:review-{planned.pk}@calendar.invalid",
        f"SEQUENCE:{planned.version}",
        f"DTSTAMP:{_stamp(at)}",
        f"DTSTART:{_stamp(planned.starts_at)}",
        f"DTEND:{_stamp(planned.starts_at + timedelta(minutes=planned.minutes))}",
        f"SUMMARY:{_plain(settings.NEUTRAL_NAME)}",
        f"LOCATION:{_plain(planned.place)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    answer = HttpResponse(
        "".join(f"{part}\r\n" for line in lines for part in _folded(line)), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    answer["Cache-Control"] = "no-store"
    return answer


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets; those that go on begin with a space."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 73:
            parts.append(part)
            part = " "
        part += letter
    return [*parts, part]
