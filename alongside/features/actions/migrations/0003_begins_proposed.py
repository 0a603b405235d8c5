"""An action begins proposed, or accepted by whoever takes it on; where it stands later follows from its steps."""

from django.db import migrations

BEGINS_PROPOSED = """
create function public.action_begins_proposed() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
    if access.by_own_acts(tg_relid) or new.state in ('proposed', 'accepted') then return new; end if;
    -- A correction stands where the row stood that it corrects.
    if exists (select 1 from actions_action before where before.id = new.supersedes_id
               and before.person_id = new.person_id and before.state = new.state) then return new; end if;
    raise exception 'An action begins proposed or accepted; where it stands follows from its steps.'
        using errcode = 'insufficient_privilege';
end $$;
create trigger c_begins_proposed before insert on actions_action for each row
    execute function public.action_begins_proposed();
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_the_ledger")]

    operations = [migrations.RunSQL(BEGINS_PROPOSED, migrations.RunSQL.noop)]
