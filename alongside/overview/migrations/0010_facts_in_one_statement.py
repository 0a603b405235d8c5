"""What the engine reads of some people, in one call whose plan is kept: planning it anew takes longer than reading.

The function runs as whoever asks, so row-level security binds it. Volatile, so that the reading sees what was
committed while it waited for the lock.
"""

from django.db import migrations


def _current(table: str) -> str:
    """Rows of this person, and of records merged into theirs, that no later row corrects."""
    return (
        f"{table} t where t.person_id = any(w.ids) and not exists "
        f"(select 1 from {table} later where later.supersedes_id = t.id)"
    )


def _rows(columns: str, source: str, order: str = "t.id") -> str:
    return f"(select json_agg(json_build_array({columns}) order by {order}) from {source})"


_RATINGS = (
    "(select json_agg(json_build_array(r.id, r.colour, r.rated_at, case when r.standing = 'decided' then 'decided' "
    "when r.standing = 'proposed' and not exists (select 1 from register_rating d where d.decides_id = r.id) "
    "then 'proposed' else 'superseded' end, r.origin) order by r.rated_at, r.id) "
    "from register_rating r where r.entry_id = t.id)"
)
_LEGAL = (
    "(select json_agg(json_build_array(l.code, l.from_at, l.to_at) order by l.from_at) "
    "from hospital_legalstatus l where l.stay_id = t.id)"
)

SELECT = f"""
select p.id, o.code, p.icb_id, p.guard, p.birth_date, p.died_on, p.reference, p.family_name,
  coalesce(nullif(p.preferred_name, ''), p.given_name),
  (select json_object_agg(m.kind, json_build_array(m.id, m.name)) from organisations_team m
   where m.icb_id = p.icb_id and m.closed_on is null),
  {_rows("t.kind, t.basis", _current("people_diagnosis"))},
  {
    _rows(
        "t.id, t.listing, t.entered_on, t.removed_on, t.removed_because, t.provisional, "
        "t.not_registered_before_admission, t.review_planned_on, t.imported_at, t.icb_id, " + _RATINGS,
        _current("register_registerentry"),
    )
},
  {
    _rows(
        "t.id, t.kind, t.admitted_at, t.discharged_at, t.security, t.adult_ward, t.unit_inadequate, "
        "t.intended_days, t.registered_before, " + _LEGAL,
        _current("hospital_stay"),
    )
},
  {_rows("t.id, t.kind, t.held_at, t.stay_id, t.statutory", _current("reviews_review"))},
  {_rows("t.id, t.kind, t.from_date, t.to_date", _current("people_circumstance"))},
  {
    _rows(
        "t.id, t.purpose, t.answer, t.decided_on, t.evidenced, t.valid_until",
        _current("people_consent") + " and t.recipient_kind = ''",
    )
},
  (select json_agg(json_build_array(t.id, t.worker_id, t.part, t.from_date, t.to_date, a.name, exists (
   select 1 from access_involvement i where i.person_id = t.person_id and i.because = 'allocation' and i.because_id = t.id)
   ) order by t.id)
   from keyworking_allocation t join accounts_actor a on a.id = t.worker_id where t.person_id = any(w.ids)
   and not exists (select 1 from keyworking_allocation later where later.supersedes_id = t.id)),
  {_rows("t.id, t.duty_key, t.answer, t.on_date, t.because", _current("overview_dutyanswer"))},
  (select t.name from {_current("people_belonging")} and t.kind = 'council' and t.to_date is null
   order by t.id desc limit 1),
  (select max(id) from overview_recount),
  exists (select 1 from overview_duty d where d.person_id = any(w.ids))
    or exists (select 1 from overview_registerrow r where r.person_id = any(w.ids))
from people_person p join organisations_organisation o on o.id = p.icb_id
cross join lateral (select array_agg(m.id) as ids from people_person m where m.id = p.id or m.survivor_id = p.id) w
where p.id = any(the_ids) and p.survivor_id is null order by p.id
"""
COLUMNS = (
    "id bigint, icb varchar, icb_id bigint, guard smallint, birth_date date, died_on date, reference varchar, "
    "family_name varchar, given_name text, teams json, diagnoses json, entries json, stays json, reviews json, "
    "circumstances json, consents json, allocations json, answers json, council varchar, rules_version bigint, "
    "is_stored boolean"
)
FUNCTION = f"""
create or replace function overview_facts(the_ids bigint[], locking boolean) returns table ({COLUMNS})
language plpgsql volatile rows 500 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    if locking then
        perform 1 from people_person p where p.id = any(the_ids) order by p.id for no key update;
    end if;
    return query {SELECT};
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("overview", "0009_rows_without_checked_keys"),
        ("access", "0001_initial"),
        ("hospital", "0001_initial"),
        ("keyworking", "0001_initial"),
        ("people", "0003_move_offers"),
        ("register", "0002_carried_over"),
        ("reviews", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FUNCTION, "drop function if exists overview_facts")]
