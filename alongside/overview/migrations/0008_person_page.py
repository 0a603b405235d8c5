"""A person's page in one statement whose plan is kept: planning it anew each time takes longer than reading.

The function runs as whoever asks, so row-level security binds it; the topics that scope allows come with the call.
Each part is a list of rows; each row is a list of values in the order written here (see `person_page/showing.py`).
"""

from django.db import migrations


def _rows(columns: str, table: str, more: str = "", order: str = "t.id", joins: str = "") -> str:
    """All rows of this person on a topic that may be read, each as one list."""
    return (
        f"(select json_agg(json_build_array({columns}) order by {order}) from {table} t {joins} "
        f"where t.person_id = the_person and (t.topic = any(the_topics) or (t.recorded_icb_id = any(the_agreed) "
        f"and t.topic = any(the_area_topics))){more})"
    )


_DATED = "t.id, t.supersedes_id, t.from_date, t.to_date"
_RATINGS = (
    "(select json_agg(json_build_array(r.id, r.colour, r.standing, r.origin, r.rated_at, r.because, r.reasons, "
    "r.tool, r.suggested, r.override_because, a.name, r.decides_id) order by r.rated_at, r.id) "
    "from register_rating r join accounts_actor a on a.id = r.recorded_by_id where r.entry_id = t.id)"
)
_LEGAL = (
    "(select json_agg(json_build_array(l.code, l.from_at, l.to_at) order by l.from_at) "
    "from hospital_legalstatus l where l.stay_id = t.id)"
)

PARTS: dict[str, str] = {
    "communication": _rows(
        "t.id, t.supersedes_id, t.best_way, t.avoid, t.what_helps, t.adjustments, t.contact_by, t.recorded_at",
        "people_communication",
    ),
    "own_words": _rows("t.id, t.supersedes_id, t.words, t.said_how, t.happened_at", "people_ownwords"),
    "addresses": _rows(f"{_DATED}, t.kind, t.lines, t.postcode", "people_address"),
    "belongings": _rows(f"{_DATED}, t.kind, t.name", "people_belonging"),
    "diagnoses": _rows("t.id, t.supersedes_id, t.kind, t.basis, t.diagnosed_on", "people_diagnosis"),
    "circumstances": _rows(f"{_DATED}, t.kind, t.detail", "people_circumstance"),
    "relations": _rows(
        f"{_DATED}, t.name, t.relationship, t.parental_responsibility, t.legal_limits, t.safe_contact, t.phone, "
        "t.email, t.carries_main_contact",
        "people_relation",
    ),
    "professionals": _rows(f"{_DATED}, t.name, t.post, t.organisation_name, t.contact", "people_professional"),
    "consents": _rows(
        "t.id, t.supersedes_id, t.purpose, t.answer, t.basis, t.decided_by, t.decided_on, t.valid_until, "
        "t.evidence, t.evidenced",
        "people_consent",
        " and t.recipient_kind = ''",
    ),
    "imported": _rows("t.id, t.supersedes_id, t.texts, t.recorded_at", "people_importedtext"),
    "documents": _rows("t.id, t.supersedes_id, t.title, t.kind, t.happened_at", "people_document"),
    "entries": _rows(
        "t.id, t.supersedes_id, t.icb_id, t.listing, t.entered_on, t.removed_on, t.removed_because, "
        "t.removed_detail, t.reason, t.provisional, t.not_registered_before_admission, t.review_planned_on, "
        f"t.version, {_RATINGS}",
        "register_registerentry",
    ),
    "views": _rows(
        "t.id, t.supersedes_id, t.colour, t.said_by, t.happened_at", "register_referrerview"
    ),
    "stays": _rows(
        f"t.id, t.supersedes_id, t.kind, t.place_name, t.ward_type, t.admitted_at, t.discharged_at, t.security, "
        f"t.destination, t.admission_day_known, {_LEGAL}",
        "hospital_stay",
        order="t.admitted_at desc",
    ),
    "reviews": _rows(
        "t.id, t.supersedes_id, t.kind, t.held_at, t.outcome", "reviews_review", order="t.held_at desc"
    ),
    "allocations": _rows(
        f"{_DATED}, t.part, a.name, t.worker_id", "keyworking_allocation",
        joins="join accounts_actor a on a.id = t.worker_id",
    ),
}  # fmt: skip
DUTIES = (
    "(select json_agg(json_build_array(t.id, t.topic, t.what, t.because, t.source, t.certainty, t.local_default, "
    "t.shows_from, t.due, t.ends_at, t.timed, t.doing, coalesce(a.name, m.name), t.backlog_on, t.rule_key) "
    "order by t.due, t.id) from overview_duty t left join accounts_actor a on a.id = t.owner_actor_id "
    "left join organisations_team m on m.id = t.owner_team_id where t.person_id = the_person "
    "and t.topic = any(the_all_topics) and (t.ends_at is null or t.ends_at > the_moment))"
)
TIMELINE = (
    "(select json_agg(json_build_array(e.id, e.code, e.words, e.topic, e.happened_at, e.by_name, e.detail) "
    "order by e.happened_at desc, e.id desc) from (select * from recording_event t where t.person_id = the_person "
    "and t.disposal_id is null and t.topic = any(the_all_topics) "
    "order by t.happened_at desc, t.id desc limit the_events) e)"
)
FUNCTION = (
    "create or replace function overview_person_page(the_person bigint, the_topics smallint[], the_all_topics smallint[], "
    "the_area_topics smallint[], the_agreed bigint[], the_moment timestamptz, the_events integer) returns json "
    "language plpgsql stable set plan_cache_mode = force_generic_plan as $$ begin return (select json_build_object("
    + ", ".join(f"'{name}', {part}" for name, part in PARTS.items())
    + f", 'duties', {DUTIES}, 'events', {TIMELINE}, "
    + "'rules_version', (select max(id) from overview_recount))); end $$;"
)


class Migration(migrations.Migration):
    dependencies = [
        ("overview", "0007_duties_found_by_owner_and_time"),
        ("hospital", "0001_initial"),
        ("keyworking", "0001_initial"),
        ("people", "0002_involvement_is_with_a_person"),
        ("recording", "0001_initial"),
        ("register", "0001_initial"),
        ("reviews", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FUNCTION, "drop function if exists overview_person_page")]
