"""From one person's facts to the rows that are stored: duties, and a line of the list for each open entry."""

from datetime import UTC, datetime, timedelta
from typing import Any

from alongside.features.people.models import Guard
from alongside.foundation.topics import Topic
from alongside.overview.engine.naming import name_words
from alongside.overview.engine.reading import Whole
from alongside.overview.engine.rulesets import calendar_for, ruleset_for
from alongside.policy import duties
from alongside.policy.counting import end_of_day, local_day
from alongside.policy.facts import EntryFacts, RatingFacts

# Topics by the names that the rules give them.
TOPIC = {topic.name.lower(): topic.value for topic in Topic} | {"transition": Topic.ADULTHOOD.value}
# Circumstances that a line of the list may show: none that speaks of safeguarding, care or justice.
ON_THE_LIST = {
    "risk_placement": Topic.PLACEMENT,
    "residential_38": Topic.PLACEMENT,
    "residential_52": Topic.PLACEMENT,
    "risk_education": Topic.EDUCATION,
    "out_of_school": Topic.EDUCATION,
    "ehc_plan": Topic.EDUCATION,
}
# What a line says of a duty whose topic the agreement to the register leaves out.
ASK = "Something is due: ask the register team"
# Longer than what my day calls new, which is since the beginning of yesterday.
BEFORE_NEWS = timedelta(days=3)
RANK = {"red": 1, "blue": 2, "amber": 3, "green": 4, "": 0}
# Which come first among the late and the due: red and blue, then who has no rating, amber, green.
URGENCY = {"red": 0, "blue": 0, "": 1, "amber": 2, "green": 3}
# A line without anything due would be a mistake, so it comes before every other.
NOTHING_DUE = datetime(1900, 1, 1, tzinfo=UTC)
# A line of which nothing will turn late comes after every other.
NEVER = datetime(2999, 1, 1, tzinfo=UTC)

# Each column of a duty, with its type in the database.
DUTY = {
    "person_id": "bigint",
    "key": "text",
    "icb_id": "bigint",
    "guard": "smallint",
    "topic": "smallint",
    "rule_key": "text",
    "rule_row": "smallint",
    "what": "text",
    "because": "text",
    "source": "text",
    "certainty": "text",
    "local_default": "boolean",
    "shows_from": "timestamptz",
    "due": "timestamptz",
    "breach": "timestamptz",
    "ends_at": "timestamptz",
    "timed": "boolean",
    "owner_actor_id": "bigint",
    "owner_team_id": "bigint",
    "doing": "text",
    "subject": "text",
    "subject_id": "bigint",
    "backlog_on": "date",
    "late_from": "timestamptz",
    "urgency": "smallint",
}
DUTY_COLUMNS, DUTY_TYPES = list(DUTY), list(DUTY.values())
ROW_COLUMNS = [
    "entry_id",
    "person_id",
    "icb_id",
    "listing",
    "guard",
    "reference",
    "family_name",
    "given_name",
    "birth_date",
    "colour",
    "colour_rank",
    "colour_since",
    "rated_on",
    "proposal",
    "in_hospital",
    "provisional",
    "diagnosis",
    "flags",
    "council",
    "name_words",
    "keyworker_id",
    "keyworker_name",
    "next_what",
    "next_due",
    "next_owner",
    "next_actor_id",
    "next_team_id",
    "late_from",
    "backlog",
    "urgency",
    "changes_at",
]

Row = tuple[Any, ...]
# Colour now, the day since which it is that colour, the day of the last rating.
Standing = tuple[str, Any, Any]


def derive(whole: Whole, at: datetime) -> tuple[list[Row], list[Row]]:
    """(duty rows, list rows) of one person, in the order of DUTY_COLUMNS and ROW_COLUMNS.

    A list row tells what is next of what hasn't ended `at` that moment, and stays right until its `changes_at`. Duty
    rows are right at any moment.
    """
    ruleset = ruleset_for(whole.facts.icb, whole.rules_version)
    due = duties.duties_for(whole.facts, ruleset, calendar_for(whole.rules_version))
    imported = [entry.imported_at for entry in whole.facts.entries if entry.imported_at]
    backlog_before = min(imported) if imported else None
    open_entries = [entry for entry in whole.facts.entries if entry.is_open]
    standings = [_standing(entry) for entry in open_entries]
    urgency = min((URGENCY[colour] for colour, _, _ in standings), default=URGENCY[""])
    rows = [_duty_row(whole, duty, backlog_before, urgency) for duty in due]
    going_on = [duty for duty in due if duty.is_open(at)]
    found = zip(open_entries, standings, strict=True)
    return rows, [_list_row(whole, entry, standing, going_on, backlog_before) for entry, standing in found]


