"""When a delivery was given up: from then on somebody has to reach them another way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_the_post_room")]

    operations = [migrations.AddField("delivery", "given_up_at", models.DateTimeField(null=True))]
