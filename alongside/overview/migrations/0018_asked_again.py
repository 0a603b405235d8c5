"""The engine reads what was found of capacity, and of each answer when it was recorded and may be asked again."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0017_agreed_actions")
_FACTS = import_module("alongside.overview.migrations.0010_facts_in_one_statement")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
_CAPACITY = _FACTS._rows(
    "t.id, t.about, t.test, t.able, t.decided_on, t.review_date, t.which", _FACTS._current("people_capacityrecord")
)
_RECORDED = "(t.recorded_at at time zone 'Europe/London')::date"
READ_FACTS = _swapped(_BEFORE.READ_FACTS, "actions json)", "actions json, capacity json)")
READ_FACTS = _swapped(READ_FACTS, _FROM, f",\n  {_CAPACITY}{_FROM}")
READ_FACTS = _swapped(
    READ_FACTS, "t.evidenced, t.valid_until)", f"t.evidenced, t.valid_until, {_RECORDED}, t.ask_again_on)"
)


class Migration(migrations.Migration):
    dependencies = [("overview", "0017_agreed_actions"), ("people", "0013_looked_at_again")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
