"""Of a no: whether its owner named somebody better."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0003_begins_proposed")]

    operations = [migrations.AddField("action", "better", models.BooleanField(db_default=False, default=False))]
