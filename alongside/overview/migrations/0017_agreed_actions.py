"""The engine reads the agreed actions that are still open, and support whose start nobody has confirmed."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0014_what_was_told")
_FACTS = import_module("alongside.overview.migrations.0010_facts_in_one_statement")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
_ACTIONS = _FACTS._rows(
    "coalesce(t.root_id, t.id), t.topic, t.state, left(t.what, 100), t.owner_id, t.by_link, "
    "coalesce(t.asked_at, t.recorded_at), coalesce(t.state_at, t.recorded_at), t.chased_at, t.due_on, t.waits_for, "
    "t.start_asked_from",
    _FACTS._current("actions_action")
    + " and (t.state not in ('done', 'not_done', 'superseded') or (t.state = 'done' and t.start_asked_from is not null))",
)
READ_FACTS = _swapped(_BEFORE.READ_FACTS, "told json)", "told json, actions json)")
READ_FACTS = _swapped(READ_FACTS, _FROM, f",\n  {_ACTIONS}{_FROM}")


class Migration(migrations.Migration):
    dependencies = [("overview", "0016_struck_out_and_merged"), ("actions", "0002_the_ledger")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
