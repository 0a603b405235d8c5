"""The pack of somebody whom another area offers, for those who decide in the area that is offered them.

They don't reach the person yet, so row-level security shows them nothing. The function looks with the owner's eyes and
answers while the offer waits; nothing of a record that is held closely.
"""

from django.db import migrations

OFFERED = """
create function moving_pack_offered(offer bigint) returns table (
    parts jsonb, bundle jsonb, left_out smallint[], sent_by varchar)
language plpgsql stable security definer set search_path = public as $$
declare areas bigint[] := access.areas_of('coordinator') || access.areas_of('manager');
begin
    return query
    select k.parts, k.bundle, k.left_out, f.name
    from moving_movepack k join people_moveoffer m on m.id = k.offer_id join people_person p on p.id = m.person_id
    join organisations_organisation f on f.id = k.recorded_icb_id
    where m.id = offer and m.closed_at is null and m.to_icb_id = any(areas) and p.guard <= 1;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("moving", "0001_moves")]

    operations = [migrations.RunSQL(OFFERED, "drop function moving_pack_offered")]
