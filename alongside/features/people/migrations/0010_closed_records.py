"""What stays of a record when somebody said no, what was shared, and telling against an agreement."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_custodians"),
        ("organisations", "0002_sharing_agreements"),
        ("people", "0009_offered_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "retention_class",
                    models.CharField(
                        choices=[
                            ("care", "Record of care"),
                            ("register", "Register entry"),
                            ("agreement", "Record of agreement"),
                            ("administration", "Administration"),
                        ],
                        default="care",
                        max_length=14,
                    ),
                ),
                ("on_hold", models.BooleanField(default=False)),
                (
                    "topic",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Who they are"),
                            (2, "Where they live and how to reach them"),
                            (3, "How to talk with them"),
                            (4, "Their own words"),
                            (5, "Family and people around them"),
                            (6, "Health"),
                            (7, "Education"),
                            (8, "Social care"),
                            (9, "Safeguarding"),
                            (10, "Police and justice"),
                            (11, "Where they are placed"),
                            (12, "The register and the rating"),
                            (13, "Time in hospital"),
                            (14, "Reviews"),
                            (15, "Keyworking"),
                            (16, "What was agreed to"),
                            (17, "Growing up and moving to adult services"),
                            (18, "Money"),
                        ]
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("happened_at", models.DateTimeField()),
                (
                    "about_topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("what", models.CharField(max_length=400)),
                ("told_to", models.CharField(max_length=200)),
                ("recipient_kind", models.CharField(blank=True, max_length=20)),
                ("recipient_id", models.BigIntegerField(blank=True, null=True)),
                ("purpose", models.CharField(max_length=300)),
                (
                    "lawful_basis",
                    models.CharField(
                        choices=[
                            ("public_task", "A public task: UK GDPR article 6(1)(e)"),
                            ("legal_obligation", "A duty in law: UK GDPR article 6(1)(c)"),
                            ("vital_interests", "To save a life: UK GDPR article 6(1)(d)"),
                            ("consent", "Consent as data protection law means it: UK GDPR article 6(1)(a)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("why", models.CharField(max_length=400)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
                    ),
                ),
                (
                    "recorded_icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="people.share",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgreementOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "retention_class",
                    models.CharField(
                        choices=[
                            ("care", "Record of care"),
                            ("register", "Register entry"),
                            ("agreement", "Record of agreement"),
                            ("administration", "Administration"),
                        ],
                        default="care",
                        max_length=14,
                    ),
                ),
                ("on_hold", models.BooleanField(default=False)),
                (
                    "topic",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Who they are"),
                            (2, "Where they live and how to reach them"),
                            (3, "How to talk with them"),
                            (4, "Their own words"),
                            (5, "Family and people around them"),
                            (6, "Health"),
                            (7, "Education"),
                            (8, "Social care"),
                            (9, "Safeguarding"),
                            (10, "Police and justice"),
                            (11, "Where they are placed"),
                            (12, "The register and the rating"),
                            (13, "Time in hospital"),
                            (14, "Reviews"),
                            (15, "Keyworking"),
                            (16, "What was agreed to"),
                            (17, "Growing up and moving to adult services"),
                            (18, "Money"),
                        ]
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("happened_at", models.DateTimeField()),
                (
                    "about_topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "lawful_basis",
                    models.CharField(
                        choices=[
                            ("public_task", "A public task: UK GDPR article 6(1)(e)"),
                            ("legal_obligation", "A duty in law: UK GDPR article 6(1)(c)"),
                            ("vital_interests", "To save a life: UK GDPR article 6(1)(d)"),
                            ("consent", "Consent as data protection law means it: UK GDPR article 6(1)(a)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(max_length=400)),
                ("senior_name", models.CharField(max_length=120)),
                ("to_at", models.DateTimeField()),
                ("told", models.BooleanField()),
                ("told_words", models.CharField(max_length=400)),
                ("involvement_id", models.BigIntegerField()),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
                    ),
                ),
                (
                    "recorded_icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="people.agreementoverride",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("senior_name", ""), _negated=True),
                            models.Q(("told_words", ""), _negated=True),
                        ),
                        name="override_says_why_and_who",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown_name", models.CharField(max_length=160)),
                ("birth_date", models.DateField(null=True)),
                ("listing", models.CharField(blank=True, max_length=5)),
                ("entered_on", models.DateField(null=True)),
                ("last_colour", models.CharField(blank=True, max_length=5)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("given", "Agreed"),
                            ("refused", "Said no"),
                            ("withdrawn", "Withdrawn"),
                            ("unknown", "Not known"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("competent_child", "A child competent to decide"),
                            ("parental", "Somebody with parental responsibility"),
                            ("sixteen", "A person aged 16 or over"),
                            ("best_interests", "A best-interests decision"),
                            ("not_stated", "Not stated"),
                        ],
                        max_length=15,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("closed_at", models.DateTimeField()),
                ("told", models.CharField(blank=True, max_length=400)),
                ("offer_again_on", models.DateField()),
                ("offered_again_on", models.DateField(null=True)),
                ("keep_until", models.DateField()),
                ("reopened_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
                    ),
                ),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closed_records", to="people.person"
                    ),
                ),
                (
                    "reopened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["icb", "closed_at"], name="closed_record_of_icb")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reopened_at__isnull", True), ("reopened_by__isnull", True)),
                            models.Q(("reopened_at__isnull", False), ("reopened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="closed_record_reopened_at_and_by",
                    ),
                    models.UniqueConstraint(
                        models.F("person"),
                        models.F("icb"),
                        models.F("listing"),
                        condition=models.Q(("reopened_at__isnull", True)),
                        name="closed_record_once",
                    ),
                ],
            },
        ),
    ]
