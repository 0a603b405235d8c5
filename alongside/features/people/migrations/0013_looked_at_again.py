"""What a family was not told of a telling is looked at again; deputies and attorneys decide about agreements."""

from django.db import migrations, models

BASES = [
    ("competent_child", "A child competent to decide"),
    ("parental", "Somebody with parental responsibility"),
    ("sixteen", "A person aged 16 or over"),
    ("best_interests", "A best-interests decision"),
    ("deputy", "A deputy of the Court of Protection"),
    ("attorney", "An attorney for health and welfare"),
    ("not_stated", "Not stated"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0012_asking_and_capacity")]

    operations = [
        migrations.AddField("share", "look_again_on", models.DateField(blank=True, null=True)),
        migrations.AlterField("consent", "basis", models.CharField(choices=BASES, default="not_stated", max_length=15)),
        migrations.AlterField("closedrecord", "basis", models.CharField(choices=BASES, max_length=15)),
    ]
