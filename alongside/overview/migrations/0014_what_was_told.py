"""The engine reads what a family told us and nobody has answered yet."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0013_topics_left_out")
_FACTS = import_module("alongside.overview.migrations.0010_facts_in_one_statement")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
_TOLD = _FACTS._rows(
    "t.id, t.kind, t.topic, t.told_as, t.recorded_at, t.urgent",
    _FACTS._current("people_postedchange") + " and t.answered_at is null",
)
READ_FACTS = _swapped(_BEFORE.READ_FACTS, "closed_topics bigint)", "closed_topics bigint, told json)")
READ_FACTS = _swapped(READ_FACTS, _FROM, f",\n  {_TOLD}{_FROM}")


class Migration(migrations.Migration):
    dependencies = [("overview", "0013_topics_left_out"), ("people", "0006_posted_changes")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
