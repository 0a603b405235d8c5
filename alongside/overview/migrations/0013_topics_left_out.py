"""The engine reads which topics the agreement to the register leaves out; an answer on one topic is not the register's."""

from importlib import import_module

from django.db import migrations, models

_BEFORE = import_module("alongside.overview.migrations.0012_backlog_apart")
_GUARD = [
    (0, "Everybody whose work it is"),
    (1, "The register team only, until agreement is confirmed"),
    (2, "Named people only"),
    (3, "Nobody through the register: agreement was refused or withdrawn"),
]


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


READ_FACTS = _swapped(_BEFORE.READ_FACTS, "plans json)", "plans json, closed_topics bigint)")
READ_FACTS = _swapped(
    READ_FACTS,
    "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n",
    ", p.closed_topics\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n",
)
READ_FACTS = _swapped(
    READ_FACTS,
    " and t.recipient_kind = ''",
    " and t.recipient_kind = '' and (t.about_topics = '{}' or 1 = any(t.about_topics))",
)
# A keyworker to whom nothing is open can't do what is due: it goes to the team.
READ_FACTS = _swapped(
    READ_FACTS,
    "i.because_id = t.id)",
    "i.because_id = t.id and exists (select 1 from access_opentopics o where o.involvement_id = i.id))",
)


def _field() -> models.Field:
    return models.PositiveSmallIntegerField(choices=_GUARD, default=0)


class Migration(migrations.Migration):
    dependencies = [("overview", "0012_backlog_apart"), ("people", "0007_the_ledger"), ("access", "0003_the_ledger")]

    operations = [
        migrations.AlterField("duty", "guard", _field()),
        migrations.AlterField("registerrow", "guard", _field()),
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
