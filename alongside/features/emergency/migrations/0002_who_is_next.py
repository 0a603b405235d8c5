from django.db import migrations


class Migration(migrations.Migration):
    """Who is next is somebody else than who writes: a column that ends in `_by` names only who asks."""

    dependencies = [("emergency", "0001_emergencies")]

    operations = [
        migrations.RenameField("crisislog", "next_by", "next_writer"),
        migrations.RenameField("logentry", "next_by", "next_writer"),
    ]
