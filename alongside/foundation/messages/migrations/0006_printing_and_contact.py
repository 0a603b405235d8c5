"""Who printed and who posted a letter, and how an area is reached by phone."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0005_counting_what_is_new"),
        ("accounts", "0002_signing_in"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField("delivery", "printed_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "delivery",
            "printed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
            ),
        ),
        migrations.AddField(
            "delivery",
            "posted_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
            ),
        ),
        migrations.AlterField(
            "delivery",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Waiting to be sent"),
                    ("sending", "Being sent"),
                    ("to_print", "To print"),
                    ("printed", "Printed, to post"),
                    ("sent", "Sent"),
                    ("failed", "Failed, will be tried again"),
                    ("given_up", "Not delivered"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=Q(printed_at__isnull=True, printed_by__isnull=True)
                | Q(printed_at__isnull=False, printed_by__isnull=False),
                name="letter_printed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=Q(posted_by__isnull=True) | Q(sent_at__isnull=False, printed_at__isnull=False),
                name="letter_posted_after_printing",
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(
                condition=Q(state__in=("to_print", "printed")), fields=["icb", "id"], name="delivery_on_paper"
            ),
        ),
        migrations.CreateModel(
            name="AreaContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(max_length=30)),
                ("hours", models.CharField(max_length=120)),
                ("set_at", models.DateTimeField()),
                (
                    "icb",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~Q(phone="") & ~Q(hours=""), name="area_contact_is_whole")
                ],
            },
        ),
    ]
