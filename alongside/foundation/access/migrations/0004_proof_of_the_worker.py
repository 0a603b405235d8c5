from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_the_ledger"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accesskey",
            name="kind",
            field=models.CharField(
                choices=[
                    ("session", "Signed in"),
                    ("engine", "The rules engine"),
                    ("command", "A command"),
                    ("sign_in", "The server's proof when it opens keys"),
                    ("worker", "The job worker's proof when it fetches jobs"),
                ],
                max_length=8,
            ),
        ),
    ]
