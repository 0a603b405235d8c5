"""Contact with a young person and their family, what others promised, and appointments nobody has written up.

First contact and first visit count from the day a keyworker was named (row 43), then contact goes on by colour. Who
was seen is counted apart from who was only heard of: a contact with the family is none with the young person.
"""

from dataclasses import dataclass
from datetime import date

from ..counting import Calendar, day_in_words, days_after, hours_after, local_day
from ..decision import Decision
from ..facts import AllocationFacts, AppointmentFacts, EntryFacts, PromiseFacts
from ..rules import Ruleset, computes
from .duty import Owner
from .keyworking import NO
from .matters import Matter, MatterFacts, about
from .reckoning import SHOWS_AT_LEAST, Reckoning, known_from, last_day, latest_consent, shows_before
from .register import current_rating
from .stepping_down import planned_days, planned_words

#: Colours that share a rule.
GROUP = {"red": "red", "blue": "red", "amber": "amber", "green": "green"}
#: How long after its beginning an appointment is taken to be over (hours).
APPOINTMENT_LASTS = 1
#: Longer than this, what was promised is not told in what is due.
MOST_WORDS = 120
#: Who promised it, where it is a next step of our own.
OURS = "We"
COMPUTED = (
    *(f"keyworker_{step}_{group}" for step in ("contact", "visit") for group in ("red", "amber")),
    *(f"contact_{group}" for group in ("red", "amber", "green")),
    *(f"seen_{group}" for group in ("red", "amber")),
    "step_down_contact",
)


def contact_duties(r: Reckoning) -> None:
    """What is due about contact of whoever has a keyworker, and about every open promise and appointment."""
    for promise in r.facts.promises:
        _chase(r, promise)
    for appointment in r.facts.appointments:
        _write_up(r, appointment)
    if r.keyworker is None or _said_no(r):
        return
    named = [one for one in r.facts.allocations if one.role == "designated" and one.to_date is None]
    worker = max(named, key=lambda one: (one.from_date or date.min, one.id))
    for entry in r.open_entries:
        rating = current_rating(entry)
        if rating is not None and rating.colour in GROUP:
            _in_touch(r, entry, worker, GROUP[rating.colour])
            return


#: Keyworking has an agreement of its own, given before the work starts (policy reference 4.2).
ASK_FIRST = " Nobody has written down yet whether they want a keyworker: ask that first."


def _asks_first(r: Reckoning, step: str) -> str:
    if step != "contact":
        return ""
    agreed = latest_consent(r.facts, "keyworking")
    return "" if agreed is not None and agreed.answer == "given" else ASK_FIRST


def _said_no(r: Reckoning) -> bool:
    agreed = latest_consent(r.facts, "keyworking")
    return agreed is not None and agreed.answer in NO


def _in_touch(r: Reckoning, entry: EntryFacts, worker: AllocationFacts, group: str) -> None:
    """First contact and visit; afterwards, or where the register knew of the keyworker already, how often."""
    known = known_from(entry)
    since = max(worker.from_date or known, known)
    # Somebody who was their keyworker before the register here knew of them is not new to them.
    is_new = worker.from_date is not None and worker.from_date >= known and group != "green"
    done = r.facts.contacts
    contact = local_day(done.last_contact_at) if done.last_contact_at else None
    seen = local_day(done.last_seen_at) if done.last_seen_at else None
    tried = ""
    if done.tries:
        times = "once" if done.tries == 1 else f"{done.tries} times"
        tried = f" Tried {times} without an answer since."
    if not (is_new and done.first_contact_at is None and _first(r, worker, group, "contact", tried)):
        _again(r, group, "contact", contact, since, tried)
    if group != "green" and not (is_new and done.first_visit_at is None and _first(r, worker, group, "visit", "")):
        _again(r, group, "seen", seen, since, "")


_FIRST = {
    "contact": ("Get in touch for the first time", "the first contact"),
    "visit": ("Visit for the first time", "the first visit"),
}
_AGAIN = {
    "contact": ("Get in touch with the young person or family", "The last contact was on {day}", "No contact yet"),
    "seen": ("See the young person themselves", "They were last seen on {day}", "Nobody has written down seeing them"),
}


@computes(*COMPUTED)
def _first(r: Reckoning, worker: AllocationFacts, group: str, step: str, tried: str) -> bool:
    """Whether the first one is still due: not when somebody said why it is not needed."""
    key = f"first_{step}:allocation:{worker.id}"
    if key in r.answers or worker.from_date is None:
        return False
    rule, due = r.clock(f"keyworker_{step}_{group}", worker.from_date)
    what, named = _FIRST[step]
    r.add(
        rule,
        key,
        what,
        f"Their keyworker was named on {day_in_words(worker.from_date)}; {named} is within {rule.length}.{tried}"
        f"{_asks_first(r, step)}",
        due=due,
        shows=worker.from_date,
        owner=r.keyworker_or("keyworking"),
        doing="log_contact",
        topic="keyworking",
        subject="allocation",
        subject_id=worker.id,
    )
    return True


