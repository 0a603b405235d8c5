"""The named job that sends."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_messages_about_a_person"), ("accounts", "0002_signing_in")]

    operations = [
        migrations.RunSQL(
            "insert into accounts_actor (kind, name, post, about) values "
            "('job', 'The post room', 'Sends e-mails, text messages and letters', '')",
            migrations.RunSQL.noop,
        )
    ]
