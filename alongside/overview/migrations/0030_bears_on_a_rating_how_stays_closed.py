"""What bears on a rating also says how each stay is closed: stays that go on from each other are one."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("alongside.overview.migrations.0011_bears_on_a_rating").FUNCTION
FUNCTION = """
create or replace function overview_bears_on_rating(the_entry bigint, the_person bigint) returns json
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (select json_build_array(
        (select json_agg(json_build_array(s.id, s.kind, s.admitted_at, s.discharged_at, hospital_went(s.id)))
         from hospital_stay s
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
        ("overview", "0029_list_tells_what_ends"),
        ("hospital", "0006_how_a_stay_is_closed"),
    ]

    operations = [migrations.RunSQL(FUNCTION, BEFORE)]
