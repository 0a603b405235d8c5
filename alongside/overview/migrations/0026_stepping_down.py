"""The engine reads stepping down while it goes on, the last ending with what was asked since, and the adult lead."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0025_contacts_by_index")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
# Only the newest row of each is read: a change or a correction is a newer row.
_PLAN = (
    "(select json_build_array(x.id, x.starts_on, x.ends_on, x.steps, x.lead_name <> '') from "
    "(select t.id, t.starts_on, t.ends_on, t.steps, t.lead_name, t.closed_on from keyworking_stepdown t "
    "where t.person_id = any(w.ids) order by t.id desc limit 1) x where x.closed_on is null)"
)
_ENDING = (
    "(select json_build_array(t.id, t.ended_on, t.reason, "
    "(select json_agg(q.number order by q.number) from keyworking_afterquestion q where q.ending_id = t.id)) "
    "from keyworking_ending t where t.person_id = any(w.ids) order by t.id desc limit 1)"
)
_LEAD = "(select true from keyworking_adultlead t where t.person_id = any(w.ids) limit 1)"
_ALL = f"(select nullif(json_build_array({_PLAN}, {_ENDING}, {_LEAD})::text, '[null, null, null]')::json)"
READ_FACTS = _swapped(_BEFORE.READ_FACTS, "outside json)", "outside json, stepping_down json)")
READ_FACTS = _swapped(READ_FACTS, _FROM, f",\n  {_ALL}{_FROM}")


class Migration(migrations.Migration):
    dependencies = [("overview", "0025_contacts_by_index"), ("keyworking", "0008_stepping_down")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
