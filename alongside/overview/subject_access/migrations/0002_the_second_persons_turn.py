"""Since when a pack is checked, so that its second reader finds it in what is due."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("subject_access", "0001_requests_and_checks")]

    operations = [
        migrations.AddField(
            model_name="accessrequest",
            name="checked_at",
            field=models.DateTimeField(null=True),
        ),
    ]
