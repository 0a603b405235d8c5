"""A person's page shows what was agreed and is still open."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0016_struck_out_and_merged")
_PAGE = import_module("alongside.overview.migrations.0008_person_page")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_ACTIONS = _PAGE._rows(
    "t.id, t.supersedes_id, coalesce(t.root_id, t.id), t.what, a.name, o.name, t.due_on, t.state, t.times, t.waits_for",
    "actions_action",
    " and t.state not in ('done', 'not_done', 'superseded') "
    "and not exists (select 1 from actions_action later where later.supersedes_id = t.id)",
    order="t.due_on, t.id",
    joins="join accounts_actor a on a.id = t.owner_id join organisations_organisation o on o.id = t.owner_organisation_id",
).replace("t.person_id = the_person", "t.person_id = any(the_people)")
READ_PAGE = _swapped(_BEFORE.READ_PAGE, ", 'duties', ", f", 'actions', {_ACTIONS}, 'duties', ")


class Migration(migrations.Migration):
    dependencies = [("overview", "0020_plans"), ("actions", "0002_the_ledger")]

    operations = [migrations.RunSQL(READ_PAGE, _BEFORE.READ_PAGE)]
