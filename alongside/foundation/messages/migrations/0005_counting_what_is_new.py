"""How many messages are new, for the head of each page: a function, because planning it each time takes longer
than counting. It runs as whoever asks, so row-level security binds it."""

from django.db import migrations

COUNT = """
create function inbox_new_messages(at_most integer) returns integer language plpgsql stable as $$
begin
    return (select count(*) from (
        select from inbox_message m where m.to_actor_id = (select access.actor()) and not exists (
            select from inbox_opened o where o.message_id = m.id and o.actor_id = m.to_actor_id)
        limit at_most) found);
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0004_when_given_up")]

    operations = [migrations.RunSQL(COUNT, "drop function inbox_new_messages(integer)")]
