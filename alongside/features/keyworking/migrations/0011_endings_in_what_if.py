"""A question about the months ahead may say how many stop in a year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keyworking", "0010_ending_at_risk"),
    ]

    operations = [
        migrations.AddField(
            model_name="whatif",
            name="ends",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
