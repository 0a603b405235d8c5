"""When somebody decided that an agreement to share ends, and the file of the signed paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_sharing_agreements")]

    operations = [
        migrations.AddField("sharingagreement", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "sharingagreement", "document_key", models.CharField(blank=True, default="", max_length=200), False
        ),
        migrations.AddField(
            "sharingagreement", "document_name", models.CharField(blank=True, default="", max_length=200), False
        ),
        migrations.AddField(
            "sharingagreement", "document_type", models.CharField(blank=True, default="", max_length=100), False
        ),
    ]
