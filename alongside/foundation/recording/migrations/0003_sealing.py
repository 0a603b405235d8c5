"""Sealing reads the newest rows by transaction; a disposal is known by the act that recorded it."""

import django.contrib.postgres.indexes
from django.db import migrations, models

by_transaction = django.contrib.postgres.indexes.BrinIndex


class Migration(migrations.Migration):
    dependencies = [("recording", "0002_many_events_an_act")]

    operations = [
        migrations.RemoveField("disposal", "event_id"),
        migrations.AddField("disposal", "act", models.UUIDField(unique=True)),
        migrations.AddIndex("event", by_transaction(fields=["xid"], name="event_by_xid", autosummarize=True)),
        migrations.AddIndex("history", by_transaction(fields=["xid"], name="history_by_xid", autosummarize=True)),
        migrations.AddIndex("look", by_transaction(fields=["xid"], name="look_by_xid", autosummarize=True)),
    ]