@computes(*COMPUTED)
def _again(r: Reckoning, group: str, step: str, last: date | None, since: date, tried: str) -> None:
    """Counted from the last one, or from the day the keyworker began where none is known."""
    base = max(last, since) if last else since
    key, begins = r.cycle(f"{step}_again:person:{r.facts.person_id}", base)
    rule, due = r.clock(f"{step}_{group}", begins)
    within = f"it is due within {rule.length}"
    planned = planned_days(r, begins) if group == "green" else None
    if planned is not None:
        rule, due = r.ruleset.in_force("step_down_contact", begins), days_after(begins, planned)
        within = planned_words(planned)
    what, told, none = _AGAIN[step]
    said = told.format(day=day_in_words(last)) if last else f"{none}, since {day_in_words(since)}"
    r.add(
        rule,
        key,
        what,
        f"{said}; {within}.{tried}",
        due=due,
        shows=shows_before(begins, due),
        owner=r.keyworker_or("keyworking"),
        doing="log_contact",
        topic="keyworking",
        subject="person",
        subject_id=r.facts.person_id,
    )


@computes("promise_chased", "next_step_done")
def _chase(r: Reckoning, promise: PromiseFacts) -> None:
    """From the day after it was promised for, or after it was last chased, somebody asks what became of it.

    A next step of our own is due on its day itself, and shows before it.
    """
    times = promise.chased
    begins = max(promise.by_date, promise.last_chased_on or promise.by_date)
    ours = promise.who == OURS
    if ours and not times:
        rule, due = r.ruleset.in_force("next_step_done", begins), begins
    else:
        rule, due = r.clock("promise_chased", begins)
    who = OURS if ours else "They"
    chased = "" if not times else f" Chased {'once' if times == 1 else f'{times} times'}."
    r.add(
        rule,
        f"promise:{promise.id}:after:{begins.isoformat()}",
        "Do what was set as the next step" if ours else f"Chase {promise.who}"[:200],
        f"{who} were to do this by {day_in_words(promise.by_date)}: {_short(promise.what)}.{chased}",
        due=due,
        shows=days_after(begins, -SHOWS_AT_LEAST if ours and not times else 1),
        owner=r.keyworker_or("keyworking"),
        doing="open_promise",
        topic="keyworking",
        subject="promise",
        subject_id=promise.id,
    )


@computes("appointment_logged")
def _write_up(r: Reckoning, appointment: AppointmentFacts) -> None:
    """Nobody forgets what came of an appointment, whoever had it."""
    day = local_day(appointment.starts_at)
    rule, due = r.clock("appointment_logged", day)
    r.add(
        rule,
        f"appointment:{appointment.id}:{appointment.starts_at.isoformat()}",
        "Write down what came of an appointment",
        f"It was planned for {day_in_words(day)}. Nobody has written down yet whether it happened.",
        due=due,
        shows=hours_after(appointment.starts_at, APPOINTMENT_LASTS),
        owner=Owner("actor", appointment.worker_id) if appointment.sees_person else r.keyworker_or("keyworking"),
        doing="log_appointment",
        topic="keyworking",
        subject="appointment",
        subject_id=appointment.id,
    )


def _short(words: str) -> str:
    words = words.strip().rstrip(".")
    return words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1].rstrip()}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionFacts(MatterFacts):
    """The last supervision of a keyworker by a manager. held_on: its day; next_on: the day agreed for the next."""

    held_on: date
    next_on: date


@about("supervision")
def supervision_duties(matter: Matter, facts: SupervisionFacts) -> None:
    matter.due(
        matter.ruleset.in_force("supervision_held", facts.held_on),
        "supervision",
        "Hold the next supervision",
        f"The last one was on {day_in_words(facts.held_on)}; the next was agreed for {day_in_words(facts.next_on)}.",
        due=facts.next_on,
        shows=shows_before(facts.held_on, facts.next_on),
        topic="keyworking",
    )


@computes("supervision_held")
def proposed_supervision(held_on: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The day that the form proposes for the next supervision; the day that is agreed counts."""
    rule, on = ruleset.governing("supervision_held", held_on, lambda rule: last_day(rule, held_on, calendar))
    return Decision(on, f"A supervision is held every {rule.length}.", rule.source_label)
