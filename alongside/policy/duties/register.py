"""What is due because somebody is, or was, on a register."""

from datetime import date, datetime

from ..counting import as_utc, day_in_words, days_after_moment, local_day
from ..facts import EntryFacts, RatingFacts, StayFacts
from ..rules import computes
from .agreement import agreement_duties, retention_duties
from .planned_reviews import has_day_after
from .reckoning import HOSPITAL, Reckoning, admitted_at, known_from, left_at, shows_before
from .stays import CETR, held_day

#: Colours and the rule for their review; anything else is reviewed as often as red, the safest.
REVIEWS = {
    "red": "register_review_red",
    "amber": "register_review_amber",
    "green": "register_review_green",
    "blue": "register_review_blue",
}


def register_duties(r: Reckoning) -> None:
    for entry in r.open_entries:
        rating = current_rating(entry)
        if rating is None:
            _rate_at_once(r, entry)
        else:
            reviewed = review_day(entry, rating)
            _review(r, entry, rating, reviewed)
            _review_date(r, entry, rating, reviewed)
            _rating_follows_hospital(r, entry, rating)
        _proposals(r, entry)
        if entry.provisional:
            _confirm_entry(r, entry)
        moved_at = r.facts.moved_out_at or (r.facts.area_move.left_at if r.facts.area_move else None)
        if moved_at is not None:
            _hand_over(r, entry, moved_at)
    if r.open_entries:
        agreement_duties(r, r.open_entries[0])
    else:
        retention_duties(r)


def current_rating(entry: EntryFacts) -> RatingFacts | None:
    """The latest decided rating; None when there is none yet."""
    decided = [rating for rating in entry.ratings if rating.state == "decided"]
    return max(decided, key=_when_rated, default=None)


def _when_rated(rating: RatingFacts) -> tuple[datetime, int]:
    return (as_utc(rating.rated_at) if rating.rated_at else _LONG_AGO), rating.id


def review_day(entry: EntryFacts, rating: RatingFacts) -> date:
    """The day a rating was last looked at: of its review, else of its recording, else of the entry."""
    if rating.reviewed_on is not None:
        return rating.reviewed_on
    return local_day(rating.rated_at) if rating.rated_at else known_from(entry)


@computes("rating_at_entry")
def _rate_at_once(r: Reckoning, entry: EntryFacts) -> None:
    begins = known_from(entry)
    key, due = r.cycle(f"rate:entry:{entry.id}", begins, lambda day: r.day("register_review_red", day))
    r.add(
        r.ruleset.in_force("rating_at_entry", begins),
        key,
        "Rate the risk of admission",
        f"On the register since {day_in_words(begins)} and not rated yet.",
        due=due,
        shows=due,
        owner=r.keyworker_or(),
        doing="rate",
        topic="register",
        subject="entry",
        subject_id=entry.id,
    )


@computes(*REVIEWS.values())
def _review(r: Reckoning, entry: EntryFacts, rating: RatingFacts, reviewed: date) -> None:
    """Due on the day that is planned for it, where that is sooner than the rule's, which stays the limit."""
    key, begins = r.cycle(f"register_review:entry:{entry.id}", reviewed)
    rule, limit = r.clock(REVIEWS.get(rating.colour, "register_review_red"), begins)
    planned = entry.review_planned_on if entry.review_planned_on and entry.review_planned_on > begins else None
    due = min(planned or limit, limit)
    r.add(
        rule,
        key,
        f"Look again at the {rating.colour} rating",
        f"Rated {rating.colour} and last looked at on {day_in_words(begins)}; "
        f"{rating.colour} is looked at again within {rule.length}"
        + (f" (a review is planned for {day_in_words(planned)})." if planned else "."),
        due=due,
        breach=limit if due < limit else None,
        shows=shows_before(begins, due),
        owner=r.keyworker_or(),
        doing="rate",
        topic="register",
        subject="entry",
        subject_id=entry.id,
    )


@computes("red_review_date")
def _review_date(r: Reckoning, entry: EntryFacts, rating: RatingFacts, reviewed: date) -> None:
    """A planned day that is not after the last review has been used up. A C(E)TR held after it answers it too."""
    planned = entry.review_planned_on
    if rating.colour != "red" or (planned is not None and planned > reviewed) or has_day_after(r, reviewed):
        return
    if any(one.kind in CETR and one.held_at is not None and held_day(one) > reviewed for one in r.facts.reviews):
        return
    if entry.listing != "child":
        return
    r.add(
        r.ruleset.in_force("red_review_date", reviewed),
        f"plan_review_date:entry:{entry.id}:after:{reviewed.isoformat()}",
        "Plan a review date",
        f"Rated red, last looked at on {day_in_words(reviewed)}, and no review is planned after that.",
        due=reviewed,
        shows=reviewed,
        owner=r.keyworker_or(),
        doing="plan_review_date",
        topic="register",
        subject="entry",
        subject_id=entry.id,
    )


