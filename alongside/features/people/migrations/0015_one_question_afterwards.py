from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0014_answer_checked_where")]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("register", "Being on the register"),
                    ("keyworking", "Having a keyworker"),
                    ("review", "A review meeting"),
                    ("sharing", "Sharing with somebody"),
                    ("afterwards", "One question after keyworking has ended"),
                ],
                max_length=10,
            ),
        ),
    ]
