"""Agreements between an ICB and those it shares with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharingAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient_kind", models.CharField(blank=True, max_length=20)),
                ("purpose", models.CharField(max_length=300)),
                ("signed_on", models.DateField()),
                ("signed_by", models.CharField(max_length=200)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharing_agreements",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["icb", "organisation"], name="sharing_agreement_of_icb")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", False), ("recipient_kind", "")),
                            models.Q(("organisation__isnull", True), models.Q(("recipient_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sharing_agreement_with_one_or_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("signed_on")), _connector="OR"
                        ),
                        name="sharing_agreement_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
