"""From one person's facts to the rows that are stored: duties, and a line of the list for each open entry."""

from datetime import UTC, datetime, timedelta
from typing import Any

from alongside.foundation.clock import LONDON
from alongside.foundation.topics import Topic
from alongside.overview.engine.naming import name_words
from alongside.overview.engine.reading import Whole
from alongside.overview.engine.rulesets import calendar_for, ruleset_for
from alongside.policy import duties
from alongside.policy.facts import EntryFacts, RatingFacts

TOPIC = {
    "identity": Topic.IDENTITY.value,
    "register": Topic.REGISTER.value,
    "agreement": Topic.AGREEMENT.value,
    "education": Topic.EDUCATION.value,
    "health": Topic.HEALTH.value,
    "hospital": Topic.HOSPITAL.value,
    "review": Topic.REVIEW.value,
    "keyworking": Topic.KEYWORKING.value,
    "transition": Topic.ADULTHOOD.value,
}
# Circumstances that a line of the list may show: none that speaks of safeguarding, care or justice.
ON_THE_LIST = {"risk_placement", "risk_education", "residential_38", "residential_52", "out_of_school", "ehc_plan"}
# Longer than what my day calls new, which is since the beginning of yesterday.
BEFORE_NEWS = timedelta(days=3)
RANK = {"red": 1, "blue": 2, "amber": 3, "green": 4, "": 0}

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
]

Row = tuple[Any, ...]


def derive(whole: Whole) -> tuple[list[Row], list[Row]]:
    """(duty rows, list rows) of one person, in the order of DUTY_COLUMNS and ROW_COLUMNS."""
    ruleset = ruleset_for(whole.facts.icb, whole.rules_version)
    due = duties.duties_for(whole.facts, ruleset, calendar_for(whole.rules_version))
    imported = [entry.imported_at for entry in whole.facts.entries if entry.imported_at]
    backlog_before = min(imported) if imported else None
    rows = [_duty_row(whole, duty, backlog_before) for duty in due]
    open_entries = [entry for entry in whole.facts.entries if entry.is_open]
    return rows, [_list_row(whole, entry, due) for entry in open_entries]


def _duty_row(whole: Whole, duty: duties.Duty, backlog_before: datetime | None) -> Row:
    actor = duty.owner.id if duty.owner.kind == "actor" else None
    backlog = backlog_before is not None and duty.due < backlog_before
    return (
        whole.facts.person_id,
        duty.key,
        whole.icb_id,
        whole.guard,
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
        backlog_before.astimezone(LONDON).date() if backlog and backlog_before else None,
    )


def _shows_from(duty: duties.Duty, imported_at: datetime | None) -> datetime:
    """What an import brought with it is no news: it shows from some days before."""
    if imported_at is None or duty.shows_from > imported_at:
        return duty.shows_from
    return min(duty.shows_from, imported_at - BEFORE_NEWS)


def _list_row(whole: Whole, entry: EntryFacts, due: tuple[duties.Duty, ...]) -> Row:
    lasting = [duty for duty in due if duty.ends_at is None]
    first = min(lasting or due, key=lambda duty: duty.due, default=None)
    rating, since, rated = _standing(entry)
    proposal = next((r.colour for r in reversed(entry.ratings) if r.state == "proposed"), "")
    worker = _keyworker(whole)
    return (
        entry.id,
        whole.facts.person_id,
        whole.entry_icbs[entry.id],
        entry.listing,
        whole.guard,
        whole.reference,
        whole.family_name,
        whole.given_name,
        whole.facts.birth_date,
        rating,
        RANK[rating],
        since,
        rated,
        proposal,
        any(stay.is_open and stay.kind == "mental_health_hospital" for stay in whole.facts.stays),
        entry.provisional,
        sorted(whole.facts.diagnosis),
        sorted({fact.kind for fact in whole.facts.circumstances if fact.to_date is None} & ON_THE_LIST),
        whole.council,
        name_words(whole.given_name, whole.family_name),
        worker,
        whole.worker_names.get(worker, "") if worker else "",
        first.what if first else "",
        first.due if first else datetime(1900, 1, 1, tzinfo=UTC),
        _owner_name(whole, first) if first else "",
    )


def _standing(entry: EntryFacts) -> tuple[str, Any, Any]:
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
    return rating.rated_at.astimezone(LONDON).date() if rating.rated_at else None


def _keyworker(whole: Whole) -> int | None:
    """The designated keyworker whose time has no end yet."""
    for allocation in whole.facts.allocations:
        if allocation.role == "designated" and allocation.to_date is None:
            return allocation.actor_id
    return None


def _owner_name(whole: Whole, duty: duties.Duty) -> str:
    names = whole.worker_names if duty.owner.kind == "actor" else whole.team_names
    return names.get(duty.owner.id, "")
