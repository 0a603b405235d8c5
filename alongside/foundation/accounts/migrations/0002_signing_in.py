"""A password that was given out counts once; failed attempts are counted for all processes together."""

from django.db import migrations, models

from alongside.foundation import clock

ATTEMPTS = """
create table account_attempts (
    cache_key varchar(255) not null primary key,
    value text not null,
    expires timestamptz not null
);
create index account_attempts_expires on account_attempts (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("user", "password_is_temporary", models.BooleanField(default=False)),
        migrations.AlterField("user", "date_joined", models.DateTimeField(default=clock.now)),
        migrations.RunSQL(ATTEMPTS, "drop table account_attempts"),
    ]
