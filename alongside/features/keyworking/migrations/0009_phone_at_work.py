"""The crisis card says under which number a keyworker is rung."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keyworking", "0008_stepping_down")]

    operations = [
        migrations.AddField("keyworkerprofile", "phone", models.CharField(blank=True, default="", max_length=30)),
    ]
