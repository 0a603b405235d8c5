"""Counts of an area's registers by colour, for roles that see numbers and never a person.

The list's rows are not theirs to read; so the function counts with the owner's eyes, for the areas in which
the asker holds such a role (a region stands for its ICBs), and gives nothing for a count below the least.
"""

from django.db import migrations

COUNTS = """
create function overview_counts(smallest integer) returns table (name text, listing text, colour text, people bigint)
language plpgsql stable security definer set search_path = public as $$
begin
    return query
    with mine as (
        select distinct o.id, o.name::text as area from accounts_roleheld r
        join access_reach a on a.role = r.role and a.reach = 'counts'
        join organisations_organisation o on o.id = r.area_id or o.region_id = r.area_id
        where r.actor_id = access.actor() and o.kind = 'icb'
          and r.from_date <= current_date and (r.to_date is null or r.to_date >= current_date))
    select m.area, t.listing::text, t.colour::text,
           case when count(*) < greatest(smallest, 5) then null else count(*) end
    from overview_registerrow t join mine m on m.id = t.icb_id
    group by 1, 2, 3 order by 1, 2 desc, 3;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("overview", "0003_recount_progress")]

    operations = [migrations.RunSQL(COUNTS, "drop function overview_counts(integer)")]
