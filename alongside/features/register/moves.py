"""Ratings that follow an event at once, in the name of whoever recorded it.

Admission makes blue, discharge makes red. Source: policy reference 3.4 (automatic rating moves), local
practice, configurable. Every other rule proposes and waits for a person.
"""

from alongside.features.register.models import Colour, Rating, RegisterEntry
from alongside.features.register.operations import propose_rating
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

FOLLOWS = {
    "stay.admitted": (Colour.BLUE, Rating.Origin.ADMISSION, "Admitted to hospital."),
    "stay.discharged": (Colour.RED, Rating.Origin.DISCHARGE, "Discharged from hospital."),
}
PROPOSES = {
    "placement_notice": (Colour.RED, Rating.Origin.NOTICE, "Notice was given on the placement."),
    "exclusion": (Colour.AMBER, Rating.Origin.CIRCUMSTANCE, "Excluded from school."),
}


def rate_after_hospital(notes: Notes) -> None:
    """Runs in the same transaction as the event. Entries of the person's open registers are rated."""
    for event in list(notes.events):
        follows = FOLLOWS.get(event.code)
        if not follows or not event.detail.get("mental_health"):
            continue
        colour, origin, because = follows
        for entry in RegisterEntry.objects.filter(person_id=event.person_id, removed_on=None):
            Rating.objects.create(
                entry=entry,
                person_id=entry.person_id,
                topic=Topic.REGISTER,
                recorded_icb_id=entry.icb_id,
                recorded_by_id=notes.by.id,
                recorded_at=notes.at,
                happened_at=event.happened_at,
                colour=colour,
                standing=Rating.Standing.DECIDED,
                origin=origin,
                rated_at=event.happened_at,
                because=because,
            )
            entry.version += 1
            entry.save(update_fields=["version"])


_LOWER = {Colour.RED: (Colour.AMBER, Colour.GREEN), Colour.AMBER: (Colour.GREEN,)}


def propose_after_news(notes: Notes) -> None:
    """A notice or a change of circumstances proposes a higher rating; it waits until a person decides."""
    for event in list(notes.events):
        proposed = PROPOSES.get(event.detail.get("kind", "")) if event.code == "lifeevent.recorded" else None
        if not proposed:
            continue
        colour, origin, because = proposed
        for entry in RegisterEntry.objects.filter(person_id=event.person_id, removed_on=None):
            last = Rating.objects.filter(entry=entry, standing=Rating.Standing.DECIDED).order_by("-rated_at", "-id")
            if last.first() is None or last[0].colour in _LOWER[colour]:
                propose_rating(notes, entry=entry, colour=colour, because=because, origin=origin)
