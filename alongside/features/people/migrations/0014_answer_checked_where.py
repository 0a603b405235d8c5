"""An answer to a family says whether it was checked for a reader who may not know where the young person is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0013_looked_at_again")]

    operations = [
        migrations.AddField("postedchange", "checked_where", models.BooleanField(db_default=False, default=False)),
    ]
