"""Cover and hand-over; a picture of each keyworker; nobody leaves while somebody is still theirs."""

import django.db.models.deletion
from django.db import migrations, models

# The code refuses it first, with a sentence; this holds for whatever forgot to ask.
NOBODY_LEFT_BEHIND = """
create or replace function keyworking_hands_over_first() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (
        select 1 from keyworking_allocation t join people_person p on p.id = t.person_id
        where t.worker_id = new.id and (t.to_date is null or t.to_date > new.left_on)
          and p.survivor_id is null and p.died_on is null
          and not exists (select 1 from keyworking_allocation later where later.supersedes_id = t.id)) then
        raise exception 'work is open' using errcode = 'check_violation', constraint = 'leaver_hands_over_first';
    end if;
    return new;
end $$;
create trigger leaver_hands_over_first before update of left_on on accounts_actor for each row
    when (new.left_on is not null and new.left_on is distinct from old.left_on)
    execute function keyworking_hands_over_first();
"""
TAKEN_AWAY = """
drop trigger leaver_hands_over_first on accounts_actor;
drop function keyworking_hands_over_first();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_custodians"),
        ("keyworking", "0002_the_team"),
        ("organisations", "0003_how_agreements_end"),
        ("people", "0012_asking_and_capacity"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[("leave", "Is away for a time"), ("leaving", "Leaves the team")], max_length=7
                    ),
                ),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("begun", "Being prepared"),
                            ("agreed", "Agreed, waits for its day"),
                            ("done", "Done"),
                            ("called_off", "Called off"),
                        ],
                        default="begun",
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("moved", models.JSONField(blank=True, default=dict)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "begun_by",
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
                    "rest_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
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
                        condition=models.Q(("state__in", ("begun", "agreed"))),
                        name="one_hand_over_at_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hand_over_agreed_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("begun", "agreed")), ("closed_at__isnull", False), _connector="OR"
                        ),
                        name="hand_over_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("agreed", "done")), _negated=True),
                            ("agreed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="hand_over_is_agreed_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_date__isnull", True),
                            models.Q(("reason", "leave"), ("to_date__gte", models.F("from_date"))),
                            _connector="OR",
                        ),
                        name="hand_over_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOverLine",
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
                ("ends", models.BooleanField(default=False)),
                ("because", models.CharField(blank=True, max_length=300)),
                ("over_limit_because", models.CharField(blank=True, max_length=300)),
                ("beside_until", models.DateField(blank=True, null=True)),
                (
                    "told",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("message", "By a message on their own pages"),
                            ("letter", "By a letter"),
                            ("spoken", "In person or by phone"),
                            ("not_told", "Not told"),
                        ],
                        max_length=8,
                    ),
                ),
                ("told_words", models.CharField(blank=True, max_length=300)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over_lines",
                        to="keyworking.allocation",
                    ),
                ),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="keyworking.handover"
                    ),
                ),
                (
                    "made",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="keyworking.allocation",
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
                        to="keyworking.handoverline",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.actor",
                    ),
                ),
                (
                    "told_of",
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
                    models.UniqueConstraint(models.F("hand_over"), models.F("allocation"), name="handed_over_once"),
                    models.CheckConstraint(
                        condition=models.Q(("taker__isnull", True), ("ends", False), _connector="OR"),
                        name="taken_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends", False), models.Q(("because", ""), _negated=True), _connector="OR"),
                        name="an_end_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told", ""), ("told_at__isnull", True), ("told_by__isnull", True)),
                            models.Q(
                                models.Q(("told", ""), _negated=True),
                                ("told_at__isnull", False),
                                ("told_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="told_how_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told__in", ("spoken", "not_told")), _negated=True),
                            models.Q(("told_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="told_in_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyworkerPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("storage_key", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=40)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
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
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_rows", to="accounts.actor"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["worker", "-id"], name="photo_of_keyworker")],
            },
        ),
        migrations.RunSQL(NOBODY_LEFT_BEHIND, TAKEN_AWAY),
    ]
