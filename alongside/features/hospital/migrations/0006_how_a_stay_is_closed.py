"""How a stay is closed, in one place: the national value that was written down last; 'other' where only words say
where they went, and nothing where nobody does. It runs as whoever asks: row-level security binds it.
"""

from django.db import migrations

FUNCTION = """
create or replace function hospital_went(the_stay bigint) returns text
language sql stable set search_path = public as $$
    select coalesce((select coalesce(
        (select l.closure from hospital_leaving l where l.stay_id = s.id order by l.id desc limit 1),
        case when s.destination = '' then '' else 'other' end)
    from hospital_stay s where s.id = the_stay and s.discharged_at is not null), '')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("hospital", "0005_how_bad_an_incident_was")]

    operations = [migrations.RunSQL(FUNCTION, "drop function if exists hospital_went(bigint)")]
