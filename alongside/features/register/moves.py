"""Ratings that follow an event at once, in the name of whoever recorded it.

Admission makes blue, discharge makes red. Source: policy reference 3.4 (automatic rating moves), local
practice, configurable. Every other rule proposes and waits for a person.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from alongside.features.people.models import Circumstance, Fact, LifeEvent
from alongside.features.register.models import Colour, Rating, RegisterEntry
from alongside.features.register.operations import is_used_up, propose_rating
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.ratings import NEWS, News, find_news, proposed_by

FOLLOWS = {
    "stay.admitted": (Colour.BLUE, Rating.Origin.ADMISSION, "Admitted to hospital."),
    "stay.discharged": (Colour.RED, Rating.Origin.DISCHARGE, "Discharged from hospital."),
}


def _origin_of(news: News) -> Rating.Origin:
    return Rating.Origin.NOTICE if news.kind == "placement_notice" else Rating.Origin.CIRCUMSTANCE


#: What a life event of a kind proposes, how the rating came about, and why.
PROPOSES = {
    news.kind: (Colour(news.colour), _origin_of(news), news.because) for news in NEWS if news.fact == "lifeevent"
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
            if is_used_up(entry.review_planned_on, event.happened_at or notes.at):
                entry.review_planned_on = None
            entry.version += 1
            entry.save(update_fields=["version", "review_planned_on"])
            notes(
                "rating.recorded",
                words=f"Rated {colour.label.lower()}: {because.lower()}",
                person_id=entry.person_id,
                icb_id=entry.icb_id,
                topic=Topic.REGISTER,
                subject="entry",
                subject_id=entry.pk,
                happened_at=event.happened_at,
                colour=colour,
            )


def propose_after_news(notes: Notes) -> None:
    """A notice or a change of circumstances proposes a higher rating; it waits until a person decides."""
    for event in list(notes.events):
        news, since = _news_of(event)
        if news is None:
            continue
        for entry in RegisterEntry.objects.filter(person_id=event.person_id, removed_on=None):
            last = Rating.objects.filter(entry=entry, standing=Rating.Standing.DECIDED).order_by("-rated_at", "-id")
            rated = last.values_list("colour", flat=True).first() or ""
            proposed = proposed_by(news, rated=rated, entered_on=entry.entered_on, since=since)
            if proposed.value:
                origin = _origin_of(news)
                propose_rating(notes, entry=entry, colour=proposed.value, because=proposed.because, origin=origin)


_FACTS: dict[str, type[Fact]] = {"circumstance": Circumstance, "lifeevent": LifeEvent}


def _news_of(event: Event) -> tuple[News | None, date | None]:
    """What an event tells that may propose a rating, and since when it is so where that is known."""
    fact, _, happened = event.code.partition(".")
    if fact not in _FACTS or happened not in ("recorded", "corrected"):
        return None, None
    news = find_news(fact, event.detail.get("kind", ""))
    if happened == "recorded" and (news is None or fact == "lifeevent"):
        return news, None
    row: Any = _FACTS[fact].objects.select_related("supersedes").filter(pk=event.subject_id).first()
    if row is None:
        return news, None
    if happened == "corrected":
        news = find_news(fact, row.kind) if row.kind != row.supersedes.kind else None
    return (None if _is_old(row) else news), getattr(row, "from_date", None)


def _is_old(row: Any) -> bool:
    """A circumstance that has ended, or that stood on the record already, is no news."""
    if not isinstance(row, Circumstance):
        return False
    same = Circumstance.objects.filter(person_id=row.person_id, kind=row.kind, superseded_by=None, to_date=None)
    return row.to_date is not None or same.filter(pk__lt=row.pk).exists()


def move_entries(notes: Notes) -> None:
    """Who moves to another ICB stays on a register: the old entry closes and one opens there in the same act.

    The colour is carried over, so that nobody is unrated because they moved; the new area reviews it.
    """
    for event in list(notes.events):
        if event.code != "person.accepted":
            continue
        day = notes.at.astimezone(LONDON).date()
        records = Q(person_id=event.person_id) | Q(person__survivor_id=event.person_id)
        for old in RegisterEntry.objects.filter(records, removed_on=None).exclude(icb_id=event.icb_id):
            last = Rating.objects.filter(entry=old, standing=Rating.Standing.DECIDED).order_by("rated_at", "id").last()
            old.removed_on, old.removed_because = max(day, old.entered_on), "moved_area"
            old.version += 1
            old.save(update_fields=["removed_on", "removed_because", "version"])
            stamp = {
                "person_id": old.person_id,
                "topic": Topic.REGISTER,
                "recorded_icb_id": event.icb_id,
                "recorded_by_id": notes.by.id,
                "recorded_at": notes.at,
            }
            new = RegisterEntry.objects.create(
                **stamp,
                happened_at=notes.at,
                icb_id=event.icb_id,
                listing=old.listing,
                entered_on=day,
                reason=old.reason,
                provisional=old.provisional,
                not_registered_before_admission=old.not_registered_before_admission,
                came_back_from=old,
            )
            if last:
                Rating.objects.create(
                    **stamp,
                    happened_at=last.rated_at,
                    entry=new,
                    colour=last.colour,
                    standing=Rating.Standing.DECIDED,
                    origin=Rating.Origin.IMPORT,
                    rated_at=last.rated_at,
                    because="Carried over from the area before.",
                )
            notes(
                "entry.moved",
                words="Their place on the register moved with them.",
                person_id=old.person_id,
                icb_id=event.icb_id,
                topic=Topic.REGISTER,
                subject="entry",
                subject_id=new.pk,
            )