@computes("rating_in_hospital", "post_discharge_red")
def _rating_follows_hospital(r: Reckoning, entry: EntryFacts, rating: RatingFacts) -> None:
    """Where the colour and the stays disagree: blue while in hospital, red for a time after discharge."""
    stays = [stay for stay in r.facts.stays if stay.kind == HOSPITAL]
    staying = [stay for stay in stays if stay.is_open]
    if staying:
        if rating.colour != "blue":
            _rate_blue(r, entry, max(staying, key=admitted_at))
        return
    left = max((stay for stay in stays), key=lambda stay: left_at(stay), default=None)
    if left is None:
        if rating.colour == "blue":
            _blue_without_stay(r, entry, rating)
    elif rating.colour != "red" and (rating.rated_at is None or as_utc(rating.rated_at) < left_at(left)):
        _rate_red(r, entry, rating, left)


def _rate_blue(r: Reckoning, entry: EntryFacts, stay: StayFacts) -> None:
    admitted = local_day(admitted_at(stay))
    due = max(admitted, known_from(entry))
    r.add(
        r.ruleset.in_force("rating_in_hospital", due),
        f"rate_blue:entry:{entry.id}:stay:{stay.id}",
        "Rate blue while in hospital",
        f"In a mental health hospital since {day_in_words(admitted)}, and not rated blue.",
        due=due,
        shows=due,
        owner=r.team("register"),
        doing="rate",
        topic="hospital",
        subject="entry",
        subject_id=entry.id,
    )


def _blue_without_stay(r: Reckoning, entry: EntryFacts, rating: RatingFacts) -> None:
    since = max(review_day(entry, rating), known_from(entry))
    r.add(
        r.ruleset.in_force("rating_in_hospital", since),
        f"blue_without_stay:rating:{rating.id}",
        "Record the hospital stay, or rate again",
        f"Rated blue, which means in hospital, on {day_in_words(since)}, but no hospital stay is recorded.",
        due=since,
        shows=since,
        owner=r.team("register"),
        doing="rate",
        topic="hospital",
        subject="entry",
        subject_id=entry.id,
    )


def _rate_red(r: Reckoning, entry: EntryFacts, rating: RatingFacts, stay: StayFacts) -> None:
    discharged = local_day(left_at(stay))
    rule, until = r.clock("post_discharge_red", discharged)
    ends = days_after_moment(left_at(stay), (until - discharged).days)
    r.add(
        rule,
        f"rate_red:entry:{entry.id}:stay:{stay.id}",
        "Rate red after discharge",
        f"Left hospital on {day_in_words(discharged)} and still rated {rating.colour}; "
        f"red is kept for at least {rule.length} after discharge.",
        due=discharged,
        shows=left_at(stay),
        ends=None if rating.colour == "blue" else ends,
        owner=r.keyworker_or(),
        doing="rate",
        topic="hospital",
        subject="entry",
        subject_id=entry.id,
    )


@computes("change_looked_at")
def _proposals(r: Reckoning, entry: EntryFacts) -> None:
    """A proposed rating waits for a person to decide."""
    for rating in entry.ratings:
        if rating.state != "proposed":
            continue
        begins = local_day(rating.rated_at) if rating.rated_at else known_from(entry)
        rule, due = r.clock("change_looked_at", begins)
        r.add(
            rule,
            f"decide_rating:rating:{rating.id}",
            f"Decide on the proposed {rating.colour} rating",
            f"{rating.colour.capitalize()} was proposed on {day_in_words(begins)} and waits for a decision.",
            due=due,
            shows=begins,
            owner=r.team("register"),
            doing="decide_rating",
            topic="register",
            subject="rating",
            subject_id=rating.id,
        )


@computes("entry_confirmed")
def _confirm_entry(r: Reckoning, entry: EntryFacts) -> None:
    begins = known_from(entry)
    rule, due = r.clock("entry_confirmed", begins)
    r.add(
        rule,
        f"entry_confirmed:entry:{entry.id}",
        "Confirm the place on the register",
        f"On the register provisionally since {day_in_words(begins)}.",
        due=due,
        shows=begins,
        owner=r.team("register"),
        doing="record_done",
        topic="register",
        subject="entry",
        subject_id=entry.id,
    )


@computes("moved_out")
def _hand_over(r: Reckoning, entry: EntryFacts, moved_at: datetime) -> None:
    moved = local_day(moved_at)
    rule, due = r.clock("moved_out", moved)
    r.add(
        rule,
        f"moved_out:entry:{entry.id}",
        "Hand over to the new area",
        f"They were to move out of the area on {day_in_words(moved)}. Nobody else has accepted them: this area is "
        "responsible.",
        due=due,
        shows=as_utc(moved_at),
        owner=r.team("register"),
        doing="open_move",
        topic="register",
        subject="person",
        subject_id=r.facts.person_id,
    )


_LONG_AGO = as_utc(datetime(1, 1, 2))
