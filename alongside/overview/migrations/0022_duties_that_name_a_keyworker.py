"""My day asks on every opening how many are without a named keyworker: found by an index of those duties alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("overview", "0021_actions_on_the_page")]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("doing", "name_keyworker")), fields=["icb", "breach"], name="duty_names_keyworker"
            ),
        ),
    ]
