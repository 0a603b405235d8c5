"""What people do with a register. Each is called inside `recording()`."""

from datetime import date, datetime
from typing import Any

from alongside.features.people.checks import check_after_birth
from alongside.features.people.models import Person
from alongside.features.register.access import check_may_rate, check_may_run_register
from alongside.features.register.lifecycle import check_floor, check_look, check_open, check_version
from alongside.features.register.models import Colour, Rating, ReferrerView, RegisterEntry
from alongside.features.register.text import REMOVALS
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.decision import Decision
from alongside.policy.ratings import covers

_PROVISIONALLY = "Put on the register provisionally: nobody has been asked yet."


def _stamp(note: Notes, person: Person, **values: Any) -> dict[str, Any]:
    return {
        "person": person,
        "topic": Topic.REGISTER,
        "recorded_icb_id": person.icb_id,
        "recorded_by_id": note.by.id,
        "recorded_at": note.at,
        "happened_at": note.at,
    } | values


def _say(note: Notes, entry: RegisterEntry, code: str, words: str, **detail: Any) -> None:
    note(
        code,
        words=words,
        person_id=entry.person_id,
        icb_id=entry.icb_id,
        topic=Topic.REGISTER,
        subject="entry",
        subject_id=entry.pk,
        **detail,
    )


def enter_register(
    note: Notes, *, person: Person, listing: str, entered_on: date, reason: str = "", by: Me, **values: Any
) -> RegisterEntry:
    """Puts a person on the register of the ICB that holds them. Raises NotNow if they are on it."""
    check_may_run_register(by, person.icb_id)
    check_after_birth(person, entered_on)
    if RegisterEntry.objects.filter(person=person, icb_id=person.icb_id, listing=listing, removed_on=None).exists():
        raise NotNow("on_register", f"{person.shown_name} is already on this register.")
    before = RegisterEntry.objects.filter(person=person, listing=listing).order_by("id").last()
    entry = RegisterEntry.objects.create(
        **_stamp(note, person, icb_id=person.icb_id, listing=listing, entered_on=entered_on, reason=reason),
        came_back_from=before,
        **values,
    )
    _say(note, entry, "entry.made", "Came back to the register." if before else "Put on the register.")
    return entry


def enter_unasked(
    note: Notes, *, person: Person, entered_on: date, reason: str, not_registered_before_admission: bool
) -> RegisterEntry:
    """A provisional entry in an emergency, by whoever told us of it: nobody has been asked or has decided yet.

    As the engine. The mark that they were on no register before an admission can never be taken off.
    """
    before = RegisterEntry.objects.filter(person=person, listing="child").order_by("id").last()
    entry = RegisterEntry.objects.create(
        **_stamp(note, person, icb_id=person.icb_id, listing="child", entered_on=entered_on, reason=reason[:500]),
        came_back_from=before,
        provisional=True,
        not_registered_before_admission=not_registered_before_admission,
    )
    _say(note, entry, "entry.made", "Came back to the register provisionally." if before else _PROVISIONALLY)
    return entry


def rate(
    note: Notes,
    *,
    entry: RegisterEntry,
    colour: str,
    because: str,
    by: Me,
    demanded: Decision,
    version: int | None = None,
    rated_at: datetime | None = None,
    proposal: Rating | int | None = None,
    review_on: date | None = None,
    latest_look: Decision | None = None,
    origin: str = Rating.Origin.PERSON,
    **values: Any,
) -> Rating:
    """A named person decides a colour. The tool's suggestion and the reason to differ travel in `values`.

    `entry` is locked by the caller (`queries.lock_entry`). Raises NotNow when the entry is closed, when
    somebody decided since the form was opened, or when a floor blocks the colour. `demanded` is what the
    rules say of the floor (`policy.ratings.floor`). `proposal` is decided by this; `review_on` plans the next look,
    no later than `latest_look` says (`policy.duties.latest_look`).
    """
    check_may_rate(by, entry.icb_id)
    check_open(entry)
    check_version(entry, version)
    moment = rated_at or note.at
    check_floor(colour, demanded)
    check_look(review_on, latest_look)
    if values.get("suggested") and values["suggested"] != colour and not values.get("override_because"):
        raise NotNow("override", "Say why your decision differs from what the tool suggests.")
    rating = Rating.objects.create(
        **_stamp(note, entry.person, happened_at=moment),
        entry=entry,
        colour=colour,
        standing=Rating.Standing.DECIDED,
        origin=origin,
        rated_at=moment,
        because=because,
        decides_id=proposal.pk if isinstance(proposal, Rating) else proposal,
        **values,
    )
    if review_on or is_used_up(entry.review_planned_on, moment):
        entry.review_planned_on = review_on
        _touch(entry, "review_planned_on")
    else:
        _touch(entry)
    _say(note, entry, "rating.recorded", f"Rated {Colour(colour).label.lower()}.", colour=colour)
    return rating


