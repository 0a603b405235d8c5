"""Which agreement each involvement stands on, and what the ledger opens of it."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Keyworkers stand on the agreement to keyworking; what was opened or named needs none; anything else has to be shared.
STANDS_ON = """
update access_involvement set relies_on = case because when 'allocation' then 'keyworking' when 'break_glass' then ''
    when 'named' then '' when 'panel' then 'review' else 'sharing' end;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_proof_of_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="involvement",
            name="recipient_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="involvement",
            name="recipient_kind",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="involvement",
            name="relies_on",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "No agreement"),
                    ("keyworking", "The agreement to have a keyworker, or else to be on the register"),
                    ("sharing", "The agreement to share with this recipient"),
                    ("review", "The agreement to this review"),
                ],
                default="sharing",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="involvement",
            name="because",
            field=models.CharField(
                choices=[
                    ("allocation", "Their keyworker"),
                    ("panel", "Sits on their panel"),
                    ("referral", "Referred them"),
                    ("link", "Works with them"),
                    ("break_glass", "Opened in an emergency"),
                    ("named", "Named on a restricted record"),
                    ("own_record", "It is about them"),
                    ("family", "Their family"),
                    ("override", "Told against an agreement, to keep somebody safe"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="OpenTopics",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("topics", django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None)),
                ("writes", models.BooleanField()),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                (
                    "involvement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="open_topics", to="access.involvement"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor_id", "person_id"], name="open_topics_of_actor"),
                    models.Index(fields=["person_id"], name="open_topics_of_person"),
                ],
            },
        ),
        migrations.RunSQL(STANDS_ON, migrations.RunSQL.noop),
    ]
