import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_custodians"),
        ("actions", "0007_origin_visit_and_concern"),
        ("organisations", "0003_how_agreements_end"),
        ("people", "0015_one_question_afterwards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
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
                ("version", models.IntegerField(default=1)),
                ("stepped_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=16)),
                ("outcome_words", models.CharField(blank=True, default="", max_length=1000)),
                ("told", models.BooleanField(default=False)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("family_words", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quality", "Quality of care"),
                            ("safeguarding", "Safeguarding: somebody is harmed, or may be"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("placement", "The place where they live"),
                            ("hospital", "A hospital or ward"),
                            ("health", "A health treatment, medicine or restraint"),
                            ("other", "Somewhere or something else"),
                        ],
                        max_length=9,
                    ),
                ),
                ("place", models.CharField(max_length=200)),
                ("what", models.CharField(max_length=2000)),
                ("said_by", models.CharField(max_length=200)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("low", "It should be better"),
                            ("serious", "Serious: it must change soon"),
                            ("danger", "Somebody is in danger now"),
                        ],
                        max_length=7,
                    ),
                ),
                ("done_at_once", models.CharField(blank=True, max_length=1000)),
                ("look_on", models.DateField(blank=True, null=True)),
                ("council_told_at", models.DateTimeField(blank=True, null=True)),
                ("council_told_whom", models.CharField(blank=True, max_length=200)),
                ("council_told_from", models.CharField(blank=True, max_length=120)),
                ("council_reference", models.CharField(blank=True, max_length=80)),
                ("council_answered_on", models.DateField(blank=True, null=True)),
                ("found_on", models.DateField(blank=True, null=True)),
                ("raiser_told_on", models.DateField(blank=True, null=True)),
                ("raiser_told_how", models.CharField(blank=True, max_length=300)),
                ("not_to_be_told", models.BooleanField(default=False)),
                ("not_told_because", models.CharField(blank=True, max_length=300)),
                (
                    "lead",
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
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="concerns.concern",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="concerns.concern",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["recorded_icb", "id"], name="concern_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told", False),
                            models.Q(models.Q(("family_words", ""), _negated=True), ("told_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="concern_told_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), models.Q(("outcome", ""), _negated=True), _connector="OR"
                        ),
                        name="concern_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "safeguarding"), _negated=True), ("topic", 9), _connector="OR"
                        ),
                        name="safeguarding_is_guarded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("council_told_at", None), ("council_told_whom", "")),
                            models.Q(
                                ("council_told_at__isnull", False),
                                models.Q(("council_told_whom", ""), _negated=True),
                                models.Q(("council_told_from", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_told_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("not_to_be_told", False),
                            models.Q(models.Q(("not_told_because", ""), _negated=True), ("told", False)),
                            _connector="OR",
                        ),
                        name="not_told_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "safeguarding"), _negated=True),
                            ("closed_at", None),
                            ("council_told_at__isnull", False),
                            ("outcome", "record_ended"),
                            _connector="OR",
                        ),
                        name="safeguarding_closed_after_council",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernStep",
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
                ("kind", models.CharField(max_length=16)),
                ("words", models.CharField(blank=True, max_length=1000)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="concerns.concern"
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
                        to="concerns.concernstep",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "id"], name="step_of_concern")],
            },
        ),
        migrations.CreateModel(
            name="CouncilNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("council", models.CharField(max_length=200)),
                ("phone", models.CharField(max_length=40)),
                ("night_phone", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["icb", "council"], name="council_number_of_area")],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
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
                ("version", models.IntegerField(default=1)),
                ("stepped_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=16)),
                ("outcome_words", models.CharField(blank=True, default="", max_length=1000)),
                ("told", models.BooleanField(default=False)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("family_words", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("commissioner", "Which ICB or NHS body is the responsible commissioner"),
                            ("council", "Which council is responsible (ordinary residence)"),
                            ("aftercare", "Who arranges and pays for aftercare (section 117)"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("one_body", models.CharField(max_length=200)),
                ("other_body", models.CharField(max_length=200)),
                ("what", models.CharField(max_length=1000)),
                ("opened_on", models.DateField()),
                ("interim_owner", models.CharField(max_length=200)),
                ("interim_name", models.CharField(blank=True, max_length=120)),
                ("interim_from", models.DateField()),
                ("interim_to", models.DateField(blank=True, null=True)),
                ("interim_accepted_on", models.DateField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_owner", models.CharField(blank=True, max_length=200)),
                ("decided_who", models.CharField(blank=True, max_length=200)),
                (
                    "lead",
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
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="concerns.dispute",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="concerns.dispute",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["recorded_icb", "id"], name="dispute_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told", False),
                            models.Q(models.Q(("family_words", ""), _negated=True), ("told_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispute_told_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), models.Q(("outcome", ""), _negated=True), _connector="OR"
                        ),
                        name="dispute_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("interim_owner__regex", "\\S")), name="dispute_has_interim_owner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interim_to", None), ("interim_to__gte", models.F("interim_from")), _connector="OR"
                        ),
                        name="interim_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interim_accepted_on", None),
                            models.Q(("interim_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="interim_accepted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on", None),
                            models.Q(
                                models.Q(("decided_owner", ""), _negated=True),
                                models.Q(("decided_who", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_decided_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisputeStep",
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
                ("kind", models.CharField(max_length=16)),
                ("words", models.CharField(blank=True, max_length=1000)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="concerns.dispute"
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
                        to="concerns.disputestep",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "id"], name="step_of_dispute")],
            },
        ),
        migrations.CreateModel(
            name="Funding",
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
                ("version", models.IntegerField(default=1)),
                ("stepped_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=16)),
                ("outcome_words", models.CharField(blank=True, default="", max_length=1000)),
                ("told", models.BooleanField(default=False)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("family_words", models.CharField(blank=True, default="", max_length=1000)),
                ("what_for", models.CharField(max_length=300)),
                ("why_not_existing", models.CharField(max_length=1000)),
                ("cost", models.PositiveIntegerField()),
                (
                    "per",
                    models.CharField(
                        choices=[("once", "once"), ("week", "a week"), ("month", "a month"), ("year", "a year")],
                        max_length=5,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("needed_from", models.DateField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("started_on", models.DateField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.action",
                    ),
                ),
                (
                    "lead",
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
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="concerns.funding",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="concerns.funding",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["recorded_icb", "id"], name="funding_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told", False),
                            models.Q(models.Q(("family_words", ""), _negated=True), ("told_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="funding_told_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), models.Q(("outcome", ""), _negated=True), _connector="OR"
                        ),
                        name="funding_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on", None), models.Q(("outcome", ""), _negated=True), _connector="OR"
                        ),
                        name="funding_decided_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingPart",
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
                    "body",
                    models.CharField(
                        choices=[
                            ("icb", "The ICB"),
                            ("care", "Children’s social care"),
                            ("education", "Education (the council)"),
                            ("other", "Another body"),
                        ],
                        max_length=9,
                    ),
                ),
                ("body_name", models.CharField(blank=True, max_length=200)),
                ("share", models.PositiveSmallIntegerField()),
                ("asked_on", models.DateField()),
                ("chased_on", models.DateField(blank=True, null=True)),
                ("panel_name", models.CharField(blank=True, max_length=120)),
                ("panel_on", models.DateField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "No answer yet"), ("yes", "Yes"), ("part", "Yes, but less"), ("no", "No")],
                        default="",
                        max_length=4,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("decided_who", models.CharField(blank=True, max_length=120)),
                ("because", models.CharField(blank=True, max_length=500)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="concerns.funding"
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
                        to="concerns.fundingpart",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "id"], name="part_of_funding")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 1), ("share__lte", 100)), name="share_of_hundred"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="funding_answer_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ("no", "part")), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="funding_no_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingStep",
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
                ("kind", models.CharField(max_length=16)),
                ("words", models.CharField(blank=True, max_length=1000)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="concerns.funding"
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
                        to="concerns.fundingstep",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "id"], name="step_of_funding")],
            },
        ),
        migrations.CreateModel(
            name="Incident",
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
                ("place", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("restraint", "Held or restrained"),
                            ("seclusion", "Kept alone or locked in"),
                            ("medicine", "Medicine given to calm them"),
                            ("injury", "Somebody was hurt"),
                            ("missing", "Went missing"),
                            ("police", "Police were called"),
                            ("mistake", "A mistake with medicine"),
                            ("other", "Something else"),
                        ],
                        max_length=9,
                    ),
                ),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("times", models.PositiveSmallIntegerField()),
                ("detail", models.CharField(blank=True, max_length=1000)),
                ("source", models.CharField(max_length=200)),
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
                        to="concerns.incident",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-last_on"], name="placement_incident_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))), name="placement_incident_days"
                    ),
                    models.CheckConstraint(condition=models.Q(("times__gte", 1)), name="placement_incident_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementNotice",
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
                ("version", models.IntegerField(default=1)),
                ("stepped_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=16)),
                ("outcome_words", models.CharField(blank=True, default="", max_length=1000)),
                ("told", models.BooleanField(default=False)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("family_words", models.CharField(blank=True, default="", max_length=1000)),
                ("place", models.CharField(max_length=200)),
                ("given_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("because", models.CharField(max_length=500)),
                ("last_day_plan", models.CharField(blank=True, max_length=1000)),
                ("new_place", models.CharField(blank=True, max_length=200)),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "life_event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.lifeevent",
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
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="concerns.placementnotice",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="concerns.placementnotice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["recorded_icb", "id"],
                        name="placementnotice_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told", False),
                            models.Q(models.Q(("family_words", ""), _negated=True), ("told_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="placementnotice_told_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), models.Q(("outcome", ""), _negated=True), _connector="OR"
                        ),
                        name="placementnotice_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("given_on"))), name="notice_ends_after_it_is_given"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeStep",
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
                ("kind", models.CharField(max_length=16)),
                ("words", models.CharField(blank=True, max_length=1000)),
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
                        to="concerns.noticestep",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="concerns.placementnotice"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "id"], name="step_of_placement_notice")],
            },
        ),
        migrations.CreateModel(
            name="PlacementSearch",
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
                ("place", models.CharField(max_length=200)),
                ("asked_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No answer yet"),
                            ("yes", "Yes, they can come"),
                            ("maybe", "Perhaps"),
                            ("no", "No"),
                        ],
                        default="",
                        max_length=5,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not said"),
                            ("full", "No room"),
                            ("needs", "They say they can’t meet the needs"),
                            ("others", "It wouldn’t go with who lives there"),
                            ("risk", "They say the risk is too high"),
                            ("staff", "Not enough staff"),
                            ("money", "Money"),
                            ("area", "Too far, or not their area"),
                            ("other", "Something else"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=500)),
                ("miles", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("cost", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to="concerns.placementnotice",
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
                        to="concerns.placementsearch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "id"], name="search_of_notice")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True), ("answered_on__gte", models.F("asked_on"))
                            ),
                            _connector="OR",
                        ),
                        name="search_answered_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "no"), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            models.Q(("said", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="place_refused_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityVisit",
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
                ("place", models.CharField(max_length=200)),
                ("visited_on", models.DateField()),
                ("visitors", models.CharField(max_length=300)),
                ("announced", models.CharField(choices=[("yes", "Yes, they knew"), ("no", "No")], max_length=3)),
                ("seen_alone", models.CharField(choices=[("yes", "Yes"), ("no", "No")], max_length=3)),
                ("not_alone_because", models.CharField(blank=True, max_length=300)),
                ("they_say", models.CharField(blank=True, max_length=2000)),
                ("family_spoken", models.CharField(blank=True, max_length=500)),
                ("environment", models.CharField(max_length=2000)),
                ("health", models.CharField(max_length=2000)),
                ("worries", models.CharField(blank=True, max_length=2000)),
                ("again_on", models.DateField(blank=True, null=True)),
                ("told", models.BooleanField(default=False)),
                ("family_words", models.CharField(blank=True, default="", max_length=1000)),
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
                        to="concerns.qualityvisit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-visited_on"], name="quality_visit_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seen_alone", "yes"), models.Q(("not_alone_because", ""), _negated=True), _connector="OR"
                        ),
                        name="visit_not_alone_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told", False), models.Q(("family_words", ""), _negated=True), _connector="OR"
                        ),
                        name="visit_told_in_words",
                    ),
                ],
            },
        ),
    ]
