"""Stepping down, an ending that leaves nobody alone, one question afterwards, and a lead in adult services."""

from datetime import date

from ..counting import as_utc, birthday, count, day_in_words, days_after, local_day, months_after
from ..facts import AllocationFacts, EndingFacts, EntryFacts, StepDownFacts
from ..rules import computes
from ..stepping_down import NOT_ASKED, REASONS, every, step_on
from .reckoning import Reckoning, known_from, latest_consent, shows_before
from .register import current_rating

AFTERWARDS = "afterwards"
PAGE = "open_step_down"


def stepping_down_duties(r: Reckoning) -> None:
    """Also for whoever has left the register: an ending is not over when the entry is."""
    named = [one for one in r.facts.allocations if one.role == "designated"]
    going_on = [one for one in named if one.to_date is None]
    ending = r.facts.ending
    if r.open_entries and r.consent is not None and r.consent.answer == "given":
        if going_on:
            _while_it_goes_on(r, max(going_on, key=_begun))
        else:
            _told(r, [one for one in named if one.to_date is not None])
        _adult_lead(r)
    elif going_on and not r.open_entries:
        _off_register(r)
    if ending is not None and not going_on:
        _afterwards(r, ending)


def _begun(one: AllocationFacts) -> tuple[date, int]:
    return one.from_date or date.min, one.id


def _while_it_goes_on(r: Reckoning, worker: AllocationFacts) -> None:
    if r.facts.step_down is not None:
        _ends(r, r.facts.step_down)
        return
    entry = r.open_entries[0]
    rating = current_rating(entry)
    if rating is not None and rating.colour == "green":
        _consider(r, entry, worker)


@computes("step_down_considered")
def _consider(r: Reckoning, entry: EntryFacts, worker: AllocationFacts) -> None:
    """From the first day of this stretch of green with this keyworker, or from when the register knew of both."""
    green = _green_since(entry)
    base = max(green, worker.from_date or green, known_from(entry))
    key, begins = r.cycle(f"step_down_considered:person:{r.facts.person_id}", base)
    rule, due = r.clock("step_down_considered", begins)
    r.add(
        rule,
        key,
        "Look at whether contact can become less",
        f"Green with a keyworker since {day_in_words(base)}; after {rule.length} it is looked at whether to step down.",
        due=due,
        shows=shows_before(begins, due),
        owner=r.keyworker_or("keyworking"),
        doing=PAGE,
        topic="keyworking",
        subject="person",
        subject_id=r.facts.person_id,
    )


def _green_since(entry: EntryFacts) -> date:
    since = known_from(entry)
    rated = [
        (as_utc(one.rated_at), one.id, one.colour) for one in entry.ratings if one.state == "decided" and one.rated_at
    ]
    for at, _, colour in sorted(rated, reverse=True):
        if colour != "green":
            break
        since = local_day(at)
    return since


@computes("step_down_ends")
def _ends(r: Reckoning, plan: StepDownFacts) -> None:
    r.add(
        r.ruleset.in_force("step_down_ends", plan.ends_on),
        f"step_down_ends:{plan.id}:{plan.ends_on.isoformat()}",
        "End keyworking, or agree why it goes on",
        f"Contact has become less since {day_in_words(plan.starts_on)}; keyworking is planned to end on "
        f"{day_in_words(plan.ends_on)}." + ("" if plan.has_lead else " Nobody is named yet who stays with them."),
        due=plan.ends_on,
        shows=shows_before(plan.starts_on, plan.ends_on),
        owner=r.team("keyworking"),
        doing=PAGE,
        topic="keyworking",
        subject="person",
        subject_id=r.facts.person_id,
    )


@computes("ending_told")
def _told(r: Reckoning, ended: list[AllocationFacts]) -> None:
    """A keyworker ended, nobody follows and nobody need follow: who stays is written down, and told to the family."""
    ended = [one for one in ended if one.to_date is not None and one.to_date >= known_from(r.open_entries[0])]
    if not ended or any(duty.doing == "name_keyworker" for duty in r.duties):
        return
    last = max(ended, key=lambda one: (one.to_date or date.min, one.id))
    assert last.to_date
    if r.facts.ending is not None and r.facts.ending.ended_on >= last.to_date:
        return
    rule, due = r.clock("ending_told", last.to_date)
    r.add(
        rule,
        f"ending_told:allocation:{last.id}:{last.to_date.isoformat()}",
        "Write down who stays with them, and explain the ending",
        f"Their keyworker ended on {day_in_words(last.to_date)} and nobody follows. Who stays, and how the family was "
        f"told, is written down within {rule.length}.",
        due=due,
        shows=last.to_date,
        owner=r.team("keyworking"),
        doing=PAGE,
        topic="keyworking",
        subject="allocation",
        subject_id=last.id,
    )


