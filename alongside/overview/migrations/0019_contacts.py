"""The engine reads how long ago there was contact, what others promised, and appointments nobody has written up."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0018_asked_again")
_FACTS = import_module("alongside.overview.migrations.0010_facts_in_one_statement")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_FROM = "\nfrom people_person p join organisations_organisation o on o.id = p.icb_id\n"
_OURS = "t.reached and t.with_whom && '{young_person,family}'"
_SEEN = "t.reached and 'young_person' = any(t.with_whom) and t.way in ('visit', 'meeting', 'video')"
# The day on which the keyworker of now was named.
_NAMED = (
    "(select max(a.from_date)::timestamp at time zone 'Europe/London' from keyworking_allocation a "
    "where a.person_id = any(w.ids) and a.part = 'designated' and a.to_date is null and not exists "
    "(select 1 from keyworking_allocation later where later.supersedes_id = a.id))"
)
_CURRENT = _FACTS._current("keyworking_contact")
_MADE = (
    f"(select json_build_array(min(t.happened_at) filter (where {_OURS} and t.happened_at >= n.at), "
    f"min(t.happened_at) filter (where {_OURS} and t.way = 'visit' and t.happened_at >= n.at), "
    f"max(t.happened_at) filter (where {_OURS}), max(t.happened_at) filter (where {_SEEN}), "
    "(select count(*) from keyworking_contact f where f.person_id = any(w.ids) and not f.reached and not exists "
    "(select 1 from keyworking_contact later where later.supersedes_id = f.id) and f.happened_at > coalesce("
    "max(t.happened_at) filter (where " + _OURS + "), '-infinity'))) "
    f"from (select {_NAMED} as at) n cross join {_CURRENT} having count(*) > 0)"
)
_PROMISES = _FACTS._rows(
    "t.id, t.who || case when t.organisation_name = '' then '' else ' at ' || t.organisation_name end, t.what, "
    "t.by_date, (select count(*) from keyworking_promisestep s where s.promise_id = t.id and s.kind = 'chased'), "
    "(select max((s.happened_at at time zone 'Europe/London')::date) from keyworking_promisestep s "
    "where s.promise_id = t.id and s.kind = 'chased')",
    _FACTS._current("keyworking_promise") + " and t.closed_at is null",
)
_APPOINTMENTS = _FACTS._rows(
    "t.id, t.worker_id, t.starts_at, exists (select 1 from access_opentopics i where i.person_id = t.person_id "
    "and i.actor_id = t.worker_id and i.to_at is null)",
    _FACTS._current("keyworking_appointment") + " and t.called_off_at is null and t.contact_id is null",
)
_CONTACTS = (
    f"(select case when c.made is null and c.promises is null and c.appointments is null then null "
    f"else json_build_array(c.made, c.promises, c.appointments) end from (select {_MADE} as made, "
    f"{_PROMISES} as promises, {_APPOINTMENTS} as appointments) c)"
)
READ_FACTS = _swapped(_BEFORE.READ_FACTS, "capacity json)", "capacity json, contacts json)")
READ_FACTS = _swapped(READ_FACTS, _FROM, f",\n  {_CONTACTS}{_FROM}")


class Migration(migrations.Migration):
    dependencies = [("overview", "0018_asked_again"), ("keyworking", "0004_contacts")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
