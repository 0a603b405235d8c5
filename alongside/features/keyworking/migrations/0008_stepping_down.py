import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_custodians"),
        ("keyworking", "0007_appointments_told"),
        ("organisations", "0003_how_agreements_end"),
        ("people", "0015_one_question_afterwards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ending",
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
                ("lead_name", models.CharField(blank=True, max_length=120)),
                ("lead_post", models.CharField(blank=True, max_length=120)),
                ("lead_organisation", models.CharField(blank=True, max_length=200)),
                ("lead_reach", models.CharField(blank=True, max_length=120)),
                ("ended_on", models.DateField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("goals_met", "Goals are met"),
                            ("stepped_down", "Stepped down to less support"),
                            ("moved", "Moved to another area"),
                            ("adult", "Moved on to adult services"),
                            ("consent", "They don’t want a keyworker any more"),
                            ("disengaged", "Out of touch, after every way was tried"),
                            ("transferred", "Another service does this now"),
                            ("died", "Died"),
                        ],
                        max_length=12,
                    ),
                ),
                ("who_stays", models.CharField(blank=True, max_length=1000)),
                ("warning_signs", models.CharField(blank=True, max_length=1000)),
                ("come_back", models.CharField(blank=True, max_length=500)),
                (
                    "told",
                    models.CharField(
                        choices=[
                            ("talked", "Told in a talk"),
                            ("letter", "By the letter that this makes"),
                            ("not_told", "Not told"),
                        ],
                        max_length=8,
                    ),
                ),
                ("told_words", models.CharField(max_length=300)),
                (
                    "peer",
                    models.CharField(
                        choices=[
                            ("matched", "Matched with a peer mentor"),
                            ("said_no", "Offered; they said no"),
                            ("none_here", "There is none here"),
                            ("not_now", "Not offered"),
                        ],
                        default="not_now",
                        max_length=9,
                    ),
                ),
                ("peer_name", models.CharField(blank=True, max_length=120)),
                ("peer_organisation", models.CharField(blank=True, max_length=200)),
                ("ask_reach", models.CharField(blank=True, max_length=120)),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="endings", to="keyworking.allocation"
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
                        to="keyworking.ending",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="ending_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason", "died"),
                            models.Q(
                                models.Q(("lead_name", ""), _negated=True),
                                models.Q(("lead_organisation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ending_names_who_stays",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_words", ""), _negated=True), name="ending_says_who_was_told"
                    ),
                    models.UniqueConstraint(
                        models.F("allocation"), condition=models.Q(("supersedes__isnull", True)), name="ending_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("peer", "matched"), _negated=True),
                            models.Q(("peer_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="peer_mentor_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AfterQuestion",
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
                ("number", models.PositiveSmallIntegerField()),
                ("token_digest", models.BinaryField(unique=True)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("fine", "We are fine"), ("talk", "We would like to talk")], max_length=4
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
                        to="keyworking.afterquestion",
                    ),
                ),
                (
                    "ending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="keyworking.ending"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("ending"), models.F("number"), name="after_question_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="after_question_answered_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExitAnswer",
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
                    "voice",
                    models.CharField(
                        choices=[("young_person", "The young person"), ("family", "Their family")], max_length=12
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("experience", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("hope", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("said", models.CharField(blank=True, max_length=1000)),
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
                        to="keyworking.exitanswer",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="exit_answer_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("experience__isnull", False),
                            ("hope__isnull", False),
                            models.Q(("said", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exit_answer_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("experience__isnull", True), ("experience__lte", 10), _connector="OR"),
                            models.Q(("hope__isnull", True), ("hope__lte", 10), _connector="OR"),
                        ),
                        name="exit_answer_up_to_ten",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JointMeeting",
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
                ("who_came", models.CharField(max_length=300)),
                ("young_person_came", models.BooleanField()),
                ("agreed", models.CharField(blank=True, max_length=1000)),
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
                        to="keyworking.jointmeeting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-happened_at"], name="joint_meeting_of_person")],
            },
        ),
        migrations.CreateModel(
            name="StepDown",
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
                ("lead_name", models.CharField(blank=True, max_length=120)),
                ("lead_post", models.CharField(blank=True, max_length=120)),
                ("lead_organisation", models.CharField(blank=True, max_length=200)),
                ("lead_reach", models.CharField(blank=True, max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("steps", models.JSONField(default=list)),
                ("family_says", models.CharField(blank=True, max_length=500)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_because", models.CharField(blank=True, max_length=300)),
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
                        to="keyworking.stepdown",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="step_down_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="step_down_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            models.Q(("closed_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="step_down_closed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepDownCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20)),
                ("words", models.CharField(max_length=200)),
                ("is_used", models.BooleanField(default=True)),
                ("set_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["icb", "code", "-id"], name="criterion_of_icb")],
            },
        ),
        migrations.CreateModel(
            name="AdultLead",
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
                ("lead_name", models.CharField(blank=True, max_length=120)),
                ("lead_post", models.CharField(blank=True, max_length=120)),
                ("lead_organisation", models.CharField(blank=True, max_length=200)),
                ("lead_reach", models.CharField(blank=True, max_length=120)),
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
                        to="keyworking.adultlead",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="adult_lead_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lead_name", ""), _negated=True),
                            models.Q(("lead_organisation", ""), _negated=True),
                        ),
                        name="adult_lead_is_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionMark",
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
                ("code", models.SlugField(max_length=20)),
                ("met", models.BooleanField()),
                ("evidence", models.CharField(max_length=500)),
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
                        to="keyworking.criterionmark",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "code", "-id"], name="criterion_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True), name="criterion_says_how_it_is_known"
                    )
                ],
            },
        ),
    ]
