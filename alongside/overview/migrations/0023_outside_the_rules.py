"""The engine reads until when a keyworker is authorised outside the area's rules."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0020_plans")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
# The newest, unless it was ended before its time. A correction keeps the day of the first.
_OUTSIDE = (
    "(select json_build_array(x.id, (x.happened_at at time zone 'Europe/London')::date, x.until) "
    "from (select t.id, t.happened_at, t.until, t.ended_on from keyworking_outsiderules t "
    "where t.person_id = any(w.ids) order by t.id desc limit 1) x where x.ended_on is null)"
)
READ_FACTS = _swapped(_BEFORE.READ_FACTS, "plan json)", "plan json, outside json)")
READ_FACTS = _swapped(READ_FACTS, _FROM, f",\n  {_OUTSIDE}{_FROM}")


class Migration(migrations.Migration):
    dependencies = [
        ("overview", "0022_duties_that_name_a_keyworker"),
        ("keyworking", "0005_learning_and_looking_ahead"),
    ]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
