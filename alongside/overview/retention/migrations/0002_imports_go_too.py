"""Rows of an import that became nobody's record go too, by the same two people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_holds_and_disposals")]

    operations = [
        migrations.AddField(
            "proposedrecord",
            "kind",
            models.CharField(
                choices=[("person", "A person's record"), ("import", "Rows of an import that are nobody's record")],
                default="person",
                max_length=6,
            ),
        ),
        migrations.RemoveConstraint("proposedrecord", "proposed_once"),
        migrations.AddConstraint(
            "proposedrecord", models.UniqueConstraint("proposal", "kind", "number", name="proposed_once")
        ),
    ]