@computes("off_register_decided")
def _off_register(r: Reckoning) -> None:
    """Two endings, kept apart: whoever left the register first still has somebody who decides about keyworking."""
    left = max((one.removed_on for one in r.facts.entries if one.removed_on), default=None)
    if left is None:
        return
    rule, due = r.clock("off_register_decided", left)
    r.add(
        rule,
        f"off_register:person:{r.facts.person_id}:{left.isoformat()}",
        "End keyworking, or put them back on the register",
        f"They left the register on {day_in_words(left)} and still have a keyworker; "
        f"it is decided within {rule.length}.",
        due=due,
        shows=left,
        owner=r.team("keyworking"),
        doing=PAGE,
        topic="keyworking",
        subject="person",
        subject_id=r.facts.person_id,
    )


@computes("after_question_1", "after_question_2")
def _afterwards(r: Reckoning, ending: EndingFacts) -> None:
    """Once each, with a yes that stands. It stops mattering when the next one is due, the last three months on."""
    agreed = latest_consent(r.facts, AFTERWARDS)
    if agreed is None or agreed.answer != "given" or ending.reason in NOT_ASKED:
        return
    for number in (1, 2):
        if number in ending.asked:
            continue
        rule, on = r.clock(f"after_question_{number}", ending.ended_on)
        r.add(
            rule,
            f"after_question:{number}:ending:{ending.id}",
            "Ask how things are, with one question",
            f"Keyworking ended on {day_in_words(ending.ended_on)} and they agreed to be asked after {rule.length}.",
            due=days_after(on, 7),
            shows=on,
            ends=months_after(on, 3),
            owner=r.team("keyworking"),
            doing="ask_after",
            topic="keyworking",
            subject="ending",
            subject_id=ending.id,
        )


@computes("adult_lead_named")
def _adult_lead(r: Reckoning) -> None:
    """For whoever turns 18 while the register knows of them. It doesn't end by itself."""
    born = r.facts.birth_date
    if born is None or r.facts.has_adult_lead:
        return
    turns, begins = birthday(born, 18), known_from(r.open_entries[0])
    if turns <= begins:
        return
    rule = r.ruleset.in_force("adult_lead_named", turns)
    length = rule.period
    r.add(
        rule,
        f"adult_lead:person:{r.facts.person_id}",
        "Name their lead in adult services",
        f"18th birthday on {day_in_words(turns)}. From {length} before it a person and an organisation are named who "
        "lead in adult services; nobody turns 18 without one.",
        due=days_after(turns, -1),
        breach=days_after(turns, -1),
        shows=max(count(-length.number, length.unit, turns, r.calendar), begins),
        owner=r.keyworker_or("keyworking"),
        doing="name_adult_lead",
        topic="transition",
        subject="person",
        subject_id=r.facts.person_id,
    )


# What other duties say of it


def planned_days(r: Reckoning, on: date) -> int | None:
    """How often contact is planned while stepping down, in days; None where no step holds on that day."""
    plan = r.facts.step_down
    step = step_on(plan.steps, on) if plan is not None else None
    return step.days if step is not None else None


def planned_words(days: int) -> str:
    return f"stepping down, contact is planned {every(days)}"


def consider_again(r: Reckoning) -> str:
    """What each C(E)TR and EHC plan review says of somebody whose keyworking ended (policy reference 4.7); else ''."""
    ending = r.facts.ending
    if ending is None or r.keyworker is not None or ending.reason in ("moved", "died"):
        return ""
    return (
        f" Keyworking ended on {day_in_words(ending.ended_on)} ({REASONS[ending.reason].lower()}): at this review "
        "it is considered whether they need it again."
    )


def was_walked_with(r: Reckoning, turns: date) -> bool:
    """Whether a keyworker who is not theirs any more was it on their 18th birthday, or in the half year before it."""
    before = months_after(turns, -6)
    return (r.consent is not None and r.consent.answer == "given") and any(
        one.role == "designated"
        and (one.from_date is None or one.from_date <= turns)
        and one.to_date is not None
        and one.to_date > before
        for one in r.facts.allocations
    )
