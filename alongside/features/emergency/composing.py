"""From what was typed in the steps to what is written down, and what is missing for it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.features.actions.forms import reach_problem
from alongside.features.actions.operations import NewOwner
from alongside.features.actions.owners import Choice
from alongside.features.emergency.drafting import as_data
from alongside.features.emergency.forms import DISSENTS, JOBS, NUMBERS, OTHER, STEPS, StepForm
from alongside.features.emergency.models import EmergencyDraft, MeetingSide
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms.base import new_token

#: Hours at which something can be due: the first of them after the meeting began is the usual one.
HOURS = (9, 12, 17)
MORNING = 9


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody does by a moment."""

    what: str
    owner: NewOwner
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Around:
    """Whom a form can name: owners of what is agreed, and who sees to it in the morning."""

    owners: list[Choice]
    watchers: list[tuple[int, str]]


@dataclass
class Composed:
    """All of a meeting. problems: (step, sentence) of what is missing; with any of them nothing can be written down."""

    values: dict[str, Any] = field(default_factory=dict)
    held_at: datetime | None = None
    sides: list[tuple[str, str, str]] = field(default_factory=list)
    dissents: list[tuple[str, str]] = field(default_factory=list)
    safety: str = ""
    numbers: list[tuple[str, str]] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    watcher: int | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)


def moments_after(begun: datetime) -> list[tuple[datetime, str]]:
    """By when something can be due, with the words: from the next 9am on, five of them."""
    day = begun.astimezone(LONDON).date()
    first = day if begun.astimezone(LONDON).time() < time(MORNING) else day + timedelta(days=1)
    found = [_moment(first + timedelta(days=more), hour) for more in (0, 1) for hour in HOURS]
    return found[:5]


def _moment(on: date, hour: int) -> tuple[datetime, str]:
    words = {9: "9am", 12: "midday", 17: "5pm"}[hour]
    return datetime.combine(on, time(hour), LONDON), f"{words} on {on:%A} {on.day} {on:%B}"


def form_of(
    step: str, draft: EmergencyDraft, around: Around | None, *, today: date, data: Any = None, initial: Any = None
) -> StepForm:
    """The form of a step; `around` is needed for the last one only."""
    more: dict[str, Any] = {}
    if step == "jobs":
        assert around is not None
        more = {
            "owners": [(one.value, one.label) for one in around.owners],
            "moments": [(at.isoformat(), words) for at, words in moments_after(draft.begun_at)],
            "watchers": [(str(number), name) for number, name in around.watchers],
        }
    return STEPS[step](data, initial=initial, today=today, **more)


def compose(draft: EmergencyDraft, around: Around, *, now: datetime) -> Composed:
    """Reads every step of a draft. What is wrong in a step counts as missing."""
    found, given = Composed(), {}
    for step in STEPS:
        form = form_of(step, draft, around, today=now.astimezone(LONDON).date(), data=as_data(draft, step, new_token()))
        form.is_valid()
        found.problems += [(step, sentence) for _, sentence in form.problems]
        given[step] = form.cleaned_data
    _there(found, given["there"], draft, now)
    _family(found, given["family"])
    _rest(found, given)
    _jobs(found, given["jobs"], around, draft)
    return found


def _miss(found: Composed, step: str, value: Any, sentence: str) -> Any:
    if not value:
        found.problems.append((step, sentence))
    return value


def _there(found: Composed, given: dict[str, Any], draft: EmergencyDraft, now: datetime) -> None:
    local = draft.begun_at.astimezone(LONDON)
    found.held_at = datetime.combine(given.get("on") or local.date(), given.get("at") or local.time(), LONDON)
    if found.held_at > now:
        found.problems.append(("there", "The meeting can't begin in the future. Correct the day or the time"))
    found.values["how"] = _miss(found, "there", given.get("how"), "Select how you meet")
    found.values["chair"] = _miss(found, "there", given.get("chair"), "Write who leads the meeting")
    for agency in MeetingSide.Agency.values:
        who, why = given.get(f"who_{agency}") or "", given.get(f"not_{agency}") or ""
        if who or why:
            found.sides.append((agency, who, "" if who else why))
    if not any(who for _, who, _ in found.sides):
        found.problems.append(("there", "Write who is there, at least for one agency"))


