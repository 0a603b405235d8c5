from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_custodians"),
        ("keyworking", "0001_initial"),
        ("organisations", "0002_sharing_agreements"),
        ("people", "0010_closed_records"),
    ]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="over_limit_because",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AlterField(
            model_name="allocation",
            name="part",
            field=models.CharField(
                choices=[
                    ("designated", "Keyworker"),
                    ("co_worker", "Co-worker"),
                    ("cover", "Cover"),
                    ("incoming", "Keyworker who comes in"),
                    ("outgoing", "Keyworker who hands over"),
                ],
                default="designated",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being worked out"),
                            ("ready", "Ready to decide"),
                            ("failed", "Could not be worked out"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("waiting", models.IntegerField(default=0)),
                ("keyworkers", models.IntegerField(default=0)),
                ("placed", models.IntegerField(default=0)),
                ("optimal", models.BooleanField(default=False)),
                ("gap", models.FloatField(default=0)),
                ("seconds", models.FloatField(default=0)),
                (
                    "asked_by",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("icb"),
                        condition=models.Q(("state", "waiting")),
                        name="one_proposal_worked_out_at_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True), ("ready_at__isnull", False), _connector="OR"
                        ),
                        name="ready_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedPlace",
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
                ("place", models.IntegerField(default=0)),
                ("score", models.IntegerField(default=0)),
                ("halves", models.IntegerField(default=0)),
                ("held", models.IntegerField(default=0)),
                ("because", models.JSONField(blank=True, default=list)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "Not decided yet"),
                            ("taken", "Taken up"),
                            ("other", "Somebody else was chosen"),
                            ("left", "Left waiting"),
                        ],
                        default="open",
                        max_length=5,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_because", models.CharField(blank=True, max_length=300)),
                (
                    "allocation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="keyworking.allocation",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="people.person"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="keyworking.proposal",
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
                        to="keyworking.proposedplace",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("proposal"), models.F("person"), name="proposed_once_for_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "open")),
                            models.Q(
                                models.Q(("decision", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decided_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "other"), _negated=True),
                            models.Q(("decided_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="another_choice_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course", models.CharField(max_length=20)),
                ("completed_on", models.DateField()),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="accounts.actor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("icb"),
                        models.F("worker"),
                        models.F("course"),
                        models.F("completed_on"),
                        name="training_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True), ("expires_on__gt", models.F("completed_on")), _connector="OR"
                        ),
                        name="training_expires_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("share", models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=3)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="accounts.actor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="work_time_dates",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("icb", "="),
                            ("worker", "="),
                            (
                                models.Func(
                                    "from_date",
                                    "to_date",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="one_work_time_at_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__gt", 0), ("share__lte", 1)), name="work_time_is_a_share"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseloadSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule_key", models.CharField(max_length=30)),
                ("value", models.JSONField()),
                ("starts_on", models.DateField()),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "decided_by",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("icb"), models.F("rule_key"), models.F("starts_on"), name="caseload_setting_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyworkerProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base", models.CharField(blank=True, max_length=120)),
                ("district", models.CharField(blank=True, max_length=4)),
                (
                    "councils",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "interests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("about_me", models.CharField(blank=True, max_length=300)),
                ("takes_on", models.BooleanField(default=True)),
                ("leaves_on", models.DateField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="accounts.actor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("icb"), models.F("worker"), name="keyworker_profile_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="accounts.actor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_date__isnull", True),
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="leave_dates",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("icb", "="),
                            ("worker", "="),
                            (
                                models.Func(
                                    "from_date",
                                    "to_date",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="one_leave_at_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchWish",
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
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "interests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=500)),
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
                        to="keyworking.matchwish",
                    ),
                ),
                (
                    "unwanted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "wanted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wanted__isnull", True),
                            ("unwanted__isnull", True),
                            models.Q(("wanted", models.F("unwanted")), _negated=True),
                            _connector="OR",
                        ),
                        name="wished_and_not_wished_differ",
                    )
                ],
            },
        ),
    ]
