import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_custodians"),
        ("actions", "0005_typed_owner_place"),
        ("organisations", "0003_how_agreements_end"),
        ("people", "0015_one_question_afterwards"),
        ("reviews", "0002_contacts_and_health_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="CrisisLog",
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
                ("because", models.CharField(max_length=1000)),
                ("next_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("over", "The crisis is over"),
                            ("admitted", "Admitted to hospital"),
                            ("moved", "They live somewhere else now"),
                            ("others", "Another service looks after it now"),
                            ("ended", "The record came to its end"),
                        ],
                        max_length=8,
                    ),
                ),
                ("closed_words", models.CharField(blank=True, max_length=1000)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "next_by",
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
                        to="emergency.crisislog",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["recorded_icb", "next_at"],
                        name="live_crisis_log",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"), condition=models.Q(("closed_at", None)), name="one_crisis_log_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("closed_words", ""), ("outcome", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("closed_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="crisis_log_closed_at_by_and_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("answers", models.JSONField(default=dict)),
                ("marks", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.actor"
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
                "constraints": [
                    models.UniqueConstraint(models.F("person"), models.F("actor"), name="emergency_draft_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyMeeting",
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
                    "how",
                    models.CharField(
                        choices=[("phone", "By phone"), ("video", "By video"), ("together", "In one room")],
                        max_length=8,
                    ),
                ),
                ("chair", models.CharField(max_length=120)),
                ("trigger", models.CharField(max_length=2000)),
                (
                    "instead",
                    models.CharField(
                        choices=[
                            ("fast", "It went too fast"),
                            ("hours", "Outside working hours"),
                            ("panel", "No panel could be found in time"),
                            ("unknown", "Nobody knew that one was needed"),
                            ("other", "Something else"),
                        ],
                        max_length=7,
                    ),
                ),
                ("instead_words", models.CharField(blank=True, max_length=500)),
                ("young_person_there", models.BooleanField()),
                ("young_person_words", models.CharField(blank=True, max_length=500)),
                ("family_there", models.BooleanField()),
                ("family_words", models.CharField(blank=True, max_length=500)),
                ("they_said", models.CharField(blank=True, max_length=1000)),
                ("tried", models.CharField(max_length=3000)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("admission_avoided", "Admission avoided"),
                            ("informal", "Admitted informally"),
                            ("detained", "Detained under the Mental Health Act"),
                            ("elsewhere", "Placed somewhere else"),
                            ("adjourned", "Nothing decided yet: it goes on later"),
                        ],
                        max_length=17,
                    ),
                ),
                ("decision", models.CharField(max_length=2000)),
                ("colour_then", models.CharField(blank=True, max_length=5)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("checked_words", models.CharField(blank=True, max_length=500)),
                ("keyworker_read_at", models.DateTimeField(blank=True, null=True)),
                ("register_read_at", models.DateTimeField(blank=True, null=True)),
                ("no_review_at", models.DateTimeField(blank=True, null=True)),
                ("no_review_because", models.CharField(blank=True, max_length=500)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "keyworker_read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "no_review_by",
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
                    "register_read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_meeting",
                        to="reviews.review",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="emergency.emergencymeeting",
                    ),
                ),
                (
                    "watcher",
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
                "indexes": [
                    models.Index(fields=["person", "-happened_at"], name="emergency_of_person"),
                    models.Index(fields=["recorded_icb", "-happened_at"], name="emergency_of_area"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("young_person_there", True),
                                models.Q(("young_person_words", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("family_there", True), models.Q(("family_words", ""), _negated=True), _connector="OR"
                            ),
                        ),
                        name="emergency_says_why_they_were_not_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("checked_by", None), ("checked_words", "")),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                models.Q(("checked_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_checked_at_by_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("no_review_at", None), ("no_review_because", ""), ("no_review_by", None)),
                            models.Q(
                                ("no_review_at__isnull", False),
                                ("no_review_by__isnull", False),
                                models.Q(("no_review_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_no_review_at_by_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("keyworker_read_at", None), ("keyworker_read_by", None)),
                            models.Q(("keyworker_read_at__isnull", False), ("keyworker_read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="emergency_keyworker_read_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("register_read_at", None), ("register_read_by", None)),
                            models.Q(("register_read_at__isnull", False), ("register_read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="emergency_register_read_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField()),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.action"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="emergency.emergencymeeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LogEntry",
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
                    "going",
                    models.CharField(
                        choices=[("better", "Better"), ("same", "The same"), ("worse", "Worse")], max_length=6
                    ),
                ),
                ("words", models.CharField(max_length=2000)),
                ("next_at", models.DateTimeField()),
                (
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="emergency.crisislog"
                    ),
                ),
                (
                    "next_by",
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
                        to="emergency.logentry",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["log", "-id"], name="entry_of_crisis_log")],
            },
        ),
        migrations.CreateModel(
            name="MeetingDissent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("because", models.CharField(max_length=500)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissents",
                        to="emergency.emergencymeeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("because", ""), _negated=True)
                        ),
                        name="emergency_dissent_who_and_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingSide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agency",
                    models.CharField(
                        choices=[
                            ("hospital", "Hospital or A&E"),
                            ("mental_health", "Mental health or crisis team"),
                            ("social_care", "Social care, or its emergency duty team"),
                            ("commissioner", "ICB commissioner, or who is on call"),
                            ("police", "Police or ambulance"),
                            ("education", "School or education"),
                            ("keyworking", "Keyworking service"),
                            ("provider", "Those who look after them at home"),
                        ],
                        max_length=13,
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=300)),
                ("why_not", models.CharField(blank=True, max_length=300)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sides",
                        to="emergency.emergencymeeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("meeting"), models.F("agency"), name="emergency_side_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("who", ""), _negated=True),
                            models.Q(("why_not", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="emergency_side_who_or_why_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlan",
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
                ("words", models.CharField(max_length=2000)),
                ("numbers", models.JSONField(default=list)),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_plans",
                        to="emergency.emergencymeeting",
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
                        to="emergency.safetyplan",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="safety_plan_of_person")],
            },
        ),
        migrations.CreateModel(
            name="CrisisLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("council", models.CharField(blank=True, max_length=200)),
                ("who", models.CharField(max_length=160)),
                ("phone", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "icb",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["icb"], name="crisis_line_of_area")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("who", ""), _negated=True), models.Q(("phone", ""), _negated=True)
                        ),
                        name="crisis_line_who_and_number",
                    )
                ],
            },
        ),
    ]
