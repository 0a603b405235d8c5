"""Entries and ratings, and what the product does with them by itself."""

from datetime import date, datetime
from typing import Any

from alongside.features.register.models import Colour
from alongside.features.register.moves import FOLLOWS, PROPOSES
from alongside.features.register.operations import is_used_up
from alongside.features.register.text import REMOVALS
from alongside.foundation.topics import Topic
from alongside.policy.ratings import covers
from simulator import history as h
from simulator.lives.living import LOWER, local
from simulator.writing.written import Row, Written


def enter(w: Written, step: h.Enter) -> None:
    before = [entry for entry in w.rows["entry"] if entry["listing"] == step.listing]
    entry = w.fact(
        "entry",
        Topic.REGISTER,
        icb_id=w.icb,
        listing=step.listing,
        entered_on=step.entered_on,
        reason=step.reason,
        came_back_from_id=before[-1]["id"] if before else None,
        version=1,
        removed_on=None,
    )
    words = "Came back to the register." if before else "Put on the register."
    entry_says(w, entry, "entry.made", words)


def entry_says(
    w: Written, entry: Row, code: str, words: str, happened_at: datetime | None = None, /, **detail: Any
) -> None:
    w.say(code, words, Topic.REGISTER, "entry", entry["id"], happened_at, entry["icb_id"], **detail)


def rate(w: Written, step: h.Rate) -> None:
    entry = w.rows["entry"][step.entry - 1]
    rating(
        w,
        entry,
        step.colour,
        "decided",
        "panel",
        step.because,
        decides_id=w.rows["rating"][step.proposal - 1]["id"] if step.proposal else None,
    )
    use_up_plan(entry, w.at)
    entry["version"] += 1
    label = Colour(step.colour).label.lower()
    entry_says(w, entry, "rating.recorded", f"Rated {label}.", colour=step.colour)


def use_up_plan(entry: Row, rated_at: datetime) -> None:
    if is_used_up(entry.get("review_planned_on"), rated_at):
        entry["review_planned_on"] = None


def rating(w: Written, entry: Row, colour: str, standing: str, origin: str, because: str, **values: Any) -> Row:
    rated_at = values.pop("rated_at", w.at)
    return w.fact(
        "rating",
        Topic.REGISTER,
        rated_at,
        entry_id=entry["id"],
        colour=colour,
        standing=standing,
        origin=origin,
        rated_at=rated_at,
        because=because,
        **values,
    )


def propose_after(w: Written, kind: str) -> None:
    """A life event that makes a rule propose a higher rating, unless the same is proposed already."""
    colour, origin, because = PROPOSES[kind]
    for entry in w.rows["entry"]:
        if entry["removed_on"] is not None or covers(pending(w, entry), colour):
            continue
        last = last_decided(w, entry)
        if last is None or last["colour"] in LOWER[colour]:
            rating(w, entry, colour.value, "proposed", origin.value, because)
            words = f"{colour.label} was proposed: {because}"
            entry_says(w, entry, "rating.proposed", words, colour=colour.value)


def pending(w: Written, entry: Row) -> str:
    decided = {rating.get("decides_id") for rating in w.rows["rating"]}
    return next(
        (
            r["colour"]
            for r in reversed(w.rows["rating"])
            if r["entry_id"] == entry["id"] and r["standing"] == "proposed" and r["id"] not in decided
        ),
        "",
    )


def last_decided(w: Written, entry: Row) -> Row | None:
    found = [r for r in w.rows["rating"] if r["entry_id"] == entry["id"] and r["standing"] == "decided"]
    return max(found, key=lambda row: (row["rated_at"], row["id"]), default=None)


def decline(w: Written, step: h.Decline) -> None:
    proposal = w.rows["rating"][step.proposal - 1]
    entry = next(entry for entry in w.rows["entry"] if entry["id"] == proposal["entry_id"])
    rating(w, entry, proposal["colour"], "declined", "panel", step.because, decides_id=proposal["id"])
    entry["version"] += 1
    label = Colour(proposal["colour"]).label.lower()
    entry_says(w, entry, "rating.declined", f"The proposal to rate {label} was not taken up.")


def plan(w: Written, step: h.PlanReview) -> None:
    entry = w.rows["entry"][step.entry - 1]
    entry["review_planned_on"] = step.on
    entry["version"] += 1
    entry_says(w, entry, "review.planned", f"To be looked at again on {step.on:%-d %B %Y}.")


def remove(w: Written, step: h.Remove) -> None:
    entry = w.rows["entry"][step.entry - 1]
    entry["removed_on"], entry["removed_because"] = step.on, step.because
    entry["version"] += 1
    entry_says(w, entry, "entry.removed", "Taken off the register.", because=REMOVALS[step.because])


def rate_after(w: Written, code: str, happened_at: datetime) -> None:
    colour, origin, because = FOLLOWS[code]
    for entry in w.rows["entry"]:
        if entry["removed_on"] is None:
            row = rating(w, entry, colour.value, "decided", origin.value, because, rated_at=happened_at)
            row["recorded_icb_id"] = entry["icb_id"]
            use_up_plan(entry, happened_at)
            entry["version"] += 1
            words = f"Rated {colour.label.lower()}: {because.lower()}"
            entry_says(w, entry, "rating.recorded", words, happened_at, colour=colour.value)


def go_on_in_the_new_area(w: Written) -> None:
    day = local(w.at)
    for allocation in w.rows["allocation"]:
        allocation["to_date"] = allocation["to_date"] or day
    for old in [entry for entry in w.rows["entry"] if entry["removed_on"] is None]:
        entry_moves(w, old, day)


def entry_moves(w: Written, old: Row, day: date) -> None:
    last = last_decided(w, old)
    old |= {"removed_on": max(day, old["entered_on"]), "removed_because": "moved_area"}
    old["version"] += 1
    new = w.fact(
        "entry",
        Topic.REGISTER,
        icb_id=w.icb,
        listing=old["listing"],
        entered_on=day,
        reason=old["reason"],
        came_back_from_id=old["id"],
        version=1,
        removed_on=None,
    )
    if last:
        because = "Carried over from the area before."
        rating(w, new, last["colour"], "decided", "import", because, rated_at=last["rated_at"])
    entry_says(w, new, "entry.moved", "Their place on the register moved with them.")
