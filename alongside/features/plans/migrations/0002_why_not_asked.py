"""Of somebody who was not asked about a plan the reason is written down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_the_plan")]

    operations = [
        migrations.AlterField(
            model_name="plananswer",
            name="answer",
            field=models.CharField(
                choices=[
                    ("agree", "Agrees"),
                    ("partly", "Agrees with some of it"),
                    ("disagree", "Does not agree"),
                    ("unasked", "Was not asked, or did not want to say"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="plananswer",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[("page", "On their own page"), ("paper", "On paper"), ("told", "Told somebody")],
                max_length=5,
            ),
        ),
    ]
