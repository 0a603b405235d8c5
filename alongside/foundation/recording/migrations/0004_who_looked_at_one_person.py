"""Who opened one person's pages is found without reading every look."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recording", "0003_sealing")]

    operations = [
        migrations.AddIndex(
            "look",
            models.Index(
                models.F("person_ids__0"),
                django.db.models.expressions.OrderBy(models.F("id"), descending=True),
                name="look_at_one_person",
            ),
        ),
    ]
