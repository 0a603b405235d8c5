"""What was late at an import stays apart until the day planned for it: stored, so that each list tells late from it.

The list tells of each line who owns what is due next, and puts red and blue first among the late.
"""

from datetime import UTC, datetime
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

_FACTS = import_module("alongside.overview.migrations.0010_facts_in_one_statement")
_PAGE = import_module("alongside.overview.migrations.0008_person_page")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
_PLANS = _FACTS._rows("t.duty_key, t.planned_for", _FACTS._current("overview_dutyplan"))
READ_FACTS = _swapped(
    _swapped(_FACTS.FUNCTION, _FROM, f",\n  {_PLANS}{_FROM}"), "is_stored boolean", "is_stored boolean, plans json"
)
READ_PAGE = _swapped(_PAGE.FUNCTION, "t.backlog_on, t.rule_key)", "t.backlog_on, t.rule_key, t.late_from)")

FILL = """
update overview_duty t set late_from = case when t.backlog_on is null then t.due else (
    select (p.planned_for + 1)::timestamp at time zone 'Europe/London' - interval '1 microsecond'
    from overview_dutyplan p where p.person_id = t.person_id and p.duty_key = t.key) end;
update overview_registerrow r set
    next_what = f.what, next_due = f.due, next_owner = coalesce(a.name, m.name, ''),
    next_actor_id = f.owner_actor_id, next_team_id = f.owner_team_id,
    late_from = case when f.ends_at is null then coalesce(f.late_from, '2999-01-01Z') else f.due end,
    backlog = exists (select 1 from overview_duty d
        where d.person_id = r.person_id and d.ends_at is null and d.backlog_on is not null),
    urgency = case r.colour when 'red' then 0 when 'blue' then 0 when '' then 1 when 'amber' then 2 else 3 end
from (select distinct on (person_id) * from overview_duty where person_id is not null
      order by person_id, ends_at is not null,
          case when ends_at is null then coalesce(late_from, '2999-01-01Z') else due end, due, key) f
left join accounts_actor a on a.id = f.owner_actor_id left join organisations_team m on m.id = f.owner_team_id
where f.person_id = r.person_id;
update overview_duty t set urgency = f.urgency
from (select person_id, min(urgency) as urgency from overview_registerrow group by 1) f
where f.person_id = t.person_id and f.urgency <> 1;
"""


def _key(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("overview", "0011_bears_on_a_rating"), ("organisations", "0001_initial")]

    operations = [
        migrations.AddField("duty", "late_from", models.DateTimeField(null=True)),
        migrations.AddField("duty", "urgency", models.SmallIntegerField(default=1)),
        migrations.RemoveIndex("duty", "duty_new_to_actor"),
        migrations.RemoveIndex("duty", "duty_new_to_team"),
        migrations.AddField("registerrow", "next_actor", _key("accounts.actor")),
        migrations.AddField("registerrow", "next_team", _key("organisations.team")),
        migrations.AddField("registerrow", "late_from", models.DateTimeField(default=datetime(2999, 1, 1, tzinfo=UTC))),
        migrations.AddField("registerrow", "backlog", models.BooleanField(default=False)),
        migrations.AddField("registerrow", "urgency", models.SmallIntegerField(default=1)),
        migrations.RemoveIndex("registerrow", "row_by_due"),
        migrations.AddIndex(
            "registerrow",
            models.Index(
                fields=["icb", "listing", "late_from", "entry"],
                include=["person", "guard", "colour", "proposal", "keyworker", "council", "backlog"],
                name="row_by_late",
            ),
        ),
        migrations.AddIndex(
            "registerrow",
            models.Index(fields=["icb", "listing", "urgency", "late_from", "entry"], name="row_by_urgency"),
        ),
        migrations.RunSQL("drop function if exists overview_facts", ""),
        migrations.RunSQL(READ_FACTS, ""),
        migrations.RunSQL(READ_PAGE, ""),
        migrations.RunSQL(FILL, ""),
    ]
