"""What the family was not told: why not, and when somebody looks again whether they can be."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0010_closed_records")]

    operations = [
        migrations.AddField("share", "told", models.BooleanField(default=True)),
        migrations.AddField("share", "told_words", models.CharField(blank=True, default="", max_length=400), False),
        migrations.AddConstraint(
            "share",
            models.CheckConstraint(
                condition=models.Q(("told", True), models.Q(("told_words", ""), _negated=True), _connector="OR"),
                name="untold_share_says_why",
            ),
        ),
        migrations.AddField("agreementoverride", "look_again_on", models.DateField(blank=True, null=True)),
        migrations.AddConstraint(
            "agreementoverride",
            models.CheckConstraint(
                condition=Q(("told", True), ("look_again_on__isnull", False), _connector="OR"),
                name="untold_override_is_looked_at_again",
            ),
        ),
    ]
