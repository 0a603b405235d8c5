"""Of the plan that was shared last the engine reads whether the young person answered, and who is still to be asked."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0023_outside_the_rules")
_OLD = import_module("alongside.overview.migrations.0020_plans")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


# The young person answered; a reason stands why they did not; somebody of the family answered, or a reason stands.
_SAID = (
    "(select json_build_array(coalesce(bool_or(t.voice = 'young_person' and t.answer <> 'unasked'), false), "
    "coalesce(bool_or(t.voice = 'young_person' and t.answer = 'unasked'), false), "
    "coalesce(bool_or(t.voice = 'family'), false)) from plans_plananswer t where t.version_id = v.id)"
)
# Whoever holds parental responsibility or was invited, and of whom neither an answer stands nor a reason why not.
_TO_ASK = (
    "(select json_agg(k.id order by k.id) from people_relation k where v.id is not null "
    "and k.person_id = any(w.ids) and k.to_date is null and (k.parental_responsibility or k.actor_id is not null) "
    "and not exists (select 1 from people_relation later where later.supersedes_id = k.id) "
    "and not exists (select 1 from plans_plananswer t where t.version_id = v.id and t.voice = 'family' "
    "and (t.relation_id = k.id or t.recorded_by_id = k.actor_id or t.name = k.name)))"
)
_PLAN = _swapped(_OLD._PLAN, "exists (select 1 from plans_plananswer t where t.version_id = v.id)", _SAID)
_PLAN = _swapped(_PLAN, "t.answer <> 'agree' and", "t.answer not in ('agree', 'unasked') and")
_PLAN = _swapped(_PLAN, f"and {_OLD._NEWEST}))", f"and {_OLD._NEWEST}), {_TO_ASK})")
READ_FACTS = _swapped(_BEFORE.READ_FACTS, _OLD._PLAN, _PLAN)


class Migration(migrations.Migration):
    dependencies = [("overview", "0023_outside_the_rules"), ("plans", "0002_why_not_asked")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
