import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_signing_in"),
        ("exchange", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                ("rows_done", models.IntegerField(default=0)),
                ("rows_in_all", models.IntegerField(default=0)),
            ],
        ),
        migrations.RemoveField(
            model_name="importrun",
            name="content",
        ),
        migrations.RemoveField(
            model_name="importrun",
            name="done_rows",
        ),
        migrations.AddField(
            model_name="importrow",
            name="fingerprint",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("mapping", "Say what each column is"),
                    ("checking", "Being checked"),
                    ("checked", "Checked, nothing written yet"),
                    ("running", "Being written"),
                    ("done", "In the register"),
                    ("failed", "Stopped; nothing was written"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="importdifference",
            index=models.Index(fields=["icb", "person_id"], name="difference_of_person"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["run", "outcome", "number"], name="import_row_outcome"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["icb", "fingerprint"], name="import_row_print"),
        ),
        migrations.AddField(
            model_name="importwork",
            name="icb",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="importwork",
            name="run",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="work", to="exchange.importrun"
            ),
        ),
    ]
