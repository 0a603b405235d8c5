"""A first plan is kept while a better one is looked for, with what no plan can exceed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keyworking", "0011_endings_in_what_if"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="first_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="reached",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
