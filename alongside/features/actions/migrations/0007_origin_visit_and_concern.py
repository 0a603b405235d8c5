from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0006_origin_discharge"),
    ]

    operations = [
        migrations.AlterField(
            model_name="action",
            name="origin",
            field=models.CharField(
                choices=[
                    ("plan", "The plan"),
                    ("meeting", "A register meeting"),
                    ("review", "A review"),
                    ("escalation", "An escalation"),
                    ("emergency", "An emergency meeting"),
                    ("contact", "A visit, call or message"),
                    ("discharge", "A discharge plan"),
                    ("visit", "A visit to where they live"),
                    ("concern", "A concern"),
                ],
                max_length=10,
            ),
        ),
    ]
