"""The diary of reviews and the page of what is broken ask for an area's reviews: found by an index of those alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("overview", "0027_marks")]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(
                    ("doing__in", ["plan_review_date", "open_planned_review"]),
                    models.Q(("doing", "record_review"), ("subject", "stay")),
                    _connector="OR",
                ),
                fields=["icb", "due"],
                name="duty_asks_for_review",
            ),
        ),
    ]
