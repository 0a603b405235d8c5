"""Asking for agreement kept between its pages, capacity, and what a no says besides."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_custodians"),
        ("organisations", "0003_how_agreements_end"),
        ("people", "0011_told_or_not"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="ask_again_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="consent",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.document",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="told",
            field=models.CharField(blank=True, db_default="", default="", max_length=400),
        ),
        migrations.CreateModel(
            name="AskingDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField(default=dict)),
                ("begun_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.actor"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="asking_draft_by_end")],
                "constraints": [
                    models.UniqueConstraint(models.F("person"), models.F("actor"), name="asking_draft_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CapacityRecord",
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
                    "about",
                    models.CharField(
                        choices=[
                            ("register", "Being on the register"),
                            ("keyworking", "Having a keyworker"),
                            ("review", "A review meeting"),
                            ("sharing", "Who else may know"),
                            ("recording", "Being recorded, or meeting by video"),
                        ],
                        max_length=10,
                    ),
                ),
                ("which", models.CharField(blank=True, max_length=120)),
                (
                    "test",
                    models.CharField(
                        choices=[("competence", "Competence of a child"), ("capacity", "Capacity, from 16")],
                        max_length=10,
                    ),
                ),
                ("able", models.BooleanField()),
                ("decided_on", models.DateField()),
                ("assessor", models.CharField(max_length=160)),
                ("basis", models.CharField(max_length=1000)),
                ("support_given", models.CharField(max_length=1000)),
                ("took_part", models.CharField(blank=True, max_length=400)),
                ("dispute", models.CharField(blank=True, max_length=600)),
                ("review_date", models.DateField(blank=True, null=True)),
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
                        to="people.capacityrecord",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "about", "-id"], name="capacity_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assessor", ""), _negated=True),
                            models.Q(("basis", ""), _negated=True),
                            models.Q(("support_given", ""), _negated=True),
                        ),
                        name="capacity_says_who_and_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("able", True),
                            models.Q(("test", "capacity"), _negated=True),
                            models.Q(("took_part", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="best_interests_says_who",
                    ),
                ],
            },
        ),
    ]
