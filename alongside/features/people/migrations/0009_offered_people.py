"""People offered to an area by another, for those who decide there: the least they need to decide.

They don't reach the person yet, so row-level security shows them nothing. The function looks with the owner's eyes,
and answers for the areas in which the asker runs the register or the keyworking service. Of a record that is held
closely it gives no name: who offers is rung.
"""

from django.db import migrations

OFFERED = """
create function people_offered() returns table (
    offer_id bigint, to_icb_id bigint, to_icb varchar, from_icb varchar, offered_at timestamptz, offered_by varchar,
    offered_by_post varchar, because varchar, told varchar, held_closely boolean, given_name varchar,
    family_name varchar, birth_date date)
language plpgsql stable security definer set search_path = public as $$
declare areas bigint[] := access.areas_of('coordinator') || access.areas_of('manager');
begin
    return query
    select m.id, m.to_icb_id, t.name, f.name, m.offered_at, a.name, a.post, m.because, m.told, p.guard > 1,
        case when p.guard <= 1 then (case when p.preferred_name <> '' then p.preferred_name else p.given_name end)
            else '' end::varchar,
        case when p.guard <= 1 then p.family_name else '' end::varchar,
        case when p.guard <= 1 then p.birth_date end
    from people_moveoffer m join people_person p on p.id = m.person_id
    join organisations_organisation t on t.id = m.to_icb_id join organisations_organisation f on f.id = p.icb_id
    join accounts_actor a on a.id = m.offered_by_id
    where m.closed_at is null and m.to_icb_id = any(areas)
    order by m.offered_at, m.id;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_striking_out")]

    operations = [migrations.RunSQL(OFFERED, "drop function people_offered")]
