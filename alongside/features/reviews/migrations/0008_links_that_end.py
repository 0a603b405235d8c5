"""A panel member's key ends in the database too: no statement reads a paper with it after its last moment."""

from django.db import migrations

_BY_LINK = """
create or replace function reviews_by_link(wanted bigint) returns boolean
language plpgsql stable security definer set search_path = public as $$
begin
    return exists (select 1 from reviews_panellink l join reviews_panelmember m on m.id = l.member_id
                   where l.planned_id = wanted and l.ended_at is null and m.left_at is null{more}
                     and l.sitting_digest = sha256(convert_to(current_setting('app.key', true), 'UTF8')));
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_experts_outside_the_pool")]

    operations = [
        migrations.RunSQL(
            _BY_LINK.replace("{more}", "\n                     and l.expires_at > now()"),
            _BY_LINK.replace("{more}", ""),
        )
    ]