def is_used_up(planned: date | None, rated_at: datetime) -> bool:
    """A planned look is used up by a rating on its day or later."""
    return planned is not None and planned <= rated_at.astimezone(LONDON).date()


def propose_rating(note: Notes, *, entry: RegisterEntry, colour: str, because: str, origin: str) -> Rating | None:
    """A rule proposes; it stays pending until a person decides. Not made beside one that is the same or higher."""
    pending = pending_proposal(entry)
    if pending and covers(pending.colour, colour):
        return None
    rating = Rating.objects.create(
        **_stamp(note, entry.person),
        entry=entry,
        colour=colour,
        standing=Rating.Standing.PROPOSED,
        origin=origin,
        rated_at=note.at,
        because=because,
    )
    _say(note, entry, "rating.proposed", f"{Colour(colour).label} was proposed: {because}", colour=colour)
    return rating


def decline_proposal(note: Notes, *, proposal: Rating, because: str, by: Me) -> Rating:
    """A person decides that the proposed colour is not right, and says why."""
    check_may_rate(by, proposal.entry.icb_id)
    if Rating.objects.filter(decides=proposal).exists():
        raise NotNow("decided", "Somebody has already decided on this proposal.")
    if not because.strip():
        raise NotNow("because", "Say why the proposed rating is not right.")
    declined = Rating.objects.create(
        **_stamp(note, proposal.entry.person),
        entry=proposal.entry,
        colour=proposal.colour,
        standing=Rating.Standing.DECLINED,
        origin=Rating.Origin.PERSON,
        rated_at=note.at,
        because=because,
        decides=proposal,
    )
    _touch(proposal.entry)
    colour = Colour(proposal.colour).label.lower()
    _say(note, proposal.entry, "rating.declined", f"The proposal to rate {colour} was not taken up.")
    return declined


def pending_proposal(entry: RegisterEntry) -> Rating | None:
    """The newest proposal that nobody has decided on."""
    return Rating.objects.filter(entry=entry, standing=Rating.Standing.PROPOSED, decision=None).order_by("-id").first()


def plan_review(note: Notes, *, entry: RegisterEntry, on: date, by: Me, latest: Decision | None = None) -> None:
    """Says on which day this entry is looked at next, no later than `latest` says (`policy.duties.latest_look`)."""
    check_may_rate(by, entry.icb_id)
    check_open(entry)
    check_look(on, latest)
    entry.review_planned_on = on
    _touch(entry, "review_planned_on")
    _say(note, entry, "review.planned", f"To be looked at again on {on:%-d %B %Y}.")


def record_referrers_view(note: Notes, *, entry: RegisterEntry, colour: str, said_by: str) -> ReferrerView:
    """The colour a referrer had in mind, beside the rating and never instead of it."""
    view = ReferrerView.objects.create(**_stamp(note, entry.person), entry=entry, colour=colour, said_by=said_by)
    _say(note, entry, "referrer.view", f"{said_by} thinks {Colour(colour).label.lower()}.")
    return view


def remove(note: Notes, *, entry: RegisterEntry, on: date, because: str, detail: str = "", by: Me) -> None:
    """Takes a person off the register. The record stays; retention begins; coming back is easy."""
    check_may_run_register(by, entry.icb_id)
    check_open(entry)
    entry.removed_on, entry.removed_because, entry.removed_detail = on, because, detail
    _touch(entry, "removed_on", "removed_because", "removed_detail")
    _say(note, entry, "entry.removed", "Taken off the register.", because=REMOVALS.get(because, because))


def _touch(entry: RegisterEntry, *fields: str) -> None:
    entry.version += 1
    entry.save(update_fields=["version", *fields])