def _duty_row(whole: Whole, duty: duties.Duty, backlog_before: datetime | None, urgency: int) -> Row:
    actor = duty.owner.id if duty.owner.kind == "actor" else None
    backlog = backlog_before is not None and duty.due < backlog_before
    return (
        whole.facts.person_id,
        duty.key,
        whole.icb_id,
        _guard(whole, TOPIC[duty.topic]),
        TOPIC[duty.topic],
        duty.rule_key,
        duty.row,
        duty.what,
        duty.because,
        duty.source,
        duty.certainty,
        duty.local_default,
        _shows_from(duty, backlog_before),
        duty.due,
        duty.breach,
        duty.ends_at,
        duty.timed,
        actor,
        None if actor else duty.owner.id,
        duty.doing,
        duty.subject,
        duty.subject_id,
        local_day(backlog_before) if backlog and backlog_before else None,
        _late_from(whole, duty, backlog_before),
        urgency,
    )


def _left_out(whole: Whole, topic: int) -> bool:
    """Whether the agreement to the register leaves this topic out."""
    return bool(whole.closed_topics >> topic & 1)


def _guard(whole: Whole, topic: int) -> int:
    """How closely a row on this topic is held: one that the agreement leaves out is the register team's."""
    return max(whole.guard, Guard.REGISTER_TEAM.value) if _left_out(whole, topic) else whole.guard


def _late_from(whole: Whole, duty: duties.Duty, backlog_before: datetime | None) -> datetime | None:
    """When it counts as late: when it was due; of the backlog, after its planned day, never while it has none."""
    if backlog_before is None or duty.due >= backlog_before:
        return duty.due
    planned = whole.planned.get(duty.key)
    return end_of_day(planned) if planned else None


def _shows_from(duty: duties.Duty, imported_at: datetime | None) -> datetime:
    """What an import brought with it is no news: it shows from some days before."""
    if imported_at is None or duty.shows_from > imported_at:
        return duty.shows_from
    return min(duty.shows_from, imported_at - BEFORE_NEWS)


def _list_row(
    whole: Whole,
    entry: EntryFacts,
    standing: Standing,
    due: list[duties.Duty],
    backlog_before: datetime | None,
) -> Row:
    turns_late = ((_late_from(whole, duty, backlog_before) or NEVER, duty) for duty in due)
    late_from, first = min(turns_late, key=lambda each: each[0], default=(NOTHING_DUE, None))
    backlog = [duty for duty in due if backlog_before is not None and duty.due < backlog_before]
    rating, since, rated = standing
    proposal = next((r.colour for r in reversed(entry.ratings) if r.state == "proposed"), "")
    worker = None if _left_out(whole, Topic.KEYWORKING) else _keyworker(whole)
    return (
        entry.id,
        whole.facts.person_id,
        whole.entry_icbs[entry.id],
        entry.listing,
        _guard(whole, Topic.REGISTER.value),
        whole.reference,
        whole.family_name,
        whole.given_name,
        whole.facts.birth_date,
        rating,
        RANK[rating],
        since,
        rated,
        proposal,
        not _left_out(whole, Topic.HOSPITAL)
        and any(stay.is_open and stay.kind == "mental_health_hospital" for stay in whole.facts.stays),
        entry.provisional,
        [] if _left_out(whole, Topic.HEALTH) else sorted(whole.facts.diagnosis),
        _flags(whole),
        "" if _left_out(whole, Topic.CONTACT) else whole.council,
        name_words(whole.given_name, whole.family_name),
        worker,
        whole.worker_names.get(worker, "") if worker else "",
        "" if not first else ASK if _left_out(whole, TOPIC[first.topic]) else first.what,
        first.due if first else NOTHING_DUE,
        _owner_name(whole, first) if first else "",
        first.owner.id if first and first.owner.kind == "actor" else None,
        first.owner.id if first and first.owner.kind != "actor" else None,
        late_from,
        bool(backlog),
        URGENCY[rating],
        _changes_at(first, backlog),
    )


def _changes_at(first: duties.Duty | None, backlog: list[duties.Duty]) -> datetime | None:
    """When what is next ends, or the last of the backlog, though nobody does anything. None: never."""
    ends = [first.ends_at or NEVER] if first else []
    if backlog:
        ends.append(max(duty.ends_at or NEVER for duty in backlog))
    until = min(ends, default=NEVER)
    return None if until == NEVER else until


def _standing(entry: EntryFacts) -> Standing:
    """(colour now, day since which it is that colour, day of the last rating)."""
    decided = [rating for rating in entry.ratings if rating.state == "decided"]
    if not decided:
        return "", None, None
    last = decided[-1]
    since = last
    for rating in reversed(decided):
        if rating.colour != last.colour:
            break
        since = rating
    return last.colour, _day(since), _day(last)


def _day(rating: RatingFacts) -> Any:
    return local_day(rating.rated_at) if rating.rated_at else None


def _keyworker(whole: Whole) -> int | None:
    """The designated keyworker whose time has no end yet."""
    for allocation in whole.facts.allocations:
        if allocation.role == "designated" and allocation.to_date is None:
            return allocation.actor_id
    return None


def _flags(whole: Whole) -> list[str]:
    """Circumstances of now that a line may show."""
    now = {fact.kind for fact in whole.facts.circumstances if fact.to_date is None}
    return sorted(kind for kind, topic in ON_THE_LIST.items() if kind in now and not _left_out(whole, topic))


def _owner_name(whole: Whole, duty: duties.Duty) -> str:
    names = whole.worker_names if duty.owner.kind == "actor" else whole.team_names
    return names.get(duty.owner.id, "")