def _family(found: Composed, given: dict[str, Any]) -> None:
    for name, who in (("young_person", "the young person"), ("family", "the family")):
        said, words = given.get(name), given.get(f"{name}_words") or ""
        if not said:
            found.problems.append(("family", f"Select whether {who} is part of it"))
        elif said == "no" and not words:
            found.problems.append(("family", f"Write why {who} is not part of it"))
        found.values[f"{name}_there"] = said == "yes"
        found.values[f"{name}_words"] = words
    found.values["they_said"] = given.get("they_said") or ""


def _rest(found: Composed, given: dict[str, dict[str, Any]]) -> None:
    why, tried, decision, safety = (given[step] for step in ("why", "tried", "decision", "safety"))
    values = found.values
    values["trigger"] = _miss(found, "why", why.get("trigger"), "Write what happened")
    values["instead"] = _miss(found, "why", why.get("instead"), "Select why there is no review instead")
    values["instead_words"] = why.get("instead_words") or ""
    values["tried"] = _miss(found, "tried", tried.get("tried"), "Write what was tried or thought of")
    values["outcome"] = _miss(found, "decision", decision.get("outcome"), "Select what was decided")
    values["decision"] = _miss(found, "decision", decision.get("decision"), "Write the decision in a sentence")
    for number in range(1, DISSENTS + 1):
        name, because = (decision.get(f"dissent_{number}_{part}") or "" for part in ("name", "because"))
        if bool(name) != bool(because):
            found.problems.append(("decision", "Write the name and the reason of everybody who disagrees"))
        elif name:
            found.dissents.append((name, because))
    found.safety = _miss(found, "safety", safety.get("safety"), "Write the safety plan") or ""
    for number in range(1, NUMBERS + 1):
        who, phone = (safety.get(f"ring_{number}_{part}") or "" for part in ("who", "phone"))
        if bool(who) != bool(phone):
            found.problems.append(("safety", "Write the name and the number of everybody to ring"))
        elif who:
            found.numbers.append((who, phone))


def _jobs(found: Composed, given: dict[str, Any], around: Around, draft: EmergencyDraft) -> None:
    first = moments_after(draft.begun_at)[0][0]
    for number in range(1, JOBS + 1):
        job = {
            name: given.get(f"job_{number}_{name}") or "" for name in ("what", "who", "name", "place", "reach", "by")
        }
        if not job["what"]:
            if job["who"] or job["name"]:
                found.problems.append(("jobs", f"Write what is to be done, in number {number}"))
            continue
        owner = _owner(found, job, number, around)
        due_at = datetime.fromisoformat(job["by"]) if job["by"] else first
        if owner is not None:
            found.jobs.append(Job(job["what"], owner, due_at))
    watcher = given.get("watcher")
    # Of a closely held record there may be nobody to name: each thing agreed stays due with whoever does it.
    if found.jobs and around.watchers and not watcher:
        found.problems.append(("jobs", "Select who sees in the morning that it was done"))
    found.watcher = int(watcher) if watcher else None


def _owner(found: Composed, job: dict[str, str], number: int, around: Around) -> NewOwner | None:
    if job["reach"] and (problem := reach_problem(job["reach"])):
        found.problems.append(("jobs", f"{problem}, in number {number}"))
        return None
    if job["who"] == OTHER:
        if not (job["name"] and job["place"]):
            found.problems.append(("jobs", f"Write the name and place of work of who does it, in number {number}"))
            return None
        return NewOwner(organisation=None, name=job["name"], reach=job["reach"], place=job["place"])
    known = next((one.owner for one in around.owners if one.value == job["who"]), None)
    if known is None:
        found.problems.append(("jobs", f"Select who does it, in number {number}"))
    return known
