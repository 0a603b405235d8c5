"""What is due about where somebody lives: a notice that was given, and visits to a residential placement."""

from datetime import date

from ..concerns import CareFacts, NoticeFacts
from ..counting import day_in_words, days_after, local_day
from ..rules import computes
from .duty import Owner
from .planned_reviews import not_on_working_days
from .reckoning import Reckoning, admitted_at, known_from, shows_before

RESIDENTIAL_STAYS = ("residential_school", "residential_home")
RESIDENTIAL = ("residential_52", "residential_38")


def placement_duties(r: Reckoning) -> None:
    """Each notice until somebody lives somewhere; and for whoever is on a register, the next visit."""
    care = r.facts.concerns
    if care is not None:
        for notice in care.notices:
            _notice(r, notice)
        for event, on in care.unfollowed:
            _unfollowed(r, event, on)
    if r.open_entries:
        _visits(r, care)


@computes("placement_notice_followed")
def _unfollowed(r: Reckoning, event: int, on: date) -> None:
    """It stops mattering after three months: by then somebody lives somewhere."""
    rule, due = r.clock("placement_notice_followed", on)
    r.add(
        rule,
        f"notice_followed:lifeevent:{event}",
        "Write down until when they can stay, and who looks for a place",
        f"Notice was given on their placement on {day_in_words(on)}. It is followed within {rule.length_in_words}.",
        due=due,
        shows=on,
        ends=days_after(on, 92),
        owner=r.keyworker_or("keyworking"),
        doing="follow_notice",
        topic="placement",
        subject="lifeevent",
        subject_id=event,
    )


@computes("placement_searched", "placement_last_day", "placement_found")
def _notice(r: Reckoning, one: NoticeFacts) -> None:
    """Somewhere to live before the last day; another place asked each week; and what happens if there is none."""
    owner = Owner("actor", one.lead_id) if one.lead_id else r.keyworker_or("keyworking")

    def add(key: str, rule_key: str, what: str, why: str, due: date, shows: date, breach: date | None = None) -> None:
        r.add(
            r.ruleset.in_force(rule_key, due),
            f"{key}:notice:{one.id}",
            what,
            why,
            due=due,
            shows=shows,
            breach=breach,
            owner=owner,
            doing="open_placement",
            topic="placement",
            subject="placement_notice",
            subject_id=one.id,
        )

    last = day_in_words(one.ends_on)
    why = f"They can stay at {one.place} until {last}. Notice was given on {day_in_words(one.given_on)}."
    add(f"placement_found:{one.ends_on.isoformat()}", "placement_found", f"Find somewhere to live before {last}", why,
        one.ends_on, one.given_on)  # fmt: skip
    asked = max(one.searched_on or one.given_on, one.given_on)
    rule, due = r.clock("placement_searched", asked)
    if due <= one.ends_on:
        said = (
            f"The last place was asked on {day_in_words(asked)}" if one.searched_on else "No place has been asked yet"
        )
        why = f"{said}; another is asked, or asked again, within {rule.length_in_words}. They can stay until {last}."
        add(f"placement_searched:{asked.isoformat()}", "placement_searched", "Ask another place", why, due,
            shows_before(asked, due))  # fmt: skip
    if not one.has_plan:
        before = r.ruleset.in_force("placement_last_day", one.ends_on).period
        day = max(days_after(one.ends_on, -before.number), one.given_on)
        why = f"The last day is {last}. {before} before, it stands where they go if no place is found."
        add("placement_last_day", "placement_last_day", "Write down what happens on the last day", why, day,
            max(one.given_on, days_after(day, -7)))  # fmt: skip


@computes("quality_visit")
def _visits(r: Reckoning, care: CareFacts | None) -> None:
    """Whoever lives in a residential placement is visited there: six months after they came, or the last visit."""
    began = _lives_there_since(r)
    if began is None:
        return
    visited = care.visited if care else None
    chosen = None
    base = began
    if visited is not None and visited.on >= began:
        base, chosen = visited.on, visited.again_on
    key, since = r.cycle("quality_visit", base)
    rule, due = r.clock("quality_visit", since)
    if chosen is not None and since == base:
        due = min(due, chosen)
    last = (
        f"Last visited on {day_in_words(base)}" if base != began else f"Nobody has visited since {day_in_words(began)}"
    )
    r.add(
        rule,
        key,
        "Visit them where they live",
        f"{last}. The next visit is due by {day_in_words(due)}: alone with them, the place, and how they are treated."
        f"{not_on_working_days(r, due)}",
        due=due,
        shows=shows_before(since, due),
        owner=r.keyworker_or("keyworking"),
        doing="record_quality_visit",
        topic="placement",
        subject="person",
        subject_id=r.facts.person_id,
    )


def _lives_there_since(r: Reckoning) -> date | None:
    """Since when they are in a residential placement, as far as this register could know; None if they are not."""
    known = known_from(r.open_entries[0])
    days = [local_day(admitted_at(stay)) for stay in r.facts.stays if stay.kind in RESIDENTIAL_STAYS and stay.is_open]
    days += [one.from_date or known for one in r.facts.circumstances if one.kind in RESIDENTIAL and one.to_date is None]
    return max(min(days), known) if days else None
