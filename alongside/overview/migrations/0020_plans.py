"""The engine reads the plan that was shared last, one that waits for approval, and who said what to it."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0019_contacts")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
# Of each who answered the newest answer counts.
_NEWEST = (
    "not exists (select 1 from plans_plananswer l where l.version_id = t.version_id and l.voice = t.voice "
    "and l.relation_id is not distinct from t.relation_id and l.name = t.name and l.id > t.id)"
)
_PLAN = (
    "(select json_build_array(v.id, v.recorded_at, v.review_on, s.id, s.recorded_at, "
    "exists (select 1 from plans_plananswer t where t.version_id = v.id), "
    "(select json_agg(json_build_array(t.id, t.recorded_at) order by t.id) from plans_plananswer t "
    f"where t.version_id = v.id and t.answer <> 'agree' and {_NEWEST})) "
    "from (select t.id, t.recorded_at, t.review_on from plans_planversion t where t.person_id = any(w.ids) "
    "order by t.id desc limit 1) v full join (select t.id, t.recorded_at from plans_planproposal t "
    "where t.person_id = any(w.ids) and t.state = 'waiting' order by t.id desc limit 1) s on true)"
)
READ_FACTS = _swapped(_BEFORE.READ_FACTS, "contacts json)", "contacts json, plan json)")
READ_FACTS = _swapped(READ_FACTS, _FROM, f",\n  {_PLAN}{_FROM}")


class Migration(migrations.Migration):
    dependencies = [("overview", "0019_contacts"), ("plans", "0001_the_plan")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
