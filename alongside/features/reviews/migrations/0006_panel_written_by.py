"""Who wrote down a panel of an area: it is no fact about a person, and isn't checked as one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_outcome_words")]

    operations = [
        migrations.RenameField(model_name="oversightpanel", old_name="recorded_by", new_name="written_by"),
    ]
