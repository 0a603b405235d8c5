from django.db import migrations, models


class Migration(migrations.Migration):
    """An appointment may be seen by the family; of a meeting everybody who comes is written down."""

    dependencies = [("keyworking", "0006_contacts_found_by_index")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="told",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="with_whom",
            field=models.TextField(blank=True, max_length=600),
        ),
    ]
