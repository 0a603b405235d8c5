"""What bears on a rating now, in one call whose plan is kept. It runs as whoever asks: row-level security binds it."""

from django.db import migrations

FUNCTION = """
create or replace function overview_bears_on_rating(the_entry bigint, the_person bigint) returns json
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (select json_build_array(
        (select json_agg(json_build_array(s.id, s.kind, s.admitted_at, s.discharged_at)) from hospital_stay s
         where s.person_id = the_person
           and not exists (select 1 from hospital_stay later where later.supersedes_id = s.id)),
        (select json_build_array(r.id, r.colour, r.because, r.rated_at, a.name, r.origin) from register_rating r
         join accounts_actor a on a.id = r.recorded_by_id where r.entry_id = the_entry and r.standing = 'proposed'
           and not exists (select 1 from register_rating d where d.decides_id = r.id) order by r.id desc limit 1),
        (select json_build_array(r.colour, r.because, r.rated_at, a.name, r.reasons, r.recorded_at)
         from register_rating r join accounts_actor a on a.id = r.recorded_by_id
         where r.entry_id = the_entry and r.standing = 'decided' order by r.rated_at desc, r.id desc limit 1),
        (select max(id) from overview_recount)));
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("overview", "0010_facts_in_one_statement"),
        ("hospital", "0001_initial"),
        ("register", "0002_carried_over"),
    ]

    operations = [migrations.RunSQL(FUNCTION, "drop function if exists overview_bears_on_rating")]
