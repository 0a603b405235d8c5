"""Nobody red, amber or blue without a named keyworker, nor anybody else to whom the area gives one, nor anybody for
whom one is authorised outside the rules."""

from datetime import date

from ..counting import as_utc, day_in_words, days_after, local_day, start_of_day
from ..facts import EntryFacts, OutsideFacts
from ..rules import Ruleset, computes
from .keyworking_also import Days, days_of_extensions, name_for_extensions, naming
from .reckoning import Reckoning, known_from, last_day, latest_consent
from .register import current_rating

#: Colours and the rule for how soon a keyworker is named.
NAMED_WITHIN = {
    "red": "keyworker_allocation_red",
    "blue": "keyworker_allocation_red",
    "amber": "keyworker_allocation_amber",
    "green": "keyworker_allocation_amber",
}
#: Ratings with a keyworker where the area says nothing of its own (rules of entry, `keyworker_ratings`).
USUAL = ("red", "blue", "amber")
NO = ("refused", "withdrawn")


@computes(*NAMED_WITHIN.values())
def keyworking_duties(r: Reckoning) -> None:
    """Due by the area's own time; a breach of what keyworking promises from the first day.

    Without agreement to the register, that is asked for first; whoever said no to keyworking is asked by nobody.
    """
    if r.consent is None or r.consent.answer != "given":
        return
    agreed = latest_consent(r.facts, "keyworking")
    if agreed is not None and agreed.answer in NO:
        return
    if r.facts.outside is not None:
        _goes_on(r, r.facts.outside)
    named = [one for one in r.facts.allocations if one.role == "designated"]
    if any(one.to_date is None for one in named):
        return
    ended = max((one.to_date for one in named if one.to_date), default=date.min)
    given = _by_the_rules(r, ended)
    if r.open_entries and (also := days_of_extensions(r)):
        name_for_extensions(r, _named_within(r), _left_out(also, given), ended)
        given += also
    if r.facts.outside is not None:
        _name_outside(r, r.facts.outside, ended, given)


def _named_within(r: Reckoning) -> str:
    """The rule for how soon one is named whom the rating alone gives none."""
    rating = current_rating(r.open_entries[0])
    return NAMED_WITHIN.get(rating.colour if rating else "", "keyworker_allocation_amber")


def _by_the_rules(r: Reckoning, ended: date) -> list[Days]:
    """Named within the area's time in the days in which the rules say so. Those days."""
    for entry in r.open_entries:
        rating = current_rating(entry)
        if rating is None:
            continue
        found = _stretches(r.ruleset, rating.colour)
        for first, last, colours in found:
            begins = max(_since(entry, colours), first, ended)
            if last is None or begins < last:
                _name(r, entry, rating.colour, begins, last, colours)
        if found:
            return [(first, last) for first, last, _ in found]
    return []


def _name(
    r: Reckoning, entry: EntryFacts, colour: str, begins: date, last: date | None, colours: tuple[str, ...]
) -> None:
    rule, due = r.clock(NAMED_WITHIN[colour], begins)
    named = naming(r, begins)
    r.add(
        rule,
        f"name_keyworker:entry:{entry.id}:since:{begins.isoformat()}",
        named.what,
        f"Rated {colour} and without a named keyworker since {day_in_words(begins)}. "
        f"Everybody {_listed(colours)} has one; one is named within {rule.length}.{named.because}",
        due=max(due, named.from_day),
        shows=begins,
        breach=start_of_day(begins),
        ends=start_of_day(last) if last else None,
        owner=r.team("keyworking"),
        doing="name_keyworker",
        topic="keyworking",
        subject="entry",
        subject_id=entry.id,
    )


def _name_outside(r: Reckoning, outside: OutsideFacts, ended: date, by_the_rules: list[Days]) -> None:
    """In the days that the rules leave out. What keyworking promises to everybody is not broken by its being late."""
    entry = r.open_entries[0]
    until, end = day_in_words(outside.until), days_after(outside.until, 1)
    for first, last in _left_out([(outside.since, end)], by_the_rules):
        begins = max(first, known_from(entry), ended)
        if begins >= (last or end):
            continue
        rule, due = r.clock(_named_within(r), begins)
        named = naming(r, begins)
        r.add(
            rule,
            f"name_keyworker:outside:{outside.id}:since:{begins.isoformat()}",
            named.what,
            f"A keyworker is authorised for them outside the rules until {until}, and since {day_in_words(begins)} "
            f"none is named; one is named within {rule.length}.{named.because}",
            due=max(due, named.from_day),
            shows=begins,
            ends=start_of_day(last or end),
            owner=r.team("keyworking"),
            doing="name_keyworker",
            topic="keyworking",
            subject="entry",
            subject_id=entry.id,
        )


def _left_out(whole: list[Days], taken: list[Days]) -> list[Days]:
    """What is left of some days where others are taken out of them."""
    left = whole
    for begins, ends in taken:
        left = [
            (first, last)
            for one, end in left
            for first, last in ((one, min(end or begins, begins)), (max(one, ends) if ends else end, end))
            if first is not None and (last is None or first < last)
        ]
    return left


@computes("outside_rules_decided")
def _goes_on(r: Reckoning, outside: OutsideFacts) -> None:
    """Whether they have a keyworker or wait for one: nobody's keyworker comes to an end because nobody looked."""
    rule = r.ruleset.in_force("outside_rules_decided", outside.until)
    ahead = last_day(rule, outside.until, r.calendar) - outside.until
    r.add(
        rule,
        f"outside_rules:{outside.id}:until:{outside.until.isoformat()}",
        "Decide whether the exception goes on",
        f"A keyworker is authorised for them outside the rules until {day_in_words(outside.until)}.",
        due=outside.until,
        shows=max(outside.since, days_after(outside.until, -ahead.days)),
        owner=r.team("keyworking"),
        doing="decide_exception",
        topic="keyworking",
        subject="person",
        subject_id=r.facts.person_id,
    )


def _listed(colours: tuple[str, ...]) -> str:
    """'red, amber or blue', in the order in which they are always said."""
    *rest, last = [colour for colour in ("red", "amber", "blue", "green") if colour in colours]
    return f"{', '.join(rest)} or {last}" if rest else last


def _stretches(ruleset: Ruleset, colour: str) -> list[tuple[date, date | None, tuple[str, ...]]]:
    """The stretches in which the area gives this colour a keyworker: first day, first day after it, and the colours."""
    found: list[tuple[date, date | None, tuple[str, ...]]] = []
    for begins, colours in ((date.min, USUAL), *ruleset.keyworker_ratings):
        goes_on = bool(found) and found[-1][1] is None
        if colour in colours:
            found.append((found.pop()[0] if goes_on else begins, None, colours))
        elif goes_on:
            found[-1] = (found[-1][0], begins, found[-1][2])
    return found


def _since(entry: EntryFacts, colours: tuple[str, ...]) -> date:
    """The first day of the stretch of these colours that goes on now; never before the register could know."""
    since = first = known_from(entry)
    rated = [
        (as_utc(one.rated_at), one.id, one.colour) for one in entry.ratings if one.state == "decided" and one.rated_at
    ]
    for at, _, colour in sorted(rated, reverse=True):
        if colour not in colours:
            break
        since = local_day(at)
    return max(first, since)
