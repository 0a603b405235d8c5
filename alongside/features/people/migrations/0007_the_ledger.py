"""A restriction and an agreement are two things: how closely a record is held follows from both."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_posted_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="closed_topics",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="person",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="person",
            name="guard",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Everybody whose work it is"),
                    (1, "The register team only, until agreement is confirmed"),
                    (2, "Named people only"),
                    (3, "Nobody through the register: agreement was refused or withdrawn"),
                ],
                default=0,
            ),
        ),
        migrations.RunSQL("update people_person set restricted = true where guard = 2", migrations.RunSQL.noop),
    ]
